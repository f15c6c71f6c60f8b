/** A number for people: so many significant digits, a real minus sign, no trailing zeros, powers of ten at the ends. */
export function format(x: number, digits = 3): string {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (x === 0) return "0";
  const size = Math.abs(x);
  const written =
    size >= 10 ** Math.max(6, digits) || size < 1e-4 ? scientific(x, digits) : String(Number(x.toPrecision(digits)));
  return written.replace(/^-/, "−");
}

function scientific(x: number, digits: number): string {
  const [mantissa = "", power = ""] = x.toExponential(Math.max(0, digits - 1)).split("e");
  return `${Number(mantissa)}e${power.replace("+", "").replace("-", "−")}`;
}

/** A number as typed by people: a comma or a point, any minus sign; undefined when it is none. */
export function parseNumber(text: string): number | undefined {
  const value = Number(text.trim().replaceAll("−", "-").replace(",", ".") || Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** A share as a percentage. */
export const percent = (x: number, digits = 1): string => `${(100 * x).toFixed(digits)} %`;

/** `(4 × 3)` */
export const shape = (...sizes: number[]): string => `(${sizes.join(" × ")})`;
