/** Whether the wasm engine's relaxed build is under test: its results have no fixed bits. */
export const relaxed = process.env.RETROGRAD_BUILD === "relaxed";
