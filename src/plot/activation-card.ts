import type { Box } from "./curves.js";
import { scaleOf } from "./scale.js";
import { drawnWidth, element, rounded, svgDocument, textAt } from "./svg.js";
import { wrapText } from "./text.js";

/** An activation as numbers to draw; see `activationDrawing` for what they mean. */
export interface DrawnActivation {
  readonly name: string;
  readonly title: string;
  readonly formula: string;
  readonly x: readonly number[];
  readonly value: readonly number[];
  readonly slope: readonly number[];
  readonly saturated: readonly (readonly [from: number, to: number])[];
  readonly peak: { readonly x: number; readonly slope: number; readonly text: string };
  readonly kinks: readonly {
    readonly x: number;
    readonly value: number;
    readonly left: number;
    readonly right: number;
    readonly chosen: number;
    readonly text: string;
  }[];
  readonly words: { readonly saturated: string; readonly kink: string; readonly note: string };
}

type Which = "value" | "slope";

const [width, margin, fontSize] = [540, 20, 16];

/** One activation: the function above, its derivative below, or one of the two. */
export function activationCard(drawn: DrawnActivation, which: readonly Which[] = ["value", "slope"]): string {
  const body = [
    textAt(margin, margin + 18, drawn.title, { class: "rg-bold", "font-size": 22 }),
    textAt(margin + 1.15 * drawnWidth(drawn.title, 22) + 14, margin + 18, `f(x) = ${drawn.formula}`, {
      class: "rg-faint",
    }),
  ];
  let y = margin + 30;
  for (const one of which) {
    const height = one === "value" ? 260 : 230;
    body.push(curve(drawn, one, { left: margin, top: y, width: width - 2 * margin, height }, fontSize, true));
    y += height + 10;
  }
  for (const line of wrapText(drawn.words.note, 66)) {
    y += 18;
    body.push(textAt(margin, y, line, { class: "rg-faint", "font-size": 14 }));
  }
  return svgDocument({
    width,
    height: y + margin * 0.7,
    fontSize,
    title: drawn.title,
    description: drawn.formula,
    body,
  });
}

/** All activations on one sheet, function and derivative in one small picture each. */
export function activationSheet(all: readonly DrawnActivation[], title: string, note: string): string {
  const [columns, gap, height] = [2, 22, 196];
  const each = (width - 2 * margin - gap) / columns;
  const legend = [
    textAt(margin, margin + 50, "f(x)", { class: "rg-s0 rg-bold" }),
    textAt(margin + 52, margin + 50, "f′(x)", { class: "rg-s1 rg-bold" }),
  ];
  const lines = wrapText(note, 50);
  const top = margin + 66 + 18 * Math.max(0, lines.length - 1);
  const cells = all.map((drawn, i) => {
    const box = {
      left: margin + (i % columns) * (each + gap),
      top: top + Math.floor(i / columns) * height,
      width: each,
      height: height - 22,
    };
    return (
      textAt(box.left, box.top + fontSize, drawn.title, { class: "rg-bold" }) +
      curve(drawn, "both", { ...box, top: box.top + 16, height: box.height - 16 }, 14, false)
    );
  });
  return svgDocument({
    width,
    height: top + Math.ceil(all.length / columns) * height + margin * 0.4,
    fontSize,
    title,
    description: note,
    body: [
      textAt(margin, margin + 18, title, { class: "rg-bold", "font-size": 22 }),
      ...legend,
      ...lines.map((line, i) =>
        textAt(margin + 112, margin + 50 + 18 * i, line, { class: "rg-faint", "font-size": 14 }),
      ),
      ...cells,
    ],
  });
}

function curve(drawn: DrawnActivation, which: Which | "both", box: Box, size: number, labelled: boolean): string {
  const { x, value, slope, saturated, peak, kinks, words } = drawn;
  const [first, last] = [x[0] as number, x.at(-1) as number];
  const shown = which === "value" ? value : which === "slope" ? slope : [...value, ...slope];
  const finite = shown.filter(Number.isFinite);
  const from = Math.max(-2.2, Math.min(...finite, 0));
  const to =
    which === "slope"
      ? Math.max(...finite, 0) * 1.18
      : Math.min(which === "both" ? 3 : 5, Math.max(...finite, 0) * 1.1);
  const [left, right] = [box.left + size * 2.3, box.left + box.width - 2];
  const [top, bottom] = [box.top + size * 0.9, box.top + box.height - size * 1.5];
  const toX = scaleOf({ label: "" }, [first, last], left, right, labelled ? 10 : 4, false);
  const toY = scaleOf({ label: "" }, [from - (to - from) * 0.04, to], bottom, top, labelled ? 4 : 3, false);
  const path = (numbers: readonly number[], style: string) =>
    element("path", { class: style, d: points(x, numbers, toX.place, toY.place, [bottom, top]) });
  const dot = (at: number, height: number, style: string, filled: boolean) =>
    element("circle", {
      class: filled ? `rg-fill ${style.replace("rg-s", "rg-f")}` : style,
      ...(!filled && { fill: "var(--rg-paper,none)", "stroke-width": 2 }),
      cx: toX.place(at),
      cy: toY.place(height),
      r: labelled ? 4.5 : 3,
    });
  const slopeMarks =
    which === "value"
      ? []
      : kinks.flatMap((kink) => [
          ...[kink.left, kink.right]
            .filter((one) => Math.abs(one - kink.chosen) > 1e-3)
            .map((one) => dot(kink.x, one, "rg-s1", false)),
          dot(kink.x, kink.chosen, "rg-s1", true),
        ]);
  return [
    ...saturated.map(([a, b]) => shade(a, b)),
    ...toY.ticks.map(
      (tick) =>
        element("path", { class: "rg-grid", d: `M${rounded(left)} ${rounded(toY.place(tick))}H${rounded(right)}` }) +
        textAt(left - size * 0.4, toY.place(tick) + size * 0.35, toY.label(tick), {
          class: "rg-faint",
          "text-anchor": "end",
          "font-size": size,
        }),
    ),
    element("path", {
      class: "rg-axis",
      d: `M${rounded(left)} ${rounded(toY.place(0))}H${rounded(right)}M${rounded(toX.place(0))} ${rounded(top)}V${rounded(bottom)}`,
    }),
    ...toX.ticks
      .filter((tick) => labelled || tick !== 0)
      .map((tick) =>
        textAt(toX.place(tick), bottom + size * 1.15, toX.label(tick), {
          class: "rg-faint",
          "text-anchor": "middle",
          "font-size": size,
        }),
      ),
    which === "slope" ? "" : path(value, "rg-line rg-s0"),
    which === "value" ? "" : path(slope, "rg-line rg-s1"),
    ...slopeMarks,
    ...(labelled ? labels() : []),
  ].join("");

  function shade(a: number, b: number): string {
    const [start, end] = [toX.place(a), toX.place(b)];
    const wide = end - start > drawnWidth(words.saturated, size) + 8;
    return (
      element("rect", { class: "rg-shade", x: start, y: top, width: end - start, height: bottom - top }) +
      (labelled && wide
        ? textAt((start + end) / 2, (top + bottom) / 2 - size * 0.7, words.saturated, {
            class: "rg-faint",
            "text-anchor": "middle",
          })
        : "")
    );
  }

  function labels(): string[] {
    const name = which === "value" ? "f(x)" : "f′(x)";
    const color = which === "value" ? "rg-s0" : "rg-s1";
    const head = textAt(left + 6, top + size * 0.9, name, { class: `${color} rg-bold rg-halo` });
    if (which === "value") {
      return [
        head,
        ...kinks.map((kink) => dot(kink.x, kink.value, "rg-s0", true)),
        ...kinks.map((kink) =>
          textAt(toX.place(kink.x) - 9, toY.place(kink.value) - size * 0.5, words.kink, {
            class: "rg-faint rg-halo",
            "text-anchor": "end",
          }),
        ),
      ];
    }
    const constant = drawn.slope.filter((one) => Math.abs(one - peak.slope) < 1e-9).length > 8;
    const peakX = !Number.isFinite(peak.x)
      ? Math.sign(peak.x) * last * 0.75
      : constant && peak.x >= 0 && kinks.length < 2
        ? last * 0.55
        : peak.x;
    return [
      head,
      !Number.isFinite(peak.x) || (kinks.length > 0 && constant) ? "" : dot(peak.x, peak.slope, "rg-s1", true),
      textAt(toX.place(peakX), toY.place(peak.slope) - size * 0.6, peak.text, {
        class: "rg-s1 rg-bold rg-halo",
        "text-anchor": "middle",
      }),
      ...kinks
        .slice(0, 1)
        .filter(({ chosen }) => chosen !== peak.slope)
        .map((kink) =>
          textAt(toX.place(kink.x) + 10, toY.place(kink.chosen) - size * 0.55, kink.text, {
            class: "rg-faint rg-halo",
          }),
        ),
    ];
  }
}

/** A path cut off above and below the box. */
function points(
  xs: readonly number[],
  values: readonly number[],
  toX: (x: number) => number,
  toY: (y: number) => number,
  [bottom, top]: readonly [number, number],
): string {
  let pen = "M";
  return xs
    .map((x, i) => {
      const y = toY(values[i] ?? Number.NaN);
      if (!Number.isFinite(y) || y < top - 1 || y > bottom + 1) {
        pen = "M";
        return "";
      }
      const point = `${pen}${rounded(toX(x))} ${rounded(y)}`;
      pen = "L";
      return point;
    })
    .join("");
}
