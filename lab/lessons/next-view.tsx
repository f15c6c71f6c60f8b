import { ViewLink } from "../components/view-link.js";
import { useTexts } from "../model/context.js";
import type { ViewName } from "../model/state.js";
import { en } from "../texts/en.js";
import { zh } from "../texts/zh.js";

/** Where the lesson goes on. */
export function NextView(props: { readonly view: ViewName }) {
  const t = useTexts({ en, zh });
  return (
    <p class="next-view">
      <span>{t().next}</span> <ViewLink view={props.view}>{t().nav[props.view]}</ViewLink>
    </p>
  );
}
