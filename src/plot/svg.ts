import { textWidth } from "./text.js";

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; attributes that are undefined are left out, numbers are rounded to hundredths. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? rounded(value) : escapeText(value ?? "")}"`)
    .join("");
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join("")}</${name}>`;
}

export function textAt(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeText(content));
}

export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** About how wide a text will be: an average letter takes 0.56 of the font's size. */
export function drawnWidth(text: string, fontSize: number): number {
  return 0.56 * fontSize * textWidth(text);
}

/**
 * A whole SVG document that follows the reader's light or dark preference. Alone (a file, an image) it brings its own
 * paper; inside a page it takes the page's color.
 */
export function svgDocument(options: {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  /** Said by screen readers. */
  readonly title: string;
  readonly description?: string;
  readonly body: readonly string[];
}): string {
  const { width, height, fontSize, title, description, body } = options;
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    class: "rg",
    viewBox: `0 0 ${rounded(width)} ${rounded(height)}`,
    width,
    height,
    role: "img",
    "aria-label": description === undefined ? title : `${title}. ${description}`,
  };
  const paper = element("rect", { class: "rg-paper", width: "100%", height: "100%", rx: 8 });
  const font = `.rg{font:${fontSize}px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}`;
  return `${element("svg", attributes, `\n<style>${font}${style}</style>\n`, `${paper}\n`, ...body.map((line) => `${line}\n`))}\n`;
}

const light = ["#0969da", "#bc4c00", "#1a7f37", "#8250df", "#9a6700", "#bf3989"];
const dark = ["#58a6ff", "#f0883e", "#3fb950", "#bc8cff", "#d29922", "#f778ba"];

/** Series that have a color of their own; more take turns. */
export const seriesColors = light.length;

const style = [
  ".rg-paper{fill:none}",
  "svg.rg:root{color:#1f2328;--rg-paper:#fff}svg.rg:root .rg-paper{fill:#fff}",
  ".rg text{fill:currentColor;stroke:none}",
  ".rg .rg-faint{fill-opacity:.75}",
  ".rg .rg-bold{font-weight:600}",
  ".rg .rg-grid{stroke:currentColor;stroke-opacity:.14;stroke-width:1}",
  ".rg .rg-axis{stroke:currentColor;stroke-opacity:.5;stroke-width:1}",
  ".rg .rg-line{fill:none;stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}",
  ".rg .rg-dashed{stroke-dasharray:5 4}",
  ".rg .rg-quiet{stroke:currentColor;stroke-opacity:.42}.rg text.rg-quiet{fill:currentColor;fill-opacity:.72;stroke:none}",
  ".rg .rg-fill{stroke:none}.rg .rg-band{stroke:none;fill-opacity:.16}.rg .rg-gray{fill:currentColor}",
  ".rg .rg-shade{fill:currentColor;fill-opacity:.07;stroke:none}",
  ".rg .rg-halo{paint-order:stroke;stroke-width:4;stroke-linejoin:round}.rg text.rg-halo{stroke:var(--rg-paper,transparent)}",
  ...colorRules(light),
  ".rg .rg-wrong{stroke:#cf222e}.rg text.rg-wrong{fill:#cf222e;stroke:none}",
  `@media(prefers-color-scheme:dark){svg.rg:root{color:#e6edf3;--rg-paper:#0d1117}svg.rg:root .rg-paper{fill:#0d1117}${colorRules(dark).join("")}`,
  ".rg .rg-wrong{stroke:#ff7b72}.rg text.rg-wrong{fill:#ff7b72}}",
].join("");

function colorRules(colors: readonly string[]): string[] {
  return colors.map(
    (color, i) =>
      `.rg .rg-s${i}{stroke:${color}}.rg text.rg-s${i}{fill:${color};stroke:none}.rg .rg-f${i}{fill:${color}}`,
  );
}
