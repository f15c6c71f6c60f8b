import { type Accessor, createRenderEffect, createSignal, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type { Language } from "../../src/index.js";
import { decode, encode, type State, unreadIn, type ViewName, type ViewState } from "./state.js";

/** The state of the page, and the only ways to change it. */
export interface Store {
  readonly state: State;
  /** Opens a view, as a step that the browser's Back undoes. */
  open(view: ViewName): void;
  set(patch: Partial<Pick<State, "language" | "theme">>): void;
  /** Changes some of a view's fields. */
  patch<V extends ViewName>(view: V, patch: Partial<ViewState<V>>): void;
  /** The link to exactly what is on the screen. */
  link(): string;
  /** What of the link that was opened could not be read, until it is dismissed. */
  readonly unread: Accessor<readonly string[]>;
  dismiss(): void;
}

/** What readers of a page in no language yet are likely to read. */
const preferred = (): Language => (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

/** Solid lets only what is not `readonly` be set. */
type Settable = { -readonly [K in Exclude<keyof State, "views">]: State[K] } & {
  views: { -readonly [V in ViewName]: ViewState<V> };
};

/** A store that follows the address and is followed by it: each change is in the link within a moment. */
export function createPageStore(): Store {
  const [state, setState] = createStore<Settable>(decode(location.hash, preferred()));
  const [unread, setUnread] = createSignal<readonly string[]>(unreadIn(location.hash));
  const follow = () => {
    if (location.hash.slice(1) === encode(state)) return;
    setUnread(unreadIn(location.hash));
    setState(reconcile(decode(location.hash, state.language)));
  };
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  let timer: ReturnType<typeof setTimeout> | undefined;
  createRenderEffect(() => {
    const hash = `#${encode(state)}`;
    clearTimeout(timer);
    // Browsers refuse an address that changes with every frame of a slider.
    timer = setTimeout(() => {
      if (location.hash !== hash) history.replaceState(null, "", hash);
    }, 150);
  });
  onCleanup(() => {
    clearTimeout(timer);
    removeEventListener("hashchange", follow);
    removeEventListener("popstate", follow);
  });
  return {
    state,
    open: (view) => {
      if (view === state.view) return;
      history.replaceState(null, "", `#${encode(state)}`);
      history.pushState(null, "", `#${encode({ ...state, view })}`);
      setState("view", view);
    },
    set: (patch) => setState(patch),
    patch: (view, patch) => setState("views", view, (own) => ({ ...own, ...patch })),
    link: () => `${location.href.split("#")[0]}#${encode(state)}`,
    unread,
    dismiss: () => setUnread([]),
  };
}
