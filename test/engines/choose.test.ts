import { describe, expect, it } from "vitest";
import { choose, type Situation, sentenceOf } from "../../src/engines/choose.js";
import { crossovers } from "../../src/engines/crossovers.js";
import { chooseEngine } from "../../src/engines/index.js";

/** A table of its own, so that a new measurement changes no test. */
const table = { threads: { times: 1.2, from: 4_000_000 }, onnx: { times: 1.5, from: 16_000_000 } };
const here = (more: Partial<Situation>): Situation => ({ flops: 647_168, cores: 2, onnx: false, ...more });
const sentence = (more: Partial<Situation>) => sentenceOf(choose(here(more), table));

describe("what auto chooses", () => {
  it("is wasm on one thread for a small step, and says from where more pays", () => {
    expect(sentence({})).toBe("wasm on 1 thread: 0.32 M multiply-adds a step; a second thread pays from 2 M");
    expect(sentence({ onnx: true })).toBe(
      "wasm on 1 thread: 0.32 M multiply-adds a step; a second thread pays from 2 M; onnx pays from 8 M",
    );
    expect(sentence({ cores: 1 })).toBe("wasm on 1 thread: 0.32 M multiply-adds a step");
    expect(sentence({ flops: 17_408, cores: 1 })).toBe("wasm on 1 thread: 8.7 k multiply-adds a step");
  });

  it("is as many threads as have work of their own, no more than there are cores", () => {
    const threads = (flops: number, cores: number) => choose(here({ flops, cores }), table).threads;
    expect(threads(3_999_999, 16)).toBe(1);
    expect(threads(4_000_000, 16)).toBe(2);
    expect(threads(9_000_000, 16)).toBe(3);
    expect(threads(9_000_000, 2)).toBe(2);
    expect(threads(1e12, 64)).toBe(8);
  });

  it("is onnx only where it is installed and pays, with a word about its bits", () => {
    expect(sentence({ flops: 26_000_000, onnx: true })).toBe(
      "onnx on 2 threads: 13 M multiply-adds a step, where it is more than 1.5 times as fast as wasm; its last bits differ between machines, those of wasm do not",
    );
    expect(sentence({ flops: 26_000_000 })).toBe(
      "wasm on 2 threads: 13 M multiply-adds a step; onnx would be more than 1.5 times as fast: npm install onnxruntime-node",
    );
    expect(sentence({ flops: 26_000_000, onnx: undefined })).toBe("wasm on 2 threads: 13 M multiply-adds a step");
  });

  it("never moves what was asked for", () => {
    expect(sentence({ flops: 26_000_000, onnx: true, engine: "wasm" })).toBe(
      "wasm on 2 threads: 13 M multiply-adds a step",
    );
    expect(choose(here({ engine: "onnx" }), table)).toEqual({ engine: "onnx", threads: 1, why: "asked for" });
    expect(choose(here({ engine: "reference", flops: 1e9 }), table).threads).toBe(1);
    expect(choose(here({ threads: 5 }), table).threads).toBe(5);
    expect(choose(here({ provider: "cuda" }), table).engine).toBe("onnx");
  });

  it("stays with wasm and one thread where nothing pays on the machine that was measured", () => {
    const nothing = { threads: { times: 1.2 }, onnx: { times: 1.5 } };
    expect(choose(here({ flops: 1e12, onnx: true }), nothing)).toMatchObject({ engine: "wasm", threads: 1 });
  });
});

describe("the table in use", () => {
  it("holds crossovers that a step of a real network can lie on either side of", () => {
    for (const { times, from } of Object.values(crossovers)) {
      expect(times).toBeGreaterThan(1);
      if (from !== undefined) {
        expect(from).toBeGreaterThan(1e4);
        expect(from).toBeLessThan(1e11);
      }
    }
  });

  it("is asked with what this machine has", async () => {
    expect(await chooseEngine({ flops: 1000 })).toMatchObject({ engine: "wasm", threads: 1 });
    expect(await chooseEngine({ flops: 1e10, engine: "wasm", threads: 3 })).toMatchObject({ threads: 3 });
  });
});
