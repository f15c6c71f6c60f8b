import { createSignal, For, onCleanup } from "solid-js";
import { type Language, languages } from "../../src/index.js";
import { useStore, useTexts } from "../model/context.js";
import { type Theme, themes, viewNames } from "../model/state.js";
import { en } from "../texts/en.js";
import { zh } from "../texts/zh.js";
import { Segmented } from "./segmented.js";
import { ShareButton } from "./share-button.js";
import { ViewLink } from "./view-link.js";

const languageNames: Readonly<Record<Language, string>> = { en: "EN", zh: "中文" };

/** Name, views, language, theme, share; on narrow screens the views are behind a button. */
export function Header() {
  const store = useStore();
  const t = useTexts({ en, zh });
  const [open, setOpen] = createSignal(false);
  const close = (event: KeyboardEvent) => {
    if (event.key === "Escape") setOpen(false);
  };
  addEventListener("keydown", close);
  onCleanup(() => removeEventListener("keydown", close));
  return (
    <header class="page-head">
      <div class="page-head-row">
        <ViewLink view="home" class="wordmark" onOpen={() => setOpen(false)}>
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <path d="M6 16C12 4 20 4 26 16" class="positive" />
            <path d="M26 16C20 28 12 28 6 16" class="negative" />
          </svg>
          retrograd <span>{t().lab}</span>
        </ViewLink>
        <button
          type="button"
          class="menu-button"
          aria-expanded={open()}
          aria-controls="views"
          onClick={() => setOpen(!open())}
        >
          {t().menu}
        </button>
        <nav id="views" aria-label={t().views} classList={{ open: open() }}>
          <ul>
            <For each={viewNames.filter((view) => view !== "home")}>
              {(view) => (
                <li>
                  <ViewLink view={view} onOpen={() => setOpen(false)}>
                    {t().nav[view]}
                  </ViewLink>
                </li>
              )}
            </For>
          </ul>
          <div class="page-settings">
            <Segmented
              label={t().language}
              bare
              value={store.state.language}
              choices={languages.map((value) => ({ value, label: languageNames[value] }))}
              onChange={(language) => store.set({ language })}
            />
            <Segmented<Theme>
              label={t().theme}
              bare
              value={store.state.theme}
              choices={themes.map((value) => ({ value, label: t().themes[value] }))}
              onChange={(theme) => store.set({ theme })}
            />
            <ShareButton />
          </div>
        </nav>
      </div>
    </header>
  );
}
