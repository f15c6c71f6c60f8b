/** What retrograd set out to show: how many times faster it must be, case by case. */

/** @type {readonly { title: string, ours: "wasm" | "best", group: string, least: Readonly<Record<string, number>> }[]} */
export const targets = [
  {
    title: "wasm engine (portable, its better thread count) against jax-js (wasm)",
    ours: "wasm",
    group: "jax-js",
    least: { S: 40, D: 7, M: 3.5, L: 4, XL: 4 },
  },
  {
    title: "wasm engine (portable, its better thread count) against tfjs (wasm)",
    ours: "wasm",
    group: "tfjs-wasm",
    least: { S: 40, D: 7, M: 3.5, L: 4, XL: 4 },
  },
  {
    title: "best engine against PyTorch's best row",
    ours: "best",
    group: "pytorch",
    least: { S: 25, D: 3.5, M: 1.8, L: 1.2, XL: 0.8 },
  },
];
