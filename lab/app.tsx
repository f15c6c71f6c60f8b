import { createEffect, ErrorBoundary, on, Suspense } from "solid-js";
import { Dynamic } from "solid-js/web";
import { Header } from "./components/header.js";
import { LinkNotice } from "./components/link-notice.js";
import { textOf } from "./model/complaint.js";
import { StoreContext, useStore, useTexts } from "./model/context.js";
import { createPageStore } from "./model/store.js";
import { en } from "./texts/en.js";
import { zh } from "./texts/zh.js";
import { views } from "./views/index.js";

/** The whole page: a function of one state. */
export function App() {
  const store = createPageStore();
  return (
    <StoreContext.Provider value={store}>
      <Frame />
    </StoreContext.Provider>
  );
}

function Frame() {
  let main!: HTMLElement;
  const store = useStore();
  const t = useTexts({ en, zh });
  createEffect(() => {
    const { documentElement } = document;
    documentElement.lang = store.state.language === "zh" ? "zh-CN" : "en";
    documentElement.dataset.theme = store.state.theme;
    document.title = `${t().nav[store.state.view]} · retrograd ${t().lab}`;
  });
  // Another view begins at its top, and the keyboard with it.
  createEffect(
    on(
      () => store.state.view,
      () => {
        scrollTo({ top: 0, behavior: "instant" });
        main.focus({ preventScroll: true });
      },
      { defer: true },
    ),
  );
  return (
    <>
      <button type="button" class="skip" onClick={() => main.focus()}>
        {t().skip}
      </button>
      <Header />
      <LinkNotice />
      <main ref={main} id="main" tabindex={-1}>
        <ErrorBoundary
          fallback={(error) => <p class="broken">{`${t().broken} ${textOf(error)[store.state.language]}`}</p>}
        >
          <Suspense fallback={<p class="loading">{t().loading}</p>}>
            <Dynamic component={views[store.state.view]} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <footer class="page-foot">{t().footer}</footer>
    </>
  );
}
