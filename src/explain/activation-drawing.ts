import type { Language, Text } from "../language/index.js";
import type { ActivationName } from "../nn/index.js";
import { activationAt, formulaOf, rowActivations } from "./activation-curves.js";
import { type ActivationFacts, activationFacts, grid } from "./activation-facts.js";
import { titles } from "./activation-texts.js";

/** Everything a picture of one activation needs, as plain numbers and words of one language. */
export interface ActivationDrawing {
  readonly name: string;
  readonly title: string;
  readonly formula: string;
  readonly x: readonly number[];
  /** Not finite where a curve is to be lifted off the paper: at a jump. */
  readonly value: readonly number[];
  readonly slope: readonly number[];
  /** Stretches at the ends where |f′| is below a twentieth of its peak. */
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

const reach = 5;
/** A side is called saturated where the derivative is below this share of its peak. */
const saturatedShare = 1 / 20;

const words = {
  saturated: { en: "saturated", zh: "饱和区" },
  kink: { en: "kink", zh: "折点" },
  peak: { en: "max", zh: "最大" },
  chosen: { en: "chosen at the kink:", zh: "折点处取" },
  note: {
    en: "Shaded: |f′| below 1/20 of its peak, a unit there hardly learns.",
    zh: "阴影：|f′| 不到最大值的 1/20，单元在此几乎学不动。",
  },
  row: {
    en: "Drawn for the first of two numbers, the other is 0.",
    zh: "图为两个分量中的第一个，另一个固定为 0。",
  },
} satisfies Record<string, Text>;

export function activationDrawing(name: ActivationName, language: Language): ActivationDrawing {
  const { steepest, kinks, saturates } = activationFacts(name);
  const points = grid(-reach, reach, 1 / 32).flatMap((x) =>
    kinks.some((kink) => kink.x === x) ? [x - 1e-9, x, x + 1e-9] : [x],
  );
  const { value, slope } = activationAt(name, points);
  const jumps = new Set(kinks.map(({ x }) => x));
  const said = (text: Text) => text[language];
  return {
    name,
    title: titles[name],
    formula: pretty(formulaOf(name).text),
    x: points,
    value: [...value],
    slope: points.map((x, i) => (jumps.has(x) ? Number.NaN : (slope[i] as number))),
    saturated: saturatedEnds(points, slope, Math.abs(steepest.slope), saturates),
    peak: { ...steepest, text: peakText(steepest, kinks.length > 0, language) },
    kinks: kinks.map((kink) => ({ ...kink, text: `${said(words.chosen)} ${fraction(kink.chosen)}` })),
    words: {
      saturated: said(words.saturated),
      kink: said(words.kink),
      note: `${said(words.note)}${rowActivations.includes(name) ? (language === "en" ? " " : "") + said(words.row) : ""}`,
    },
  };
}

function saturatedEnds(
  xs: readonly number[],
  slope: Float64Array,
  peak: number,
  sides: ActivationFacts["saturates"],
): [number, number][] {
  const flat = xs.map((_, i) => Math.abs(slope[i] as number) < saturatedShare * peak);
  const first = flat.indexOf(false);
  const last = flat.lastIndexOf(false);
  const ends: [number, number][] = [];
  if (first > 1 && (sides === "left" || sides === "both")) ends.push([xs[0] as number, xs[first] as number]);
  if (last < xs.length - 2 && (sides === "right" || sides === "both"))
    ends.push([xs[last] as number, xs.at(-1) as number]);
  return ends;
}

/** ¼ rather than 0.25, and three digits otherwise. */
function fraction(value: number): string {
  const known: Readonly<Record<number, string>> = { 0.25: "¼", 0.5: "½", 0.75: "¾" };
  return known[value] ?? String(Number(value.toPrecision(4)));
}

/** `max ¼ at 0`; without the place where a whole stretch is as steep. */
function peakText({ x, slope }: ActivationFacts["steepest"], flat: boolean, language: Language): string {
  if (!Number.isFinite(x)) return `|f′| → ${fraction(slope)}`;
  const place = Number(x.toPrecision(3));
  const most = `${words.peak[language]} ${fraction(slope)}`;
  return flat ? most : { en: `${most} at x = ${place}`, zh: `${most}（x = ${place}）` }[language];
}

/** `e⁻ˣ` rather than `e^-x`. */
function pretty(formula: string): string {
  return formula.replace(/e\^-x/g, "e⁻ˣ").replace(/e\^x/g, "eˣ").replace(/beta/g, "β").replace(/-/g, "−");
}
