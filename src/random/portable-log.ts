const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LG1 = 0.6666666666666735;
const LG2 = 0.3999999999940942;
const LG3 = 0.2857142874366239;
const LG4 = 0.22222198432149784;
const LG5 = 0.1818357216161805;
const LG6 = 0.15313837699209373;
const LG7 = 0.14798198605116586;

/**
 * The natural logarithm of a finite positive number, within 1 ulp, by + − × ÷ alone: the language leaves the last
 * bits of `Math.log` to the engine, and a seed must give the same bits everywhere.
 *
 * Method of fdlibm's e_log.c (Sun Microsystems, 1993): x = 2ᵏ(1 + f) with √½ ≤ 1 + f < √2, s = f / (2 + f) and a
 * minimax polynomial in s².
 */
export function portableLog(x: number): number {
  let k = 0;
  let mantissa = x;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    k--;
  }
  while (mantissa >= Math.SQRT2) {
    mantissa *= 0.5;
    k++;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)));
  const even = w * (LG2 + w * (LG4 + w * LG6));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + odd + even) + k * LN2_LOW) - f);
}
