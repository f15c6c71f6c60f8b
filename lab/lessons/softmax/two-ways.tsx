import { Formula } from "../../components/formula.js";
import { Matrix } from "../../components/matrix.js";
import { Prose } from "../../components/prose.js";
import { useTexts, useView } from "../../model/context.js";
import { format } from "../../model/format.js";
import { en } from "../../texts/en/softmax.js";
import { zh } from "../../texts/zh/softmax.js";
import { tex } from "../written.js";
import type { SoftmaxValues } from "./values.js";

interface TwoWaysProps {
  readonly values: SoftmaxValues;
  readonly at: readonly [number, number];
}

/** The same gradient twice: by the whole Jacobian, and by subtracting. */
export function TwoWays(props: TwoWaysProps) {
  const [, patch] = useView("softmax");
  const t = useTexts({ en, zh });
  const n = () => props.values.n;
  const j = () => props.at[1];
  const look = (row: number | undefined) => {
    if (row !== undefined) patch({ at: [props.at[0], row] });
  };
  const turned = () =>
    Array.from({ length: n() ** 2 }, (_, k) => props.values.J[(k % n()) * n() + Math.floor(k / n())] as number);
  const difference = () =>
    props.values.product.reduce((most, x, i) => Math.max(most, Math.abs(x - (props.values.joint[i] as number))), 0);
  const broken = () => props.values.product.some(Number.isNaN);
  const column = (symbol: string, name: string, values: readonly number[]) => (
    <Matrix
      tex={symbol}
      name={name}
      rows={n()}
      cols={1}
      values={values}
      highlight={{ rows: [j()] }}
      onFocusCell={(at) => look(at?.row)}
    />
  );
  return (
    <div class="beside ways">
      <section class="panel" aria-labelledby="long-way">
        <h3 id="long-way">{t().longTitle}</h3>
        <div class="equation">
          <Matrix
            tex="J^{\mathsf T}"
            name="Jᵀ"
            rows={n()}
            cols={n()}
            values={turned()}
            digits={2}
            highlight={{ rows: [j()] }}
            onFocusCell={(at) => look(at?.row)}
          />
          <span class="operator">
            <Formula tex="\cdot" />
          </span>
          <Matrix tex="-t/y" name="−t/y" rows={n()} cols={1} values={props.values.dy} />
          <span class="operator">
            <Formula tex="=" />
          </span>
          {column("\\partial H/\\partial z", "dz by the Jacobian", props.values.product)}
        </div>
        <p class="verdict" classList={{ negative: broken() }}>
          {broken() ? t().longBroken : t().longCost(n())}
        </p>
      </section>
      <section class="panel" aria-labelledby="short-way">
        <h3 id="short-way">{t().shortTitle}</h3>
        <div class="equation">
          {column("y", "y", props.values.y)}
          <span class="operator">
            <Formula tex="-" />
          </span>
          {column("t", "t", props.values.t)}
          <span class="operator">
            <Formula tex="=" />
          </span>
          {column("\\partial H/\\partial z", "dz jointly", props.values.joint)}
        </div>
        <p class="verdict">{broken() ? t().shortFine : t().same(format(difference(), 2))}</p>
      </section>
      <section class="panel falls-out" aria-labelledby="falls-out">
        <h3 id="falls-out">{t().fallsOut(j() + 1)}</h3>
        <Formula block tex={derivation(j(), n())} />
        <div class="formula-line">
          <Formula tex={inNumbers(props.values, j())} />
        </div>
        <p>
          <Prose text={t().fallsOutText} />
        </p>
      </section>
    </div>
  );
}

/** The product written out for one logit: the sum over classes collapses, because Σ tᵢ = 1. */
function derivation(j: number, n: number): string {
  const z = `z_${j + 1}`;
  const rest = `\\sum_{i=1}^{${n}} t_i`;
  return String.raw`\begin{aligned}
\frac{\partial H}{\partial ${z}} &= \sum_{i=1}^{${n}} \Bigl(-\frac{t_i}{y_i}\Bigr)\frac{\partial y_i}{\partial ${z}}
= \underbrace{-\frac{t_${j + 1}}{y_${j + 1}}\,y_${j + 1}(1-y_${j + 1})}_{i = ${j + 1}}
+ \underbrace{\sum_{i \ne ${j + 1}} \frac{t_i}{y_i}\,y_i\,y_${j + 1}}_{i \ne ${j + 1}}\\
&= -t_${j + 1} + t_${j + 1}y_${j + 1} + y_${j + 1}\sum_{i \ne ${j + 1}} t_i
= y_${j + 1}\,\underbrace{${rest}}_{= 1} - t_${j + 1} = \htmlClass{active}{y_${j + 1} - t_${j + 1}}
\end{aligned}`;
}

/** The terms of that product in numbers; those of classes with t = 0 vanish. */
function inNumbers({ terms, joint, y, t, n }: SoftmaxValues, j: number): string {
  const short = `${tex(y[j] as number, { first: true, digits: 3 })} - ${t[j] as number} = ${tex(joint[j] as number, { first: true, digits: 3 })}`;
  const row = terms.slice(j * n, (j + 1) * n);
  // Where a probability has rounded to 0 there is no product to be written.
  if (row.some(Number.isNaN)) return short;
  return `${row.map((term, i) => tex(term, { first: i === 0, digits: 3 })).join(" + ")} = ${short}`;
}
