/** Positions 0 … count − 1; of more than `most`, the first and the last with `undefined` between them. */
export function elided(count: number, most: number): (number | undefined)[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  const head = Math.ceil((most - 1) / 2);
  const tail = most - 1 - head;
  return Array.from({ length: most }, (_, i) =>
    i < head ? i : i === head ? undefined : count - tail + (i - head - 1),
  );
}
