const SIN = [
  -0.16666666666666632, 0.00833333333332249, -0.0001984126982985795, 2.7557313707070068e-6, -2.5050760253406863e-8,
  1.58969099521155e-10,
];
const COS = [
  0.0416666666666666, -0.001388888888887411, 0.00002480158728947673, -2.7557314351390663e-7, 2.087572321298175e-9,
  -1.1359647557788195e-11,
];

/**
 * [cos, sin] of an angle in turns (1 is the full circle), by + − × and Math.round alone: the language leaves the last
 * bits of `Math.sin` to the engine, and a seed must give the same data everywhere.
 * The polynomials are those of fdlibm's k_sin.c and k_cos.c (Sun Microsystems, 1993), for up to an eighth of a turn.
 */
export function onCircle(turns: number): [cos: number, sin: number] {
  const quarters = Math.round(turns * 4);
  const angle = (turns - quarters / 4) * 2 * Math.PI;
  const square = angle * angle;
  const sin = angle + angle * square * polynomial(SIN, square);
  const cos = 1 - square / 2 + square * square * polynomial(COS, square);
  switch (quarters & 3) {
    case 0:
      return [cos, sin];
    case 1:
      return [-sin, cos];
    case 2:
      return [-cos, -sin];
    default:
      return [sin, -cos];
  }
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
