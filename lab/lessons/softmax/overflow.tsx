import { Formula } from "../../components/formula.js";
import { Matrix } from "../../components/matrix.js";
import { useTexts } from "../../model/context.js";
import { en } from "../../texts/en/softmax.js";
import { zh } from "../../texts/zh/softmax.js";
import type { SoftmaxValues } from "./values.js";

/** The formula as it stands beside the one that is computed. */
export function Overflow(props: { readonly values: SoftmaxValues }) {
  const t = useTexts({ en, zh });
  const column = (tex: string, name: string, values: readonly number[]) => (
    <Matrix tex={tex} name={name} rows={values.length} cols={1} values={values} />
  );
  const broken = () => props.values.naive.some(Number.isNaN);
  return (
    <div class="beside">
      <section class="panel" aria-labelledby="naive">
        <h3 id="naive">{t().naiveTitle}</h3>
        <Formula block tex="y_i = \dfrac{e^{z_i}}{\sum_j e^{z_j}}" />
        <div class="row">
          {column("e^{z}", "e^z", props.values.powers)}
          {column("y", "y", props.values.naive)}
        </div>
        <p class="verdict" classList={{ negative: broken() }}>
          {broken() ? t().naiveBroken : t().naiveFine}
        </p>
      </section>
      <section class="panel" aria-labelledby="stable">
        <h3 id="stable">{t().stableTitle}</h3>
        <Formula block tex="y_i = \dfrac{e^{z_i - \max z}}{\sum_j e^{z_j - \max z}}" />
        <div class="row">
          {column("z - \\max z", "z − max z", props.values.shifted)}
          {column("e^{z - \\max z}", "e^(z − max z)", props.values.shiftedPowers)}
          {column("y", "y", props.values.y)}
        </div>
        <p class="verdict">{t().stableFine}</p>
      </section>
    </div>
  );
}
