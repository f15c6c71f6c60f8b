/** Gives names that ONNX allows (letters, digits, underscores), each once: `W[1]` becomes `W_1`, `dA[1]'` `dA_1_2`. */
export class Identifiers {
  readonly #taken = new Set<string>();

  take(name: string): string {
    const plain = name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
    // Names of the form v12 are those of values nobody named.
    const stem = /^[A-Za-z]/.test(plain) && !/^v\d+$/.test(plain) ? plain : `_${plain}`;
    let candidate = stem;
    for (let i = 2; this.#taken.has(candidate); i++) candidate = `${stem}_${i}`;
    this.#taken.add(candidate);
    return candidate;
  }
}
