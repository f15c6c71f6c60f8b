import { Dynamic } from "solid-js/web";
import { Page } from "../components/lesson.js";
import { Prose } from "../components/prose.js";
import { Segmented } from "../components/segmented.js";
import { NextView } from "../lessons/next-view.js";
import { Adagrad } from "../lessons/troubles/adagrad.js";
import { Dead } from "../lessons/troubles/dead.js";
import { Depth } from "../lessons/troubles/depth.js";
import { Initialization } from "../lessons/troubles/initialization.js";
import { Race } from "../lessons/troubles/race.js";
import { Zigzag } from "../lessons/troubles/zigzag.js";
import "../lessons/lessons.css";
import "../lessons/troubles/troubles.css";
import { useTexts, useView } from "../model/context.js";
import { troubleTopics } from "../model/troubles-state.js";
import { en } from "../texts/en/troubles.js";
import { zh } from "../texts/zh/troubles.js";

const topics = { depth: Depth, zigzag: Zigzag, dead: Dead, init: Initialization, race: Race, adagrad: Adagrad };

export default function Troubles() {
  const t = useTexts({ en, zh });
  const [state, patch] = useView("troubles");
  return (
    <Page title={t().title} lead={<Prose text={t().lead} />}>
      <div class="topics">
        <Segmented
          bare
          label={t().topic}
          value={state.topic}
          choices={troubleTopics.map((value) => ({ value, label: t().topics[value].name }))}
          onChange={(topic) => patch({ topic })}
        />
      </div>
      <Dynamic component={topics[state.topic]} />
      <NextView view="playground" />
    </Page>
  );
}
