import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fields } from "../../lab/model/fields.js";
import {
  decode,
  encode,
  initialState,
  type State,
  themes,
  unreadIn,
  viewFields,
  viewNames,
} from "../../lab/model/state.js";
import { languages } from "../../src/index.js";

/** Any text a link can carry, and the characters that links are made of more often than others. */
const text = fc.string({
  unit: fc.oneof(fc.constantFrom("#", "/", "?", "&", "=", ".", ",", "%", "1", "-", "e"), fc.string({ maxLength: 1 })),
});

/** Texts that name fields, with values that may or may not make sense. */
const link = fc
  .tuple(
    fc.constantFrom("", "#", "#/"),
    fc.constantFrom(...viewNames, "", "nowhere"),
    fc.array(
      fc.tuple(
        fc.constantFrom(
          "lang",
          "theme",
          ...viewNames.flatMap((view) => Object.keys(viewFields[view]).flatMap((key) => [key, `${view}.${key}`])),
        ),
        fc.oneof(
          text,
          fc.double().map(String),
          fc.integer().map(String),
          fc.constantFrom("zh", "dark", "1", "0", "__proto__", "constructor", "toString"),
        ),
      ),
    ),
  )
  .map(([start, view, fields]) => `${start}${view}?${fields.map(([key, value]) => `${key}=${value}`).join("&")}`);

/** A state is fine when every field reads back what it writes. */
function expectSound(state: State): void {
  expect(viewNames).toContain(state.view);
  expect(languages).toContain(state.language);
  expect(themes).toContain(state.theme);
  for (const view of viewNames) {
    for (const [key, field] of Object.entries(viewFields[view] as Fields)) {
      const value = (state.views[view] as Readonly<Record<string, unknown>>)[key];
      expect(field.decode(field.encode(value)), `${view}.${key}`).toEqual(value);
    }
  }
}

describe("a link", () => {
  it("of the first screen is short", () => {
    expect(encode(initialState("en"))).toBe("home?lang=en");
  });

  it("is read whatever it says, and read again as the same state", () => {
    fc.assert(
      fc.property(fc.oneof(text, link), fc.constantFrom(...languages), (hash, preferred) => {
        const state = decode(hash, preferred);
        expectSound(state);
        expect(decode(`#${encode(state)}`, "en")).toEqual(state);
      }),
      { numRuns: 3000 },
    );
  });

  it("falls back field by field: a broken one does not take others with it", () => {
    const state = decode("#playground?lang=zh&theme=nothing&seed=seven&step=12");
    expect(state).toMatchObject({ view: "playground", language: "zh", theme: "auto" });
    expect(state.views.playground).toMatchObject({ seed: 1, step: 12 });
  });

  it("tells what of it could not be read, and nothing of what could", () => {
    expect(unreadIn("#playground?lang=zh&theme=nothing&seed=seven&step=12&softmax.z=1,2&color=red")).toEqual([
      "theme=nothing",
      "seed=seven",
      "color=red",
    ]);
    expect(unreadIn("#backward?lang=en&batch=1,2,0,3,4&W1=1,2,3&b1=1,2,3&b2=2e3,1")).toEqual([
      "batch=1,2,0,3,4",
      "W1=1,2,3",
      "b2=2e3,1",
    ]);
    expect(unreadIn("#backward?lang=en&batch=1,2,2")).toEqual(["batch=1,2,2"]);
    expect(unreadIn("#nowhere?lang=en")).toEqual(["nowhere"]);
    expect(unreadIn("")).toEqual([]);
    fc.assert(
      fc.property(link, (hash) => {
        expect(unreadIn(encode(decode(hash)))).toEqual([]);
      }),
    );
  });

  it("keeps what is set in other views", () => {
    const state = decode("#forward?lang=en&playground.seed=7");
    expect(state.views.playground.seed).toBe(7);
    expect(encode({ ...state, view: "playground" })).toBe("playground?lang=en&seed=7");
  });
});
