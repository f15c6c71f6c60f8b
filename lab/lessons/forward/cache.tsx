import { createMemo, For } from "solid-js";
import { explain } from "../../../src/index.js";
import { Formula } from "../../components/formula.js";
import { useTexts, useView } from "../../model/context.js";
import { shape } from "../../model/format.js";
import { sizes } from "../../model/forward-state.js";
import { en } from "../../texts/en/forward.js";
import { zh } from "../../texts/zh/forward.js";
import { forwardNetwork } from "./pass.js";

const rowsOf = (numbers: readonly number[], width: number) =>
  Array.from({ length: numbers.length / width }, (_, i) => numbers.slice(i * width, (i + 1) * width));
const texOf = (name: string) => name.replace(/\[(.)\]/, "^{[$1]}").replace(/^d/, "d");

/** What the way back needs of the forward pass of the whole chain, by the library's own account. */
export function Cache() {
  const [state] = useView("forward");
  const t = useTexts({ en, zh });
  const cache = createMemo(() => {
    const x = rowsOf(state.X, sizes.n0);
    const told = explain(forwardNetwork(state.g), {
      x,
      t: x.map(() => [1]),
      weights: new Map([
        ["W[1]", state.W1],
        ["b[1]", state.b1],
        ["W[2]", state.W2],
        ["b[2]", state.b2],
      ]),
      convention: state.convention,
    });
    return told.cache.filter(({ name }) => /^[XZA]/.test(name));
  });
  const total = () => cache().reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <>
      <div class="table-wrap">
        <table class="plain-table cache-table">
          <thead>
            <tr>
              <th scope="col">{t().cacheValue}</th>
              <th scope="col">{t().cacheShape}</th>
              <th scope="col">{t().cacheBytes}</th>
              <th scope="col">{t().cacheUse}</th>
            </tr>
          </thead>
          <tbody>
            <For each={cache()}>
              {(kept) => (
                <tr>
                  <td>
                    <Formula tex={texOf(kept.name)} />
                  </td>
                  <td class="shape">{shape(...kept.shape)}</td>
                  <td>{kept.bytes}</td>
                  <td>
                    <Formula tex={kept.usedBy.map(texOf).join(",\\ ")} />
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <p class="note">{t().cacheTotal(total())}</p>
    </>
  );
}
