import { type Shape, sizeOf } from "../tensor/index.js";

/** Whether repeating `from` to `to` is a row repeated down, or a column repeated across; undefined when it is neither. */
export function simpleBroadcast(
  from: Shape,
  to: Shape,
): { broadcasting: "row" | "column"; period: number } | undefined {
  const aligned = [...new Array<number>(to.length - from.length).fill(1), ...from];
  const firstKept = aligned.findIndex((size) => size !== 1);
  if (aligned.slice(firstKept).every((size, i) => size === to[firstKept + i])) {
    return { broadcasting: "row", period: sizeOf(from) };
  }
  const lastKept = aligned.findLastIndex((size) => size !== 1);
  if (aligned.slice(0, lastKept + 1).every((size, i) => size === to[i])) {
    return { broadcasting: "column", period: sizeOf(to.slice(lastKept + 1)) };
  }
  return undefined;
}
