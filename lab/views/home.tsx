import { For } from "solid-js";
import { HomePicture } from "../components/home-picture.js";
import { ViewLink } from "../components/view-link.js";
import { useTexts } from "../model/context.js";
import { en } from "../texts/en/home.js";
import { en as common } from "../texts/en.js";
import { zh } from "../texts/zh/home.js";
import { zh as commonZh } from "../texts/zh.js";

const lessons = ["forward", "activations", "softmax", "backward", "troubles", "playground"] as const;

export default function Home() {
  const t = useTexts({ en, zh });
  const names = useTexts({ en: common, zh: commonZh });
  return (
    <article class="view home">
      <header class="home-head">
        <div>
          <h1>{t().title}</h1>
          <p class="lead">{t().lead}</p>
          <p class="home-actions">
            <ViewLink view="forward" class="button primary">
              {t().start}
            </ViewLink>
            <ViewLink view="playground">{t().play}</ViewLink>
          </p>
        </div>
        <HomePicture label={t().pictureLabel} />
      </header>
      <ol class="cards">
        <For each={lessons}>
          {(view) => (
            <li>
              <ViewLink view={view}>
                <strong>{names().nav[view]}</strong>
                <span>{t().cards[view]}</span>
              </ViewLink>
            </li>
          )}
        </For>
      </ol>
    </article>
  );
}
