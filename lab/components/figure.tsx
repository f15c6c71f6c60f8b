import { type JSX, Show } from "solid-js";

interface FigureProps {
  /** What is to be seen, in a sentence. */
  readonly caption?: JSX.Element;
  /** As wide as the page, not as the text. */
  readonly wide?: boolean;
  readonly children: JSX.Element;
}

/** Something to look at, with its caption. */
export function Figure(props: FigureProps) {
  return (
    <figure classList={{ figure: true, wide: props.wide === true }}>
      {props.children}
      <Show when={props.caption}>
        <figcaption>{props.caption}</figcaption>
      </Show>
    </figure>
  );
}
