import {
  dense,
  type ExplainedStep,
  type Explanation,
  evaluate,
  explain,
  gradients,
  input,
  network,
  relu,
  sigmoid,
  softmaxCrossEntropy,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "../../../src/index.js";
import {
  type BackwardState,
  backwardSizes,
  classesIn,
  examplesOf,
  inputsIn,
  type WeightAt,
} from "../../model/backward-state.js";

const activations = { tanh, sigmoid, relu };
type Given = Pick<BackwardState, "g" | "m" | "seed" | "batch" | "W1" | "b1" | "W2" | "b2">;

const [n0, n1, n2] = backwardSizes;
const networkOf = (g: BackwardState["g"]) => network([dense(n0, n1), activations[g], dense(n1, n2)]);

/** Both passes of the network, told by the library: with the numbers that are typed, and drawn ones for the rest. */
export function told(given: Given, convention: BackwardState["convention"]): Explanation {
  const { g, m, seed } = given;
  const [x, t] = [inputsIn(given.batch), classesIn(given.batch)];
  const weights = new Map(
    ([1, 2] as const)
      .flatMap((layer) => [[`W[${layer}]`, given[`W${layer}`]] as const, [`b[${layer}]`, given[`b${layer}`]] as const])
      .filter(([, values]) => values.length > 0),
  );
  const batch = t.length === 0 ? { batch: m } : { x: t.map((_, i) => x.slice(i * n0, (i + 1) * n0)), t };
  return explain(networkOf(g), { ...batch, weights, seed, convention });
}

/** What is computed: the steps a reader goes through. */
export const computed = ({ steps }: Explanation): readonly ExplainedStep[] =>
  steps.filter(({ phase }) => phase !== "given");

/** A value of the account as flat numbers, row-major. */
export function numbersOf(told: Explanation, name: string): readonly number[] {
  const found = told.steps.find((step) => step.name === name);
  return found === undefined ? [] : ([found.value].flat(2) as number[]);
}

export const weightName = ({ layer }: WeightAt): string => `W[${layer}]`;
export const flatIndex = ({ layer, row, col }: WeightAt): number => row * (backwardSizes[layer - 1] as number) + col;

/** The loss as a function of one weight, all else as in the account (in rows): the library's own graph, evaluated. */
export function lossOf(given: Given, inRows: Explanation, at: WeightAt): (value: number) => number {
  const net = networkOf(given.g);
  const x = input([examplesOf(given), n0], "X");
  const t = input([examplesOf(given)], "t");
  const loss = softmaxCrossEntropy(net.forward(x).output, t);
  const feeds = new Map<Tensor, readonly number[]>([
    [x, numbersOf(inRows, "X")],
    [t, numbersOf(inRows, "t")],
    ...net.parameters.map(({ name, tensor }) => [tensor, numbersOf(inRows, name)] as const),
  ]);
  const changed = net.parameters.find(({ name }) => name === weightName(at))?.tensor as Tensor;
  const before = feeds.get(changed) as readonly number[];
  return (value) => evaluate(loss, new Map(feeds).set(changed, before.with(flatIndex(at), value))).item();
}

/** One way from the loss back to a weight: the factors met on it, and their product. */
export interface Path {
  readonly example: number;
  /** The output unit it goes through. */
  readonly output: number;
  readonly factors: readonly { readonly tex: string; readonly value: number }[];
  readonly product: number;
}

/** All ways by which the loss reaches a weight. Their products add up to the gradient. */
export function pathsTo(given: Given, inRows: Explanation, { layer, row, col }: WeightAt): readonly Path[] {
  const [x, z1, a1, w2, dz2] = ["X", "Z[1]", "A[1]", "W[2]", "dZ[2]"].map((name) => numbersOf(inRows, name)) as [
    readonly number[],
    readonly number[],
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  const slopes = slopesOf(given.g, z1);
  const paths: Path[] = [];
  for (let example = 0; example < examplesOf(given); example++) {
    for (let output = 0; output < n2; output++) {
      if (layer === 2 && output !== row) continue;
      const first = { tex: `dZ^{[2]}_{${example + 1},${output + 1}}`, value: dz2[example * n2 + output] as number };
      const rest =
        layer === 2
          ? [{ tex: `A^{[1]}_{${example + 1},${col + 1}}`, value: a1[example * n1 + col] as number }]
          : [
              { tex: `W^{[2]}_{${output + 1},${row + 1}}`, value: w2[output * n1 + row] as number },
              { tex: `g'(Z^{[1]}_{${example + 1},${row + 1}})`, value: slopes[example * n1 + row] as number },
              { tex: `X_{${example + 1},${col + 1}}`, value: x[example * n0 + col] as number },
            ];
      const factors = [first, ...rest];
      paths.push({ example, output, factors, product: factors.reduce((all, { value }) => all * value, 1) });
    }
  }
  return paths;
}

/** g′ at each number, by the library's derivative rule. */
function slopesOf(g: BackwardState["g"], at: readonly number[]): Float64Array {
  const z = tensor([...at]);
  return evaluate(gradients(sum(activations[g](z)), [z])[0]).data;
}
