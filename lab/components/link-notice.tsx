import { Show } from "solid-js";
import { useStore, useTexts } from "../model/context.js";
import { en } from "../texts/en.js";
import { zh } from "../texts/zh.js";

/** Says what of the link that led here could not be read. */
export function LinkNotice() {
  const store = useStore();
  const t = useTexts({ en, zh });
  return (
    <div role="status">
      <Show when={store.unread().length > 0}>
        <p class="link-notice">
          <span>{t().unread(store.unread().join(t().comma))}</span>
          <button type="button" class="quiet" onClick={() => store.dismiss()}>
            {t().dismiss}
          </button>
        </p>
      </Show>
    </div>
  );
}
