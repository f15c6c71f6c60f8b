/** Names of the library that a program uses, for its import. */
export class Names {
  readonly #used = new Set<string>();

  use(name: string): string {
    this.#used.add(name);
    return name;
  }

  importFrom(module: string): string {
    const line = `import { ${[...this.#used].sort().join(", ")} } from ${literal(module)};`;
    return line.length <= 120 ? line : line.replace("{ ", "{\n  ").replaceAll(", ", ",\n  ").replace(" }", ",\n}");
  }
}

/** A value as code: numbers with all their digits, texts in quotes, objects without quotes around plain names. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([name, own]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: ${literal(own)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** A call: texts are code as it is, objects are options, left out when they are empty. */
export function call(name: string, ...values: readonly (string | object)[]): string {
  const given = values.flatMap((value) => {
    if (typeof value === "string") return [value];
    return Object.keys(value).length === 0 ? [] : [literal(value)];
  });
  return `${name}(${given.join(", ")})`;
}

/** The options that are not the usual ones. */
export function changed(options: object, usual: object): object {
  const before = new Map(Object.entries(usual));
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => JSON.stringify(before.get(name)) !== JSON.stringify(value)),
  );
}
