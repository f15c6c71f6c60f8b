import { boxElements } from "./box.js";
import { controlElements, typedRun } from "./control.js";
import { finerCopy } from "./finer.js";
import { groundOf } from "./paint.js";
import { escaped, runsOf, textElement, written } from "./text.js";
import { vectorOf } from "./vector.js";

/** Part of the page as an SVG file. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** The file's text, given style rules to put into it. */
  readonly text: (rules: string) => string;
  /** The fonts its texts are set in, by `family weight style`. */
  readonly fonts: ReadonlySet<string>;
}

/** Room around what is drawn, in CSS pixels. */
const margin = 16;

/**
 * What an element shows, drawn again: boxes, texts, drawings and canvases where the page has them, in the colors in force; without
 * what is for the screen only (`styles/picture.css` takes it away while the page is measured, before anything of it is painted).
 * @param title what it shows, in a sentence.
 */
export function drawingOf(root: Element, title: string): Drawing {
  root.classList.add("saving");
  try {
    const { left, top } = root.getBoundingClientRect();
    const sheet = new Sheet(left, top);
    sheet.draw(root);
    return sheet.drawing(title, groundOf(root));
  } finally {
    root.classList.remove("saving");
  }
}

class Sheet {
  readonly #parts: string[] = [];
  readonly #fonts = new Set<string>();
  #box = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0 };

  constructor(
    readonly left: number,
    readonly top: number,
  ) {}

  draw(element: Element): void {
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility !== "visible") return;
    const box = element.getBoundingClientRect();
    if (element instanceof SVGSVGElement) {
      this.#add(vectorOf(element, box.left - this.left, box.top - this.top), box);
      return;
    }
    this.#add(boxElements(style, box, this.left, this.top), box);
    if (element instanceof HTMLCanvasElement) this.#add(this.#image(element, box), box);
    else if (element instanceof HTMLInputElement) this.#field(element, box, style);
    else {
      for (const child of element.childNodes) {
        if (child instanceof Element) this.draw(child);
        else if (child instanceof Text) this.#write(child, style);
      }
    }
  }

  drawing(title: string, ground: string): Drawing {
    const [x, y] = [this.#box.left - margin, this.#box.top - margin];
    const width = Math.ceil(this.#box.right + margin - x);
    const height = Math.ceil(this.#box.bottom + margin - y);
    const size = { width, height, viewBox: `${x.toFixed(2)} ${y.toFixed(2)} ${width} ${height}` };
    const behind = `<rect ${written({ x: x.toFixed(2), y: y.toFixed(2), width, height, fill: ground })}/>`;
    const body = `<title>${escaped(title)}</title>${behind}${this.#parts.join("\n")}`;
    return {
      width,
      height,
      fonts: this.#fonts,
      text: (rules) =>
        `<svg xmlns="http://www.w3.org/2000/svg" ${written(size)}>${rules && `<style>${rules}</style>`}${body}</svg>\n`,
    };
  }

  #write(node: Text, style: CSSStyleDeclaration): void {
    for (const run of runsOf(node)) this.#set(run, style);
  }

  #field(field: HTMLInputElement, box: DOMRect, style: CSSStyleDeclaration): void {
    if (field.type === "text") this.#set(typedRun(field, box, style), style);
    else this.#add(controlElements(field, box, this.left, this.top), box);
  }

  #set(run: { text: string; box: DOMRect }, style: CSSStyleDeclaration): void {
    this.#fonts.add(`${style.fontFamily.split(",")[0]} ${style.fontWeight} ${style.fontStyle}`);
    this.#add(textElement(run, style, this.left, this.top), run.box);
  }

  /** What stands inside a canvas's border. */
  #image(canvas: HTMLCanvasElement, box: DOMRect): string {
    const { clientLeft, clientTop, clientWidth: width, clientHeight: height } = canvas;
    const place = { x: box.left + clientLeft - this.left, y: box.top + clientTop - this.top, width, height };
    const href = finerCopy(canvas, width, height).toDataURL();
    return `<image ${written({ ...place, preserveAspectRatio: "none", href })}/>`;
  }

  #add(markup: string, box: DOMRect): void {
    if (markup === "") return;
    this.#parts.push(markup);
    const { left, top, right, bottom } = this.#box;
    this.#box = {
      left: Math.min(left, box.left - this.left),
      top: Math.min(top, box.top - this.top),
      right: Math.max(right, box.right - this.left),
      bottom: Math.max(bottom, box.bottom - this.top),
    };
  }
}
