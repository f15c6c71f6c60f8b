import { paintOf } from "./paint.js";

/** What style sheets may say of a drawing's parts, and parts take over from what they stand in. */
const inherited = [
  "fill",
  "stroke",
  "fill-opacity",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "paint-order",
  "text-anchor",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "visibility",
] as const;

/** A drawing as markup of its own, at a place: what style sheets say of it is written into it. */
export function vectorOf(svg: SVGSVGElement, x: number, y: number): string {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  settle(svg, copy, undefined);
  for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, value.toFixed(2));
  copy.setAttribute("overflow", "visible");
  return new XMLSerializer().serializeToString(copy);
}

function settle(from: Element, to: Element, around: CSSStyleDeclaration | undefined): void {
  const style = getComputedStyle(from);
  if (style.display === "none") {
    to.remove();
    return;
  }
  const parts = Array.from(from.children, (child, i) => [child, to.children[i] as Element] as const);
  for (const [child, copy] of parts) settle(child, copy, style);
  for (const name of ["class", "style", "role", "tabindex", "aria-label", "aria-hidden"]) to.removeAttribute(name);
  for (const name of inherited) {
    const value = style.getPropertyValue(name);
    if (value === around?.getPropertyValue(name)) to.removeAttribute(name);
    else if (name === "fill" || name === "stroke") paint(to, name, value);
    // Lengths are in the drawing's own units; not every reader of SVG takes "px" in an attribute.
    else to.setAttribute(name, value.replaceAll(/(?<=\d)px/g, ""));
  }
  if (style.opacity !== "1") to.setAttribute("opacity", style.opacity);
}

/** A paint; of one that shows what is behind it, the color and the opacity apart. */
function paint(to: Element, name: "fill" | "stroke", value: string): void {
  const found = paintOf(value);
  if (found !== undefined && found.alpha < 1) to.setAttribute("opacity", String(found.alpha));
  to.setAttribute(name, found?.color ?? (value.startsWith("url(") ? value : "none"));
}
