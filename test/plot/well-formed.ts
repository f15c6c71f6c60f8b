import { expect } from "vitest";

/** Fails unless every element is closed in order and every attribute quoted. */
export function expectWellFormed(svg: string): void {
  const open: string[] = [];
  const markup = svg.replace(/<style>[^<]*<\/style>/g, "");
  for (const [tag, close, name = "", attributes = "", self] of markup.matchAll(
    /<(\/?)([a-z]+)((?:\s[^<>]*?)?)(\/?)>/g,
  )) {
    if (close === "/") expect(open.pop(), tag).toBe(name);
    else if (self !== "/") open.push(name);
    expect(attributes.replace(/\s[\w:-]+="[^"<>]*"/g, ""), tag).toBe("");
  }
  expect(open).toEqual([]);
  expect(markup.replace(/<[^<>]*>/g, "")).not.toMatch(/[<>]|&(?!#\d+;)/);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
}
