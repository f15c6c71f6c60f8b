/** A color that every reader of SVG knows, and how opaque it is, from 0 to 1. */
export interface Paint {
  readonly color: string;
  readonly alpha: number;
}

/** A computed color, `rgb(…)` or `color(srgb …)`; undefined when it is none, or cannot be seen. */
export function paintOf(computed: string): Paint | undefined {
  const numbers = (computed.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  const [red, green, blue, alpha = 1] = computed.startsWith("color(srgb")
    ? numbers.map((part, i) => (i < 3 ? 255 * part : part))
    : /^rgba?\(/.test(computed)
      ? numbers
      : [];
  if (red === undefined || green === undefined || blue === undefined || alpha === 0) return undefined;
  const byte = (part: number) =>
    Math.round(Math.min(255, Math.max(0, part)))
      .toString(16)
      .padStart(2, "0");
  return { color: `#${byte(red)}${byte(green)}${byte(blue)}`, alpha };
}

/** What lies behind an element: the nearest opaque background around it. */
export function groundOf(element: Element): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const paint = paintOf(getComputedStyle(at).backgroundColor);
    if (paint?.alpha === 1) return paint.color;
  }
  return "#ffffff";
}
