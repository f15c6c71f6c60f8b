import { evaluate, gradients, jacobian } from "../../autodiff/index.js";
import { constantTensor } from "../../ops/constant.js";
import { input } from "../../ops/leaves.js";
import { log } from "../../ops/log.js";
import { softmax } from "../../ops/softmax.js";
import { ShapeError, type Tensor, type TensorValue } from "../../tensor/index.js";
import { agreesThroughout, type Derivation, type DerivationLine, type DerivationSection } from "./derivation.js";

const close = (difference: number) => difference <= 1e-12;

function checked(difference: number, en: string, zh: string): Pick<DerivationLine, "check"> {
  return { check: { difference, agrees: close(difference), against: { en, zh } } };
}

/**
 * Rows 5 and 8 of the lecture notes: the softmax's n × n Jacobian with both of its cases, and the two ways to a gradient
 * (the whole matrix, or a product without it), computed and compared. On the diagonal ∂yᵢ/∂zᵢ = yᵢ(1 - yᵢ); off it
 * -e^{zᵢ}·e^{zⱼ} / (Σ e^{zₖ})² = -yᵢyⱼ (the notes write e^{zᵢ}·e^{zᵢ} there). Rows and columns sum to 0.
 * @param z Logits of one example. @param upstream The gradient that arrives at y; 1, 2, … when left out.
 */
export function deriveSoftmaxJacobian(
  z: readonly number[],
  upstream: readonly number[] = z.map((_, i) => i + 1),
): Derivation {
  if (z.length === 0 || upstream.length !== z.length) {
    throw new ShapeError(`derive: ${z.length} logits and ${upstream.length} numbers of gradient; give as many of each`);
  }
  const sections = [softmaxCases(z), softmaxRoutes(z, upstream), logRoutes(z, upstream)];
  return {
    title: { text: "∂y/∂z, y = softmax(z)", latex: "\\partial y / \\partial z" },
    sections,
    agrees: agreesThroughout(sections),
  };
}

function softmaxCases(z: readonly number[]): DerivationSection {
  const n = z.length;
  const logits = input([n] as const, "z");
  const feeds = new Map<Tensor, readonly number[]>([[logits, z]]);
  const y = evaluate(softmax(logits), feeds).data;
  const matrix = evaluate(jacobian(softmax(logits), logits), feeds);
  const at = (i: number, j: number) => matrix.data[i * n + j] as number;
  const powers = z.map(Math.exp);
  const total = powers.reduce((a, b) => a + b, 0);
  const each = [...z.keys()];
  const pairs = each.flatMap((i) => each.map((j) => [i, j] as const));
  const diagonal = Math.max(
    ...each.map((i) => Math.abs(at(i, i) - ((powers[i] as number) * total - (powers[i] as number) ** 2) / total ** 2)),
  );
  const off = Math.max(
    0,
    ...pairs
      .filter(([i, j]) => i !== j)
      .map(([i, j]) => Math.abs(at(i, j) + ((powers[i] as number) * (powers[j] as number)) / total ** 2)),
  );
  const rowSums = each.map((i) => each.reduce((sum, j) => sum + at(i, j), 0));
  const columnSums = each.map((j) => each.reduce((sum, i) => sum + at(i, j), 0));
  const largest = Math.max(...[...rowSums, ...columnSums].map(Math.abs));
  return {
    title: { en: "The Jacobian of softmax", zh: "softmax 的雅可比矩阵" },
    lines: [
      { formula: { text: "z", latex: "z" }, name: "z", shape: [n], value: z },
      {
        formula: { text: "yᵢ = e^zᵢ / Σₖ e^zₖ", latex: "y_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}" },
        name: "y",
        shape: [n],
        value: [...y],
      },
      {
        formula: {
          text: "i = j: ∂yᵢ/∂zᵢ = (e^zᵢ·Σₖ e^zₖ - e^zᵢ·e^zᵢ) / (Σₖ e^zₖ)² = yᵢ(1 - yᵢ)",
          latex:
            "i = j: \\quad \\frac{\\partial y_i}{\\partial z_i} = \\frac{e^{z_i} \\sum_k e^{z_k} - e^{z_i} e^{z_i}}{(\\sum_k e^{z_k})^2} = y_i (1 - y_i)",
        },
        says: {
          en: "On the diagonal zᵢ stands above and below: the quotient rule has two terms.",
          zh: "对角线上，zᵢ 同时出现在分子和分母中：商的求导法则有两项。",
        },
        ...checked(diagonal, "the graph's Jacobian", "计算图的雅可比矩阵"),
      },
      {
        formula: {
          text: "i ≠ j: ∂yᵢ/∂zⱼ = -e^zᵢ·e^zⱼ / (Σₖ e^zₖ)² = -yᵢyⱼ",
          latex:
            "i \\neq j: \\quad \\frac{\\partial y_i}{\\partial z_j} = -\\frac{e^{z_i} e^{z_j}}{(\\sum_k e^{z_k})^2} = -y_i y_j",
        },
        says: {
          en: "Off the diagonal zⱼ stands below only. The notes write e^zᵢ·e^zᵢ here; it is e^zᵢ·e^zⱼ.",
          zh: "对角线外，zⱼ 只出现在分母中。讲义这里写成 e^zᵢ·e^zᵢ，应为 e^zᵢ·e^zⱼ。",
        },
        ...checked(off, "the graph's Jacobian", "计算图的雅可比矩阵"),
      },
      {
        formula: { text: "J[i,j] = ∂yᵢ/∂zⱼ", latex: "J_{ij} = \\frac{\\partial y_i}{\\partial z_j}" },
        name: "J",
        shape: [n, n],
        value: matrix.toArray(),
      },
      {
        formula: { text: "Σⱼ J[i,j] = 0, Σᵢ J[i,j] = 0", latex: "\\sum_j J_{ij} = 0, \\quad \\sum_i J_{ij} = 0" },
        says: {
          en: "Columns: the yᵢ always sum to 1, so their changes sum to 0. Rows: adding the same to every z changes nothing. The matrix is symmetric.",
          zh: "按列：各 yᵢ 之和恒为 1，所以变化之和为 0。按行：给每个 z 加同一个数，结果不变。这个矩阵是对称的。",
        },
        ...checked(largest, "0, the largest sum", "0（最大的和）"),
      },
    ],
  };
}

/** Both ways to dz, and what they cost. */
function softmaxRoutes(z: readonly number[], upstream: readonly number[]): DerivationSection {
  const n = z.length;
  const logits = input([n] as const, "z");
  const feeds = new Map<Tensor, readonly number[]>([[logits, z]]);
  const matrix = evaluate(jacobian(softmax(logits), logits), feeds);
  const [short] = gradients(softmax(logits), [logits], constantTensor([n], Float64Array.from(upstream)));
  const product = evaluate(short as Tensor, feeds).data;
  const long = timesMatrix(matrix, upstream);
  return routes(
    { en: "Two ways to dz for softmax", zh: "softmax：求 dz 的两条路" },
    { text: "dz = Jᵀ·dy", latex: "dz = J^{\\top} dy" },
    { text: "dz = y ⊙ (dy - Σⱼ dyⱼ·yⱼ)", latex: "dz = y \\odot (dy - \\textstyle\\sum_j dy_j\\, y_j)" },
    [["dy", upstream]],
    long,
    product,
  );
}

/** Row 8: x → ln x → yᵀ·ln x, by the diagonal Jacobian and by the product of numbers. */
function logRoutes(z: readonly number[], upstream: readonly number[]): DerivationSection {
  const n = z.length;
  const leaf = input([n] as const, "x");
  const x = z.map(Math.exp);
  const feeds = new Map<Tensor, readonly number[]>([[leaf, x]]);
  const matrix = evaluate(jacobian(log(leaf), leaf), feeds);
  const [short] = gradients(log(leaf), [leaf], constantTensor([n], Float64Array.from(upstream)));
  return routes(
    { en: "Two ways for x → ln x → yᵀ·ln x", zh: "x → ln x → yᵀ·ln x：两条路" },
    { text: "dx = diag(1/x)ᵀ·y", latex: "dx = \\operatorname{diag}(1/x)^{\\top} y" },
    { text: "dx = 1/x ⊙ y", latex: "dx = \\frac{1}{x} \\odot y" },
    [
      ["x", x],
      ["y", upstream],
    ],
    timesMatrix(matrix, upstream),
    evaluate(short as Tensor, feeds).data,
  );
}

function routes(
  title: DerivationSection["title"],
  byMatrix: DerivationLine["formula"],
  byProduct: DerivationLine["formula"],
  given: readonly (readonly [name: string, numbers: readonly number[]])[],
  long: readonly number[],
  product: Float64Array,
): DerivationSection {
  const n = long.length;
  const difference = Math.max(...long.map((value, i) => Math.abs(value - (product[i] as number))));
  return {
    title,
    lines: [
      ...given.map(([name, value]) => ({ formula: { text: name, latex: name }, name, shape: [n], value })),
      {
        formula: byMatrix,
        says: {
          en: `The matrix: ${n} × ${n} = ${n * n} numbers stored, as many multiplications. Both grow as n².`,
          zh: `用矩阵：要存 ${n} × ${n} = ${n * n} 个数，乘法次数也这么多，都按 n² 增长。`,
        },
        shape: [n],
        value: long,
      },
      {
        formula: byProduct,
        says: {
          en: `The product: ${n} numbers stored and about as many multiplications. Both grow as n.`,
          zh: `用逐元素乘积：只存 ${n} 个数，乘法次数也差不多，都按 n 增长。`,
        },
        shape: [n],
        value: [...product],
        ...checked(difference, "the matrix", "用矩阵的结果"),
      },
    ],
  };
}

function timesMatrix({ data, shape }: TensorValue, upstream: readonly number[]): number[] {
  const columns = shape[1] as number;
  return Array.from({ length: columns }, (_, j) =>
    upstream.reduce((sum, dy, i) => sum + (data[i * columns + j] as number) * dy, 0),
  );
}
