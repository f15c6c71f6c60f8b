import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js";

/**
 * A signal that follows another at most once in so many milliseconds while `busy`, and at once otherwise. Signals of different
 * phases follow at different moments, so that what they draw is drawn in different frames.
 */
export function createThrottled<T>(
  source: Accessor<T>,
  milliseconds: number,
  busy: Accessor<boolean>,
  phase = 0,
): Accessor<T> {
  const [value, setValue] = createSignal(source());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = () => {
    timer = undefined;
    setValue(() => source());
  };
  createEffect(() => {
    source();
    if (busy()) timer ??= setTimeout(follow, milliseconds - ((performance.now() - phase) % milliseconds));
    else {
      clearTimeout(timer);
      follow();
    }
  });
  onCleanup(() => clearTimeout(timer));
  return value;
}
