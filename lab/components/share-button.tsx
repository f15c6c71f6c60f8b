import { createSignal, onCleanup } from "solid-js";
import { useStore, useTexts } from "../model/context.js";
import { en } from "../texts/en.js";
import { zh } from "../texts/zh.js";

/** Copies the link to exactly what is on the screen. */
export function ShareButton(props: { readonly label?: string }) {
  const store = useStore();
  const t = useTexts({ en, zh });
  const [said, setSaid] = createSignal("");
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const share = async () => {
    try {
      await navigator.clipboard.writeText(store.link());
      setSaid(t().shared);
    } catch {
      history.replaceState(null, "", store.link());
      setSaid(t().shareByHand);
    }
    clearTimeout(timer);
    timer = setTimeout(() => setSaid(""), 4000);
  };
  return (
    <div class="share">
      <button type="button" class="button" onClick={() => void share()}>
        {props.label ?? t().share}
      </button>
      <p role="status" classList={{ said: said() !== "" }}>
        {said()}
      </p>
    </div>
  );
}
