import { type Accessor, createContext, createMemo, createSignal, onCleanup, useContext } from "solid-js";
import type { Language } from "../../src/index.js";
import type { ViewName, ViewState } from "./state.js";
import type { Store } from "./store.js";

export const StoreContext = createContext<Store>();

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === undefined) throw new Error("useStore is called outside the app");
  return store;
}

/** A view's own part of the state (reactive: read its fields where they are used), and how to change some of it. */
export function useView<V extends ViewName>(view: V): [ViewState<V>, (patch: Partial<ViewState<V>>) => void] {
  const store = useStore();
  const own = new Proxy({} as ViewState<V>, {
    get: (_, key) => store.state.views[view][key as keyof ViewState<V>],
  });
  return [own, (patch) => store.patch(view, patch)];
}

/** Texts in the reader's language: `const t = useTexts({ en, zh })`, then `t().title`. */
export function useTexts<T>(both: Readonly<Record<Language, T>>): Accessor<T> {
  const store = useStore();
  return () => both[store.state.language];
}

/** Whether a media query holds, as a signal. */
export function useMedia(query: string): Accessor<boolean> {
  const media = matchMedia(query);
  const [holds, setHolds] = createSignal(media.matches);
  const listen = () => setHolds(media.matches);
  media.addEventListener("change", listen);
  onCleanup(() => media.removeEventListener("change", listen));
  return holds;
}

/** Whether the page is dark now, by the reader's choice or the system's. */
export function useDark(): Accessor<boolean> {
  const store = useStore();
  const system = useMedia("(prefers-color-scheme: dark)");
  return createMemo(() => (store.state.theme === "auto" ? system() : store.state.theme === "dark"));
}

/** Whether the reader asks for less motion: then nothing moves by itself. */
export const useReducedMotion = (): Accessor<boolean> => useMedia("(prefers-reduced-motion: reduce)");
