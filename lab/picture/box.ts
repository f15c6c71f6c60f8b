import { paintOf } from "./paint.js";
import { written } from "./text.js";

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Background and borders of an element, as markup; empty when there is nothing to be seen of it. */
export function boxElements(style: CSSStyleDeclaration, box: DOMRect, left: number, top: number): string {
  const [x, y] = [box.left - left, box.top - top];
  const { width, height } = box;
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  const ground = paintOf(style.backgroundColor);
  const filled =
    ground === undefined || width === 0 || height === 0
      ? ""
      : `<rect ${written({ x, y, width, height, rx: radius, fill: ground.color, "fill-opacity": ground.alpha })}/>`;
  const sides = (["Top", "Right", "Bottom", "Left"] as const).map((side) => {
    const [drawn, wide] = [style[`border${side}Style`], Number.parseFloat(style[`border${side}Width`])];
    const paint =
      drawn === "none" || drawn === "hidden" || !(wide > 0) ? undefined : paintOf(style[`border${side}Color`]);
    return paint && { ...paint, wide, dashed: drawn === "dashed" };
  });
  const [first] = sides;
  if (first !== undefined && sides.every((one) => one?.color === first.color && one.wide === first.wide)) {
    const half = first.wide / 2;
    const inner = { x: x + half, y: y + half, width: width - first.wide, height: height - first.wide, rx: radius };
    return `${filled}<rect ${written({ ...inner, fill: "none", stroke: first.color, "stroke-opacity": first.alpha, "stroke-width": first.wide })}/>`;
  }
  const lines = sides.map((side, i) => {
    if (side === undefined) return "";
    const { wide, color, alpha, dashed } = side;
    const along = [
      { x, y, width, height: wide },
      { x: x + width - wide, y, width: wide, height },
      { x, y: y + height - wide, width, height: wide },
      { x, y, width: wide, height },
    ][i];
    if (dashed && along !== undefined) return dashes(along, color, wide);
    return `<rect ${written({ ...along, fill: color, "fill-opacity": alpha })}/>`;
  });
  return filled + lines.join("");
}

/** A dashed side, along its middle. */
function dashes({ x, y, width, height }: Place, color: string, wide: number): string {
  const ends =
    width > height
      ? { x1: x, x2: x + width, y1: y + height / 2, y2: y + height / 2 }
      : { x1: x + width / 2, x2: x + width / 2, y1: y, y2: y + height };
  const dash = `${2 * wide} ${1.5 * wide}`;
  return `<line ${written({ ...ends, stroke: color, "stroke-width": wide, "stroke-dasharray": dash })}/>`;
}
