import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js";

/** A signal that follows another at most once in so many milliseconds while `busy`, and at once otherwise. */
export function createThrottled<T>(source: Accessor<T>, milliseconds: number, busy: Accessor<boolean>): Accessor<T> {
  const [value, setValue] = createSignal(source());
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = () => {
    timer = undefined;
    last = performance.now();
    setValue(() => source());
  };
  createEffect(() => {
    source();
    const wait = busy() ? last + milliseconds - performance.now() : 0;
    if (wait <= 0) {
      clearTimeout(timer);
      follow();
    } else timer ??= setTimeout(follow, wait);
  });
  onCleanup(() => clearTimeout(timer));
  return value;
}
