import { createEffect, createSignal, For, onCleanup } from "solid-js";
import type { ExplainedStep } from "../../../src/index.js";
import { useTexts, useView } from "../../model/context.js";
import { en } from "../../texts/en/backward.js";
import { zh } from "../../texts/zh/backward.js";

const pace = 2200;

/** Play, pause, step and back; space and the arrow keys do the same anywhere outside a field. */
export function Player(props: { readonly steps: readonly ExplainedStep[]; readonly at: number }) {
  const [, patch] = useView("backward");
  const t = useTexts({ en, zh });
  const [playing, setPlaying] = createSignal(false);
  const last = () => props.steps.length - 1;
  const go = (step: number) => patch({ step: Math.min(last(), Math.max(0, step)) });
  const toggle = () => {
    if (!playing() && props.at === last()) go(0);
    setPlaying(!playing());
  };
  createEffect(() => {
    if (!playing()) return;
    if (props.at >= last()) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => go(props.at + 1), pace);
    onCleanup(() => clearTimeout(timer));
  });
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    // Fields, cells, and what is scrolled by the arrow keys have their own use of them.
    const busy = event.target.closest("input, select, textarea, [data-row], .formula-block, .matrix, .table-wrap");
    if (busy !== null) return;
    if (event.key === " " && event.target.closest("button, a") === null) toggle();
    else if (event.key === "ArrowRight") go(props.at + 1);
    else if (event.key === "ArrowLeft") go(props.at - 1);
    else return;
    event.preventDefault();
  };
  addEventListener("keydown", press);
  onCleanup(() => removeEventListener("keydown", press));
  return (
    <div class="player">
      <div class="row player-buttons">
        <button type="button" aria-disabled={props.at === 0} onClick={() => go(props.at - 1)}>
          <span aria-hidden="true">←</span> {t().back}
        </button>
        <button type="button" class="primary" onClick={toggle}>
          {playing() ? t().pause : t().play}
        </button>
        <button type="button" aria-disabled={props.at === last()} onClick={() => go(props.at + 1)}>
          {t().step} <span aria-hidden="true">→</span>
        </button>
        <small>{t().keys}</small>
      </div>
      <ol class="track">
        <For each={props.steps}>
          {(step, i) => (
            <li classList={{ backward: step.phase === "backward" }}>
              <button
                type="button"
                aria-current={i() === props.at ? "step" : undefined}
                classList={{ past: i() < props.at }}
                onClick={() => go(i())}
              >
                {step.name}
              </button>
            </li>
          )}
        </For>
      </ol>
    </div>
  );
}
