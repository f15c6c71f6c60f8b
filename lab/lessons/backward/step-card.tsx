import { Show } from "solid-js";
import type { ExplainedStep } from "../../../src/index.js";
import { Formula } from "../../components/formula.js";
import { Matrix } from "../../components/matrix.js";
import { useStore, useTexts } from "../../model/context.js";
import { format } from "../../model/format.js";
import { en } from "../../texts/en/backward.js";
import { zh } from "../../texts/zh/backward.js";

/** One step: its formula with the shape of every factor, the same for one entry with numbers, its value, and its check. */
export function StepCard(props: { readonly step: ExplainedStep }) {
  const store = useStore();
  const t = useTexts({ en, zh });
  const element = () => props.step.element;
  return (
    <div class="step-card">
      <p class="phase" classList={{ backward: props.step.phase === "backward" }}>
        {t().phases[props.step.phase === "backward" ? "backward" : "forward"]}
      </p>
      <Formula block tex={withShapes(props.step)} />
      <Show when={element()}>
        {(one) => (
          <Formula
            block
            tex={`\\begin{aligned}${one().symbols.latex.replace(" = ", " &= ")}\\\\ &= ${one().numbers.latex} = ${latexNumber(one().value)}\\end{aligned}`}
          />
        )}
      </Show>
      <p class="says" aria-live="polite">
        {props.step.says[store.state.language]}
      </p>
      <Show when={props.step.cached.length > 0}>
        <p class="small">{t().fromCache(props.step.cached.join(", "))}</p>
      </Show>
      <Show when={props.step.check}>
        {(check) => (
          <p class="small check">
            {t().check(format(check().analytic, 8), format(check().numeric, 8), format(check().relativeError, 2))}
          </p>
        )}
      </Show>
    </div>
  );
}

const latexNumber = (x: number) =>
  format(x, 4)
    .replace("−", "-")
    .replace(/e(.*)$/, "{\\cdot}10^{$1}");

/** The formula with each factor's shape under it. */
function withShapes(step: ExplainedStep): string {
  const under = (latex: string, shape: readonly number[]) =>
    shape.length === 0 ? latex : `\\underset{\\htmlClass{soft}{${two(shape).join("\\times ")}}}{${latex}}`;
  const [left = ""] = step.formula.latex.split(" = ");
  const right = step.pieces.map((piece) => ("shape" in piece ? under(piece.latex, piece.shape) : piece.latex));
  return `${under(left, step.shape)} = ${right.join(" ")}`;
}

const two = (shape: readonly number[]) => (shape.length === 1 ? [...shape, 1] : shape);

/** A step's value as a matrix of its own. */
export function ValueMatrix(props: { readonly step: ExplainedStep; readonly hidden?: boolean }) {
  const flat = () => [props.step.value].flat(2) as number[];
  const rows = () => props.step.shape[0] ?? 1;
  const cols = () => props.step.shape[1] ?? 1;
  const left = () => props.step.formula.latex.split(" = ")[0] as string;
  return (
    <Matrix
      tex={props.step.name === "loss" ? "J" : left().replace("\\top", "")}
      name={props.step.name}
      rows={rows()}
      cols={cols()}
      values={flat()}
    />
  );
}
