import type { MatrixStatistics } from "./explanation.js";

export function statisticsOf(values: Float64Array): MatrixStatistics {
  let [min, max, sum, squares, zeros] = [Infinity, -Infinity, 0, 0, 0];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    squares += value * value;
    if (value === 0) zeros++;
  }
  return { min, max, mean: sum / values.length, norm: Math.sqrt(squares), zeros: zeros / values.length };
}
