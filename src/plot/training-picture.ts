import { drawCurves, type Series } from "./curves.js";
import { element, rounded, svgDocument, textAt } from "./svg.js";

export interface PicturedDigit {
  /** Row-major, 0 for paper to `most` for ink, `size` pixels a row. */
  readonly pixels: ArrayLike<number>;
  readonly truth: string;
  readonly predicted: string;
}

/** A training in one picture: loss and accuracy by epoch, and examples with what the network takes them for. */
export interface TrainingPicture {
  readonly title: string;
  readonly subtitle: string;
  readonly x: string;
  readonly loss: { readonly label: string; readonly series: readonly Series[] };
  readonly accuracy: { readonly label: string; readonly series: readonly Series[]; readonly from: number };
  readonly digits: {
    readonly label: string;
    /** Said below a wrong one: `is 3`. */
    readonly wrong: (truth: string) => string;
    readonly examples: readonly PicturedDigit[];
    readonly size: number;
    readonly most: number;
  };
}

const [width, margin, fontSize] = [600, 22, 18];
const chartHeight = 220;

export function trainingPicture({ title, subtitle, x, loss, accuracy, digits }: TrainingPicture): string {
  const epochs = loss.series[0]?.values.map((_, i) => i + 1) ?? [];
  const half = (width - 3 * margin) / 2;
  const chartTop = margin + 66;
  const box = { left: margin, top: chartTop, width: half, height: chartHeight };
  const digitsTop = chartTop + chartHeight + 18;
  const { side, drawn } = drawDigits(digits, digitsTop + fontSize * 1.6);
  return svgDocument({
    width,
    height: digitsTop + fontSize * 1.6 + side + fontSize * 3.1 + margin * 0.6,
    fontSize,
    title,
    description: subtitle,
    body: [
      textAt(margin, margin + 17, title, { class: "rg-bold", "font-size": 23 }),
      textAt(margin, margin + 45, subtitle, { class: "rg-faint" }),
      drawCurves(
        { x: { label: x, values: epochs }, y: { label: loss.label, from: 0 }, series: loss.series },
        box,
        fontSize,
        "above",
      ),
      drawCurves(
        {
          x: { label: x, values: epochs },
          y: { label: accuracy.label, from: accuracy.from, to: 1, format: (value) => `${Math.round(value * 100)}%` },
          series: accuracy.series,
        },
        { ...box, left: 2 * margin + half },
        fontSize,
        "above",
      ),
      textAt(margin, digitsTop + fontSize * 0.6, digits.label, { class: "rg-bold" }),
      ...drawn,
    ],
  });
}

function drawDigits(
  { examples, size, most, wrong }: TrainingPicture["digits"],
  top: number,
): { side: number; drawn: string[] } {
  const gap = 8;
  const side = (width - 2 * margin - gap * (examples.length - 1)) / examples.length;
  const drawn = examples.map(({ pixels, truth, predicted }, i) => {
    const left = margin + i * (side + gap);
    const right = truth === predicted;
    const center = left + side / 2;
    return [
      element(
        "g",
        { transform: `translate(${rounded(left)} ${rounded(top)}) scale(${rounded(side / size)})` },
        inkOf(pixels, size, most),
      ),
      element("rect", {
        x: left,
        y: top,
        width: side,
        height: side,
        fill: "none",
        class: right ? "rg-grid" : "rg-wrong",
        ...(!right && { "stroke-width": 2.5 }),
      }),
      textAt(center, top + side + fontSize * 1.25, `${right ? "" : "✗ "}${predicted}`, {
        class: `rg-bold${right ? "" : " rg-wrong"}`,
        "text-anchor": "middle",
        "font-size": 20,
      }),
      right
        ? ""
        : textAt(center, top + side + fontSize * 2.4, wrong(truth), { class: "rg-faint", "text-anchor": "middle" }),
    ].join("");
  });
  return { side, drawn };
}

/** Pixels of equal darkness as one path, so that a picture stays small. */
function inkOf(pixels: ArrayLike<number>, size: number, most: number): string {
  const byLevel = new Map<number, string>();
  for (let at = 0; at < pixels.length; at++) {
    const level = Math.round(((pixels[at] ?? 0) / most) * 16);
    if (level === 0) continue;
    const square = `M${at % size} ${Math.floor(at / size)}h1v1h-1z`;
    byLevel.set(level, (byLevel.get(level) ?? "") + square);
  }
  return [...byLevel]
    .map(([level, d]) =>
      element("path", { d, fill: "currentColor", "fill-opacity": level / 16, "shape-rendering": "crispEdges" }),
    )
    .join("");
}
