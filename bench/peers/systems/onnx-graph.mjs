/** A training step as an ONNX model, written by hand: the few protobuf fields it needs, and a graph with the update fused in. */

const text = new TextEncoder();

/** @param {number} value @returns {number[]} */
function varint(value) {
  const bytes = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** @typedef {readonly number[]} Bytes */

/** @param {number} field @param {number} value @returns {Bytes} */
const integer = (field, value) => [...varint(field * 8), ...varint(value)];
/** @param {number} field @param {Bytes} bytes @returns {Bytes} */
const message = (field, bytes) => [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
/** @param {number} field @param {string} value @returns {Bytes} */
const string = (field, value) => message(field, [...text.encode(value)]);
/** @param {number} field @param {number} value @returns {Bytes} */
const float = (field, value) => [...varint(field * 8 + 5), ...new Uint8Array(Float32Array.of(value).buffer)];

/** @param {string} name @param {readonly number[]} dims @returns {Bytes} a float32 tensor's type */
function valueInfo(name, dims) {
  const shape = dims.flatMap((size) => message(1, integer(1, size)));
  return [...string(1, name), ...message(2, message(1, [...integer(1, 1), ...message(2, shape)]))];
}

/** @param {string} name @param {readonly number[]} dims @param {readonly number[]} values @returns {Bytes} */
function floats(name, dims, values) {
  const raw = [...new Uint8Array(Float32Array.from(values).buffer)];
  return [...dims.flatMap((size) => integer(1, size)), ...integer(2, 1), ...string(8, name), ...message(9, raw)];
}

/** @param {string} name @param {readonly number[]} values @returns {Bytes} */
function integers(name, values) {
  const raw = [...new Uint8Array(BigInt64Array.from(values, BigInt).buffer)];
  return [...integer(1, values.length), ...integer(2, 7), ...string(8, name), ...message(9, raw)];
}

/**
 * @param {string} op @param {readonly string[]} inputs @param {readonly string[]} outputs
 * @param {Readonly<Record<string, { int?: number, float?: number }>>} [attributes]
 * @returns {Bytes}
 */
function node(op, inputs, outputs, attributes = {}) {
  const written = Object.entries(attributes).flatMap(([name, { int, float: real }]) =>
    message(5, [
      ...string(1, name),
      ...(int === undefined ? [...float(2, real ?? 0), ...integer(20, 1)] : [...integer(3, int), ...integer(20, 2)]),
    ]),
  );
  return [
    ...inputs.flatMap((name) => string(1, name)),
    ...outputs.flatMap((name) => string(2, name)),
    ...string(4, op),
    ...written,
  ];
}

/** @param {import("../../cases.mjs").Case} one @returns {Uint8Array} */
export function stepGraph({ sizes, batch, rate }) {
  const depth = sizes.length - 1;
  /** @type {Bytes[]} */
  const nodes = [];
  /** @param {Parameters<typeof node>} parts */
  const add = (...parts) => {
    nodes.push(node(...parts));
  };
  const transposed = { int: 1 };

  for (let i = 1; i <= depth; i++) {
    const a = i === 1 ? "x" : `A${i - 1}`;
    add("Gemm", [a, `W${i}`, `b${i}`], [`Z${i}`], { transB: transposed });
    if (i < depth) add("Relu", [`Z${i}`], [`A${i}`]);
  }
  add("LogSoftmax", [`Z${depth}`], ["logP"], { axis: { int: 1 } });
  add("Mul", ["logP", "t"], ["chosen"]);
  add("ReduceSum", ["chosen", "all"], ["total"], { keepdims: { int: 0 } });
  add("Mul", ["total", "minusShare"], ["loss"]);
  add("Exp", ["logP"], ["P"]);
  add("Sub", ["P", "t"], ["excess"]);
  add("Mul", ["excess", "share"], [`dZ${depth}`]);
  for (let i = depth; i >= 1; i--) {
    const a = i === 1 ? "x" : `A${i - 1}`;
    // The update is the product's own epilogue: W - rate · dZᵀA.
    const update = { alpha: { float: -rate }, beta: { float: 1 }, transA: transposed };
    add("Gemm", [`dZ${i}`, a, `W${i}`], [`W${i}_next`], update);
    add("ReduceSum", [`dZ${i}`, "rows"], [`db${i}`], { keepdims: { int: 0 } });
    add("Mul", [`db${i}`, "rate"], [`move${i}`]);
    add("Sub", [`b${i}`, `move${i}`], [`b${i}_next`]);
    if (i > 1) {
      add("MatMul", [`dZ${i}`, `W${i}`], [`dA${i - 1}`]);
      add("Greater", [`A${i - 1}`, "zero"], [`on${i - 1}`]);
      add("Where", [`on${i - 1}`, `dA${i - 1}`, "zero"], [`dZ${i - 1}`]);
    }
  }

  /** @param {string} suffix @returns {Bytes[]} */
  const weights = (suffix) =>
    sizes
      .slice(1)
      .flatMap((out, i) => [
        valueInfo(`W${i + 1}${suffix}`, [out, /** @type {number} */ (sizes[i])]),
        valueInfo(`b${i + 1}${suffix}`, [out]),
      ]);
  const inputs = [
    valueInfo("x", [batch, /** @type {number} */ (sizes[0])]),
    valueInfo("t", [batch, /** @type {number} */ (sizes[depth])]),
    ...weights(""),
  ];
  const outputs = [valueInfo("loss", []), ...weights("_next")];
  const constants = [
    floats("share", [], [1 / batch]),
    floats("minusShare", [], [-1 / batch]),
    floats("rate", [], [rate]),
    floats("zero", [], [0]),
    integers("rows", [0]),
    integers("all", [0, 1]),
  ];
  const graph = [
    ...nodes.flatMap((one) => message(1, one)),
    ...string(2, "step"),
    ...constants.flatMap((one) => message(5, one)),
    ...inputs.flatMap((one) => message(11, one)),
    ...outputs.flatMap((one) => message(12, one)),
  ];
  const opset = [...string(1, ""), ...integer(2, 17)];
  return Uint8Array.from([...integer(1, 8), ...message(7, graph), ...message(8, opset)]);
}
