import { For, Show } from "solid-js";
import { type ActivationName, activationNames } from "../../model/activations-state.js";
import { useTexts, useView } from "../../model/context.js";
import { format } from "../../model/format.js";
import type { TroublesState } from "../../model/troubles-state.js";
import { en } from "../../texts/en/activations.js";
import { zh } from "../../texts/zh/activations.js";
import { DemoLink } from "../demo-link.js";
import { type Traits, traitsOf } from "./curves.js";
import { shownName } from "./gallery.js";

type Fault = "vanishes" | "oneSided" | "dies";

/** Which demonstration shows a fault, and at what state. */
const demos: Readonly<Record<Fault, (name: ActivationName) => Partial<TroublesState>>> = {
  vanishes: (name) => ({ topic: "depth", g: name === "tanh" ? "tanh" : "sigmoid", init: "xavier", depth: 20 }),
  oneSided: () => ({ topic: "zigzag", batch: "1" }),
  dies: () => ({ topic: "dead", rate: "1", remedy: "none" }),
};

/** The faults that follow from the figures. */
function faultsOf({ flatLeft, flatRight, blocksLeft, low, mean }: Traits): Fault[] {
  return [
    ...(flatLeft && flatRight ? (["vanishes"] as const) : []),
    ...(low >= 0 && mean > 0.1 ? (["oneSided"] as const) : []),
    ...(blocksLeft && !flatRight ? (["dies"] as const) : []),
  ];
}

/** The comparison of the notes, extended: every figure measured on the library's own op. */
export function TraitsTable() {
  const [state, patch] = useView("activations");
  const t = useTexts({ en, zh });
  const traits = new Map(activationNames.map((name) => [name, traitsOf(name)]));
  const bound = (x: number) => format(x, 3);
  return (
    <section class="table-wrap" aria-label={t().figures} tabindex={0}>
      <table class="plain-table traits">
        <thead>
          <tr>
            <th scope="col">{t().activation}</th>
            <th scope="col">{t().range}</th>
            <th scope="col">{t().mean}</th>
            <th scope="col">{t().saturates}</th>
            <th scope="col">{t().steepest}</th>
            <th scope="col">{t().tenLayers}</th>
            <th scope="col">{t().faults}</th>
          </tr>
        </thead>
        <tbody>
          <For each={activationNames}>
            {(name) => {
              const one = traits.get(name) as Traits;
              const sides = one.flatLeft ? (one.flatRight ? "both" : "left") : one.flatRight ? "right" : "none";
              return (
                <tr classList={{ current: state.g === name }}>
                  <th scope="row">
                    <button type="button" class="quiet" onClick={() => patch({ g: name })}>
                      {shownName(name)}
                    </button>
                  </th>
                  <td>
                    {bound(one.low)} … {bound(one.high)}
                  </td>
                  <td>{format(Math.abs(one.mean) < 1e-6 ? 0 : one.mean, 2)}</td>
                  <td>{t().sides[sides]}</td>
                  <td>{format(one.steepest, 3)}</td>
                  <td>{format(one.tenLayers, 2)}</td>
                  <td>
                    <For each={faultsOf(one)} fallback={<span class="soft">–</span>}>
                      {(fault, i) => (
                        <>
                          <Show when={i() > 0}>{t().and}</Show>
                          <DemoLink show={demos[fault](name)}>{t().faultNames[fault]}</DemoLink>
                        </>
                      )}
                    </For>
                  </td>
                </tr>
              );
            }}
          </For>
        </tbody>
      </table>
    </section>
  );
}
