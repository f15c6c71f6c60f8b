import type { JSX } from "solid-js";
import { useStore } from "../model/context.js";
import { encode, type ViewName } from "../model/state.js";

interface ViewLinkProps {
  readonly view: ViewName;
  readonly class?: string;
  readonly onOpen?: () => void;
  readonly children: JSX.Element;
}

/** A link to another view: a real one, that can be opened in a new tab, and that keeps all that was set. */
export function ViewLink(props: ViewLinkProps) {
  const store = useStore();
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    store.open(props.view);
    props.onOpen?.();
  };
  return (
    <a
      class={props.class}
      href={`#${encode({ ...store.state, view: props.view })}`}
      aria-current={store.state.view === props.view ? "page" : undefined}
      onClick={open}
    >
      {props.children}
    </a>
  );
}
