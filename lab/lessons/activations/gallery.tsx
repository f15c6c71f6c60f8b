import { For } from "solid-js";
import { type ActivationName, activationNames, reach } from "../../model/activations-state.js";
import { useView } from "../../model/context.js";
import { curveOf } from "./curves.js";

export const shownName = (name: ActivationName): string =>
  ({
    relu: "ReLU",
    leakyRelu: "leaky ReLU",
    elu: "ELU",
    selu: "SELU",
    gelu: "GELU",
    silu: "SiLU",
  })[name as string] ?? name;

const [low, high] = [-2, 3];
const line = (xs: ArrayLike<number>, ys: ArrayLike<number>) =>
  Array.from(xs, (x, i) => {
    const y = Math.min(high + 1, Math.max(low - 1, ys[i] as number));
    return `${i === 0 ? "M" : "L"}${(((x + reach) / (2 * reach)) * 120).toFixed(1)} ${(((high - y) / (high - low)) * 70).toFixed(1)}`;
  }).join("");

/** All activations, small: the curve in ink, its derivative in color, all on one scale. */
export function Gallery(props: { readonly label: string }) {
  const [state, patch] = useView("activations");
  return (
    <ul class="gallery" aria-label={props.label}>
      <For each={activationNames}>
        {(name) => {
          const { x, y, slope } = curveOf(name);
          return (
            <li>
              <button type="button" aria-pressed={state.g === name} onClick={() => patch({ g: name })}>
                <svg viewBox="0 0 120 70" aria-hidden="true">
                  <path class="rule" d="M0 42H120M60 0V70" />
                  <path class="derivative" d={line(x, slope)} />
                  <path class="curve" d={line(x, y)} />
                </svg>
                {shownName(name)}
              </button>
            </li>
          );
        }}
      </For>
    </ul>
  );
}
