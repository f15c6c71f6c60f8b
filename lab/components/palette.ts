import { type Accessor, createMemo } from "solid-js";
import { useDark } from "../model/context.js";

/** Colors as `styles/base.css` defines them, in a form that canvases and pictures can use. */
export interface Palette {
  readonly dark: boolean;
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly positive: string;
  readonly negative: string;
  readonly accent: string;
  /** One color a class: told apart by color-blind readers as well (after Okabe & Ito 2008, the rest by lightness). */
  readonly classes: readonly string[];
}

const classCount = 10;

const known = new Map<boolean, Palette>();

/** The colors in force; follows the theme. Asking the browser is slow, so each theme is read once. */
export function usePalette(): Accessor<Palette> {
  const dark = useDark();
  return createMemo(() => {
    const palette = known.get(dark()) ?? readPalette(dark());
    known.set(dark(), palette);
    return palette;
  });
}

function readPalette(dark: boolean): Palette {
  const probe = document.createElement("span");
  probe.style.colorScheme = dark ? "dark" : "light";
  document.body.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    dark,
    paper: read("paper"),
    ink: read("ink"),
    soft: read("soft"),
    line: read("line"),
    positive: read("positive"),
    negative: read("negative"),
    accent: read("accent"),
    classes: Array.from({ length: classCount }, (_, i) => read(`class-${i}`)),
  };
  probe.remove();
  return palette;
}

/** `rgb(…)` as three numbers from 0 to 255. */
export function channels(color: string): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** From `from` (t = 0) to `to` (t = 1), channel by channel. */
export function mix(from: readonly number[], to: readonly number[], t: number): [number, number, number] {
  const at = (i: number) => (from[i] as number) + ((to[i] as number) - (from[i] as number)) * t;
  return [at(0), at(1), at(2)];
}
