import type { Box } from "./curves.js";
import { boldWidth, colorOf, fillOf } from "./lines-panel.js";
import type { BarsPanel } from "./panel.js";
import { formatNumber } from "./scale.js";
import { drawnWidth, element, rounded, textAt } from "./svg.js";

/** Height of a bar with its room, in font sizes. */
export const barRow = 1.75;

export function drawBars({ bars, format, unit = "", scale = "linear" }: BarsPanel, box: Box, fontSize: number): string {
  const texts = bars.map(({ value, note }) => {
    const number = `${formatNumber(value, format)}${Number.isFinite(value) ? unit : ""}`;
    return note === undefined ? number : `${number} ${note}`;
  });
  const left = box.left + Math.max(...bars.map(({ name }) => drawnWidth(name, fontSize))) + fontSize * 0.6;
  const length = barLengths(bars, scale);
  const room = box.left + box.width - left;
  // As long as can be while each text still finds room behind its own bar.
  const longest = Math.min(
    ...bars.map(({ value, high }, i) => {
      const behind = room - boldWidth(texts[i] ?? "", fontSize) - fontSize * 0.6;
      return behind / Math.max(1e-9, length(Math.max(value, high ?? value)));
    }),
    room,
  );
  const toX = (value: number) => left + length(value) * Math.max(0, longest);
  const thick = fontSize * 1.05;
  return bars
    .map((bar, i) => {
      const top = box.top + fontSize * barRow * i + fontSize * 0.35;
      const middle = top + thick / 2;
      const end = toX(bar.value);
      const whisker =
        bar.low === undefined || bar.high === undefined
          ? ""
          : element("path", {
              class: "rg-axis",
              d: `M${rounded(toX(bar.low))} ${rounded(middle)}H${rounded(toX(bar.high))}m0 -4v8M${rounded(toX(bar.low))} ${rounded(middle - 4)}v8`,
            });
      const textStart = Math.max(end, bar.high === undefined ? 0 : toX(bar.high)) + fontSize * 0.4;
      return [
        textAt(left - fontSize * 0.5, middle + fontSize * 0.35, bar.name, { "text-anchor": "end" }),
        element("rect", {
          class: `rg-fill ${fillOf(bar, i)}`,
          x: left,
          y: top,
          width: Math.max(1.5, end - left),
          height: thick,
          rx: 2,
          "fill-opacity": bar.quiet ? 0.35 : 0.85,
        }),
        whisker,
        textAt(textStart, middle + fontSize * 0.35, texts[i] ?? "", { class: `${colorOf(bar, i)} rg-bold` }),
      ].join("");
    })
    .join("");
}

/** From a value to the share of the longest bar (whiskers included). */
export function barLengths(bars: BarsPanel["bars"], scale: "linear" | "log"): (value: number) => number {
  const all = bars.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]).filter(Number.isFinite);
  const most = Math.max(...all, 0);
  const clamp = (share: number) => (Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : share > 0 ? 1 : 0);
  if (scale === "linear") return (value) => clamp(most === 0 ? 0 : value / most);
  const positive = all.filter((value) => value > 0);
  const [low, high] = [Math.floor(Math.log10(Math.min(...positive)) - 0.3), Math.log10(most)];
  return (value) => clamp(value <= 0 ? 0 : (Math.log10(value) - low) / (high - low));
}
