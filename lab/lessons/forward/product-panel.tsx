import { Show } from "solid-js";
import { Formula } from "../../components/formula.js";
import { useTexts, useView } from "../../model/context.js";
import { en } from "../../texts/en/forward.js";
import { zh } from "../../texts/zh/forward.js";
import { cellIn } from "./layout.js";
import { entryTex } from "./names.js";
import type { Values } from "./pass.js";
import { productOf } from "./product.js";

/** The number looked at, and the product that made it. */
export function ProductPanel(props: { readonly values: Values }) {
  const [state] = useView("forward");
  const t = useTexts({ en, zh });
  const product = () => productOf(state, props.values);
  const at = () => cellIn(state.scene, state.at);
  const given = () => entryTex(at().matrix, at().row, at().col, state.convention);
  return (
    <div class="product">
      <Show
        when={product()}
        fallback={
          <p>
            <Formula tex={given()} /> {t().given(at().matrix)}
          </p>
        }
      >
        {(made) => (
          <>
            <div aria-hidden="true">
              <Formula block tex={made().symbols} />
              <Formula block tex={`= ${made().numbers.tex}`} />
            </div>
            <p class="unseen" role="status">
              {made().numbers.text}
            </p>
          </>
        )}
      </Show>
    </div>
  );
}
