import katex from "katex";
import { createEffect, createMemo } from "solid-js";
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
