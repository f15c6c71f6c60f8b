import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Edit, readEdits, writeEdits } from "../../lab/model/edits.js";
import { fallbacks } from "../../lab/model/fields.js";
import { readPin, writePin } from "../../lab/model/pin.js";
import { runFields } from "../../lab/model/playground-state.js";

const pieces = fc.string({ unit: fc.constantFrom(..."0123456789:;,~.-eWb[]stepsrate ", "") });
const edit: fc.Arbitrary<Edit> = fc.record({
  step: fc.nat(1_000_000),
  name: fc.tuple(fc.constantFrom("W", "b"), fc.integer({ min: 1, max: 9 })).map(([kind, layer]) => `${kind}[${layer}]`),
  index: fc.nat(10_000),
  value: fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    .map((x) => (Object.is(x, -0) ? 0 : x)),
});

describe("what a link says of the playground", () => {
  it("keeps weights changed by hand to the bit", () => {
    fc.assert(
      fc.property(fc.array(edit), (edits) => {
        expect(readEdits(writeEdits(edits))).toEqual(edits);
      }),
    );
  });

  it("keeps a pinned run", () => {
    const settings = {
      ...fallbacks(runFields),
      layers: [3, 4],
      rate: 0.001,
      data: "moons" as const,
      edits: "3:W[1]:0:1.5",
    };
    expect(readPin(writePin({ settings, steps: 77 }))).toEqual({ settings, steps: 77 });
  });

  it("never fails to be read", () => {
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string()), (text) => {
        readEdits(text);
        readPin(text);
      }),
      { numRuns: 2000 },
    );
    expect(readPin("")).toBeUndefined();
    expect(readPin("steps~nine")).toBeUndefined();
  });
});
