import {
  div,
  evaluate,
  exp,
  gradients,
  jacobian,
  matmul,
  max,
  mul,
  neg,
  parameter,
  reshape,
  softmax,
  softmaxCrossEntropy,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
} from "../../../src/index.js";

const read = (value: Tensor): readonly number[] => [...evaluate(value).data];

/** Everything the view shows of one example with these logits and this true class, by the library's ops in float64. */
export function softmaxValues(logits: readonly number[], target: number) {
  const n = logits.length;
  const z = parameter([...logits], "z");
  const t = tensor(logits.map((_, i) => (i === target ? 1 : 0)));
  const y = softmax(z);
  const powers = exp(z as Tensor);
  const shifted = sub(z as Tensor, max(z));
  const joint = softmaxCrossEntropy(reshape(z, [1, n]), reshape(t, [1, n]));
  const J = jacobian(y, z);
  const dy = neg(div(t as Tensor, y as Tensor));
  const product = matmul(transpose(J as Tensor), reshape(dy, [n, 1]));
  return {
    n,
    y: read(y),
    t: read(t),
    /** The formula as it stands: e^z overflows, and ∞/∞ is not a number. */
    powers: read(powers),
    naive: read(div(powers, sum(powers))),
    shifted: read(shifted),
    shiftedPowers: read(exp(shifted)),
    loss: evaluate(joint).item(),
    /** Row i, column j: ∂yᵢ/∂zⱼ. */
    J: read(J),
    rowSums: read(sum(J as Tensor, { axis: 1 })),
    colSums: read(sum(J as Tensor, { axis: 0 })),
    /** −t/y, as the notes write it. */
    dy: read(dy),
    /** The first way: the whole Jacobian, transposed, times that gradient. */
    product: read(product),
    /** The terms of the product: row j holds what each class adds to dzⱼ. */
    terms: read(mul(transpose(J as Tensor), dy)),
    /** The second way: what `gradients` gives for softmax and cross-entropy as one op. */
    joint: read(gradients(joint, [z])[0]),
  };
}

export type SoftmaxValues = ReturnType<typeof softmaxValues>;
