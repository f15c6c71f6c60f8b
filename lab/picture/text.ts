import { paintOf } from "./paint.js";

/** A piece of text on one line, and the box it takes. */
export interface Run {
  readonly text: string;
  readonly box: DOMRect;
}

/** The lines of a text as the page has broken it. */
export function runsOf(node: Text): Run[] {
  const { data } = node;
  const range = document.createRange();
  const boxOf = (start: number, end: number) => {
    range.setStart(node, start);
    range.setEnd(node, end);
    return range.getBoundingClientRect();
  };
  const [first, last] = [data.search(/\S/), data.trimEnd().length];
  if (first < 0) return [];
  const whole = boxOf(first, last);
  if (range.getClientRects().length < 2) return whole.width === 0 ? [] : [{ text: tidy(data), box: whole }];
  const starts: number[] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (let i = first; i < last; i++) {
    const box = boxOf(i, i + 1);
    if (box.width === 0 || box.top < bottom - 0.5 * box.height) continue;
    starts.push(i);
    bottom = box.bottom;
  }
  return starts.map((start, i) => {
    const end = start + data.slice(start, starts[i + 1] ?? last).trimEnd().length;
    return { text: tidy(data.slice(start, end)), box: boxOf(start, end) };
  });
}

const tidy = (text: string) => text.replaceAll(/\s+/g, " ").trim();

let measure: CanvasRenderingContext2D | null = null;

/** A run as an element of SVG, exactly as long as on the page whatever fonts its reader has. */
export function textElement({ text, box }: Run, style: CSSStyleDeclaration, left: number, top: number): string {
  const paint = paintOf(style.color);
  if (paint === undefined) return "";
  const { fontFamily, fontSize, fontStyle, fontWeight } = style;
  measure ??= document.createElement("canvas").getContext("2d");
  if (measure === null) return "";
  measure.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = measure.measureText(text);
  const baseline = box.top + (box.height - up - down) / 2 + up;
  const attributes = {
    x: (box.left - left).toFixed(2),
    y: (baseline - top).toFixed(2),
    textLength: box.width.toFixed(2),
    lengthAdjust: "spacingAndGlyphs",
    fill: paint.color,
    ...(paint.alpha < 1 && { "fill-opacity": String(paint.alpha) }),
    "font-family": fontFamily,
    "font-size": Number.parseFloat(fontSize),
    ...(fontWeight !== "400" && { "font-weight": fontWeight }),
    ...(fontStyle !== "normal" && { "font-style": fontStyle }),
  };
  return `<text ${written(attributes)}>${escaped(text)}</text>`;
}

/** Attributes as markup. */
export const written = (attributes: Readonly<Record<string, string | number>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(" ");

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
