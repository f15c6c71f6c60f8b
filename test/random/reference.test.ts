import { describe, expect, it } from "vitest";
import { murmur128 } from "../../src/random/murmur.js";
import { portableLog } from "../../src/random/portable-log.js";
import { xoshiro128 } from "../../src/random/xoshiro.js";

describe("xoshiro128**", () => {
  it("gives what the authors' C code (version 1.1) gives from the state 1, 2, 3, 4", () => {
    const source = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => source.next())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
    expect(source.words()).toEqual([939045227, 1864939416, 1451579149, 2199351389]);
  });
});

describe("MurmurHash3_x86_128", () => {
  const hash = (text: string) =>
    murmur128(new TextEncoder().encode(text))
      .map((word) => word.toString(16).padStart(8, "0"))
      .join("");

  it.each([
    ["", "00000000000000000000000000000000"],
    ["I will not buy this tobacconist's, it is scratched.", "9b5b7ba2ef3f7866889adeaf00f3f98e"],
  ])("hashes %j as published", (text, expected) => {
    expect(hash(text)).toBe(expected);
  });
});

describe("portableLog", () => {
  /** The gap between neighboring float64 numbers around `x`. */
  const ulp = (x: number) => 2 ** Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) - 52);

  it("is within 1 ulp of Math.log over the whole range", () => {
    let worst = 0;
    for (let step = 1; step <= 200_000; step++) {
      const x = 2 ** ((step % 2000) - 1000) * (1 + step / 200_000);
      worst = Math.max(worst, Math.abs(portableLog(x) - Math.log(x)) / ulp(Math.log(x)));
    }
    expect(worst).toBeLessThanOrEqual(1);
  });

  it.each([
    [1, 0],
    [Math.E, 1],
    [0.5, -Math.LN2],
    [5e-324, -744.4400719213812],
    [Number.MAX_VALUE, 709.782712893384],
  ])("log(%d) is %d", (x, expected) => {
    expect(portableLog(x)).toBe(expected);
  });
});
