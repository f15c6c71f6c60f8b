import katex from "katex";
import { createEffect, createMemo, onCleanup, onMount } from "solid-js";
import "katex/dist/katex.min.css";

interface FormulaProps {
  /** LaTeX. `\htmlClass{positive}{…}` (or `negative`, `active`) colors a part. */
  readonly tex: string;
  /** On a line of its own. */
  readonly block?: boolean;
}

/** A formula. Screen readers read the MathML that KaTeX writes beside it. */
export function Formula(props: FormulaProps) {
  let host!: HTMLSpanElement;
  // Most changes around a formula leave it as it is; typesetting is slow.
  const tex = createMemo(() => props.tex);
  onMount(() => {
    if (props.block !== true) return;
    // What is wider than its place can be scrolled by keyboard as well.
    const observer = new ResizeObserver(() => {
      if (host.scrollWidth > host.clientWidth) host.tabIndex = 0;
      else host.removeAttribute("tabindex");
    });
    observer.observe(host);
    onCleanup(() => observer.disconnect());
  });
  createEffect(() => {
    katex.render(tex(), host, {
      displayMode: props.block === true,
      throwOnError: false,
      strict: "ignore",
      trust: ({ command }) => command === "\\htmlClass",
    });
  });
  return <span ref={host} classList={{ formula: true, "formula-block": props.block === true }} />;
}
