import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/formats/error.js";
import { type JsonValue, parseStrictJson } from "../../src/formats/strict-json.js";

/** Maps as objects without a prototype, for comparison with JSON.parse. */
function plain(value: JsonValue): unknown {
  if (value instanceof Map) {
    const object: Record<string, unknown> = Object.create(null);
    for (const [key, item] of value) object[key] = plain(item);
    return object;
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

describe("parseStrictJson", () => {
  it("agrees with JSON.parse on whatever JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.stringify(plain(parseStrictJson(text, "it")))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 500 },
    );
  });

  it("accepts no text that JSON.parse refuses", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      "a",
      "\\u00",
      "1",
      "-",
      ".",
      "e",
      "0",
      "true",
      "null",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        let accepted = true;
        try {
          parseStrictJson(text, "it");
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          accepted = false;
        }
        if (accepted) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ["", "character 1: a value is missing"],
    ["{", "character 2: a name in double quotes is missing"],
    ["{1:2}", "character 2: a name in double quotes is missing"],
    ['{"a" 1}', 'character 6: ":" is missing'],
    ['{"a":1,}', "character 8: a name in double quotes is missing"],
    ['{"a":1', 'character 7: "," or "}" is missing'],
    ["[1", 'character 3: "," or "]" is missing'],
    ["[1,]", "character 4: a value is missing"],
    ["1 2", "character 3: there is more after the end"],
    ["01", "character 2: there is more after the end"],
    ["+1", "character 1: a value is missing"],
    ["NaN", "character 1: a value is missing"],
    ["1e999", "character 1: a number is too large"],
    ['"abc', "character 5: a string does not end"],
    ['"abc\\', "character 7: a string does not end"],
    ['"a\nb"', "character 3: a string holds a control character"],
    ['"\\x"', "character 1: a string has a wrong escape sequence"],
    ['"\\u12"', "character 1: a string has a wrong escape sequence"],
    ['"\\ud800"', "character 1: a string is not well-formed Unicode"],
    ['{"a":1,"a":2}', 'character 8: the name "a" comes twice in one object'],
    ['{"a":1,"\\u0061":2}', 'character 8: the name "a" comes twice in one object'],
    ['[{"b":{"a":1,"c":2,"a":1}}]', 'character 20: the name "a" comes twice in one object'],
    ['{"__proto__":1,"__proto__":2}', 'character 16: the name "__proto__" comes twice in one object'],
  ])("refuses %j", (text, problem) => {
    expect(() => parseStrictJson(text, "the header")).toThrow(
      new FormatError(`the header, ${problem}; the file is damaged, save or download it again`),
    );
  });

  it("reads the names of prototypes as plain names", () => {
    const value = parseStrictJson('{"__proto__":{"x":1},"constructor":2}', "it");
    expect(value).toEqual(
      new Map<string, unknown>([
        ["__proto__", new Map([["x", 1]])],
        ["constructor", 2],
      ]),
    );
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  it("nests 32 levels and no more", () => {
    const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
    expect(() => parseStrictJson(nested(32), "it")).not.toThrow();
    expect(() => parseStrictJson(nested(33), "it")).toThrow(/^it, character 33: more than 32 levels of nesting/);
    expect(() => parseStrictJson("[".repeat(1_000_000), "it")).toThrow(FormatError);
  });

  it("takes long texts in their stride", () => {
    const million = 1_000_000;
    expect(parseStrictJson(`"${"a".repeat(million)}"`, "it")).toHaveLength(million);
    expect(parseStrictJson(`"${"\\n".repeat(million)}"`, "it")).toHaveLength(million);
    expect(parseStrictJson(`${" ".repeat(million)}0.${"1".repeat(million)}`, "it")).toBeCloseTo(1 / 9);
    expect(() => parseStrictJson("1".repeat(million), "it")).toThrow("a number is too large");
    const name = "n".repeat(million);
    const message = (() => {
      try {
        return String(parseStrictJson(`{"${name}":1,"${name}":1}`, "it"));
      } catch (error) {
        return String(error);
      }
    })();
    expect(message).toMatch(/the name "n+\.\.\." comes twice/);
    expect(message.length).toBeLessThan(300);
  });
});
