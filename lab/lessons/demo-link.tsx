import type { JSX } from "solid-js";
import { useStore } from "../model/context.js";
import { encode } from "../model/state.js";
import type { TroublesState } from "../model/troubles-state.js";

interface DemoLinkProps {
  /** What "What goes wrong" is to show. */
  readonly show: Partial<TroublesState>;
  readonly children: JSX.Element;
}

/** A link to a demonstration, set up to show one thing. */
export function DemoLink(props: DemoLinkProps) {
  const store = useStore();
  const troubles = () => ({ ...store.state.views.troubles, ...props.show });
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    store.patch("troubles", props.show);
    store.open("troubles");
  };
  const href = () =>
    `#${encode({ ...store.state, view: "troubles", views: { ...store.state.views, troubles: troubles() } })}`;
  return (
    <a href={href()} onClick={open}>
      {props.children}
    </a>
  );
}
