import { createMemo } from "solid-js";
import { Lesson, Page } from "../components/lesson.js";
import { Prose } from "../components/prose.js";
import { NextView } from "../lessons/next-view.js";
import { JacobianMap } from "../lessons/softmax/jacobian.js";
import { Logits } from "../lessons/softmax/logits.js";
import { Overflow } from "../lessons/softmax/overflow.js";
import { TwoWays } from "../lessons/softmax/two-ways.js";
import { softmaxValues } from "../lessons/softmax/values.js";
import "../lessons/lessons.css";
import "../lessons/softmax/softmax.css";
import { useTexts, useView } from "../model/context.js";
import { en } from "../texts/en/softmax.js";
import { zh } from "../texts/zh/softmax.js";

export default function Softmax() {
  const t = useTexts({ en, zh });
  const [state] = useView("softmax");
  const last = () => state.z.length - 1;
  const target = () => Math.min(state.target, last());
  const at = () => [Math.min(state.at[0], last()), Math.min(state.at[1], last())] as const;
  const values = createMemo(() => softmaxValues(state.z, target()));
  return (
    <Page title={t().title} lead={<Prose text={t().lead} />}>
      <Lesson id="probabilities" title={t().probabilitiesTitle} lead={t().probabilitiesLead}>
        <Logits values={values()} target={target()} />
      </Lesson>
      <Lesson id="jacobian" title={t().jacobianTitle} lead={<Prose text={t().jacobianLead} />}>
        <JacobianMap values={values()} at={at()} />
        <p class="note">
          <Prose text={t().jacobianNote} />
        </p>
      </Lesson>
      <Lesson id="ways" title={t().waysTitle} lead={<Prose text={t().waysLead} />}>
        <TwoWays values={values()} at={at()} />
      </Lesson>
      <Lesson id="overflow" title={t().overflowTitle} lead={<Prose text={t().overflowLead} />}>
        <Overflow values={values()} />
      </Lesson>
      <NextView view="backward" />
    </Page>
  );
}
