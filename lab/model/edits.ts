/** A weight changed by hand: `value` was put at `index` of the tensor `name` after so many steps. */
export interface Edit {
  readonly step: number;
  readonly name: string;
  readonly index: number;
  readonly value: number;
}

const form = /^(\d{1,8}):([Wb]\[\d{1,2}\]):(\d{1,8}):(-?[\d.]+(?:e-?\d+)?)$/;

/** Edits from a link; what makes no sense is left out. */
export function readEdits(text: string): Edit[] {
  return text.split(",").flatMap((part) => {
    const [, step, name, index, value] = form.exec(part) ?? [];
    const edit = { step: Number(step), name: name ?? "", index: Number(index), value: Number(value) };
    return name !== undefined && Number.isFinite(edit.value) ? [edit] : [];
  });
}

export function writeEdits(edits: readonly Edit[]): string {
  return edits.map(({ step, name, index, value }) => `${step}:${name}:${index}:${value}`).join(",");
}
