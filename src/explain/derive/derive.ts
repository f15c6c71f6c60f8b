import { type AppliedRule, evaluateAll, type Feeds, gradients } from "../../autodiff/index.js";
import { described } from "../../ops/index.js";
import { oneHotOp } from "../../ops/one-hot.js";
import {
  type Formula,
  formatShape,
  inOrder,
  ShapeError,
  sameShape,
  sizeOf,
  type Tensor,
  TensorValue,
} from "../../tensor/index.js";
import { Differences } from "../differences.js";
import { written } from "../numbers.js";
import { inSymbols, symbolsFor } from "../symbols.js";
import { againstDifferences, agreesThroughout, type Derivation, type DerivationLine } from "./derivation.js";
import { latexOf } from "./latex.js";
import { gradientSymbol, symbolsOf } from "./names.js";
import { bracketed, simplified } from "./simplify.js";

/**
 * The derivation of the gradients of `y` (one number) by `leaves`, as the walk made it: every node with its formula, every
 * rule applied on the way back with the symbols put in, the gradients composed to the end, and each of them held against
 * central differences. The walk is that of `gradients`, told step by step; nothing is derived here again.
 * @param feeds Values of leaves that carry none.
 * @throws ShapeError when y holds several numbers.
 */
export function derive(y: Tensor, leaves: readonly Tensor[], feeds: Feeds = new Map()): Derivation {
  if (sizeOf(y.shape) !== 1) {
    throw new ShapeError(`derive: the value has shape ${formatShape(y.shape)}; reduce it to one number (sum, mean)`);
  }
  const applied: AppliedRule[] = [];
  const found: readonly Tensor[] = gradients(y, leaves, undefined, (rule) => applied.push(rule));
  const walk = new Walk(y, feeds, applied, leaves, found);
  const sections = [
    {
      title: { en: "Forward", zh: "前向传播" },
      says: { en: "Each value by its op, in the order of computation.", zh: "按计算顺序，每个量由一个算子得到。" },
      lines: walk.forward(),
    },
    {
      title: { en: "The way back, rule by rule", zh: "反向：逐条使用求导规则" },
      says: {
        en: `d with a name stands for the derivative of the result by that value. The walk begins with ${walk.start.text} = 1 and applies each op's rule once.`,
        zh: `d 加名称表示结果对该量的导数。从 ${walk.start.text} = 1 出发，每个算子的规则只用一次。`,
      },
      lines: walk.backward(),
    },
    {
      title: { en: "Put together", zh: "合并化简" },
      says: {
        en: "Every d on the right replaced by what it is, and simplified.",
        zh: "把右边的每个 d 换成它的表达式，再化简。",
      },
      lines: walk.results(),
    },
  ];
  return { title: walk.title(), sections, agrees: agreesThroughout(sections) };
}

class Walk {
  readonly #symbols: ReadonlyMap<Tensor, Formula>;
  readonly #order: readonly Tensor[];
  readonly #values = new Map<Tensor, Float64Array>();
  readonly #differences: Differences;
  /** By node: the formulas of what its users send it. */
  readonly #sent = new Map<Tensor, Formula[]>();

  constructor(
    readonly y: Tensor,
    feeds: Feeds,
    readonly applied: readonly AppliedRule[],
    readonly leaves: readonly Tensor[],
    readonly found: readonly Tensor[],
  ) {
    this.#order = inOrder([y]);
    this.#symbols = symbolsOf(y);
    const nodes = [...this.#order, ...applied.map(({ gradient }) => gradient), ...found];
    for (const [i, { data }] of evaluateAll(nodes, feeds).entries()) this.#values.set(nodes[i] as Tensor, data);
    this.#differences = new Differences(y, this.#values);
  }

  get start(): Formula {
    return gradientSymbol(this.#symbol(this.y));
  }

  title(): Formula {
    const names = this.leaves.map((leaf) => this.#symbol(leaf).text).join(", ");
    const text = `${this.#expression(this.y)}; ${names}`;
    return { text, latex: `\\text{${text}}` };
  }

  forward(): DerivationLine[] {
    return this.#order
      .filter((node) => node.inputs.length > 0 || node.shape.length > 0 || node.name !== undefined)
      .map((node) => {
        const symbol = this.#symbol(node);
        const common = {
          name: symbol.text,
          op: node.op.name,
          shape: node.shape,
          value: new TensorValue(node.shape, this.#valueOf(node)).toArray(),
        };
        if (node.inputs.length === 0) return { ...common, formula: symbol };
        return { ...common, formula: this.#forwardFormula(node, symbol) };
      });
  }

  backward(): DerivationLine[] {
    const lines = this.applied.flatMap((rule) =>
      rule.parts.flatMap((part, i) => (part === undefined ? [] : [this.#ruleLine(rule, i)])),
    );
    return [{ formula: written(this.start, " = 1"), name: this.start.text }, ...lines];
  }

  results(): DerivationLine[] {
    return this.leaves.map((leaf, i) => {
      const symbol = gradientSymbol(this.#symbol(leaf));
      const gradient = this.found[i] as Tensor;
      return {
        name: symbol.text,
        shape: leaf.shape,
        value: new TensorValue(leaf.shape, this.#valueOf(gradient)).toArray(),
        formula: written(symbol, " = ", inText(this.#composed(leaf))),
        ...this.#check(leaf, gradient),
      };
    });
  }

  #symbol(node: Tensor): Formula {
    return this.#symbols.get(node) as Formula;
  }

  #valueOf(node: Tensor): Float64Array {
    return this.#values.get(node) as Float64Array;
  }

  #letters(node: Tensor): Map<string, Formula> {
    const inputs = node.inputs.map((input) => this.#symbol(input));
    const folded = sizeOf((node.inputs[0] as Tensor).shape) / sizeOf(node.shape);
    const count: Formula = { text: String(folded), latex: String(folded) };
    const own = this.#symbol(node);
    return new Map([...symbolsFor(described(node.op).letters, inputs, own, gradientSymbol(own)), ["n", count]]);
  }

  /** `u₁ = x·w`; an op whose formula is about single entries is written as a function. */
  #forwardFormula(node: Tensor, symbol: Formula): Formula {
    const { name, formula, letters } = described(node.op);
    const inputs = node.inputs.map((input) => this.#symbol(input));
    if (name === "matmul")
      return written(symbol, " = ", inputs[0] as Formula, { text: "·", latex: " \\, " }, inputs[1] as Formula);
    if (formula.text.includes(" = ") || letters.inputs.length < inputs.length || !("scalar" in node.op)) {
      const args = inputs.map(({ text }) => text).join(", ");
      const argsLatex = inputs.map(({ latex }) => latex).join(", ");
      return written(symbol, " = ", { text: `${name}(${args})`, latex: `\\operatorname{${name}}(${argsLatex})` });
    }
    return written(symbol, " = ", inSymbols(formula, this.#letters(node)));
  }

  #ruleLine({ node, parts }: AppliedRule, i: number): DerivationLine {
    const input = node.inputs[i] as Tensor;
    const { derivativeFormula: formulas, letters } = described(node.op);
    const own = (formulas[i] ?? formulas.at(-1)) as Formula;
    const letter = letters.inputs[i] ?? letters.inputs.at(-1) ?? "x";
    const part = parts[i] as { given: Tensor; summed: Tensor };
    const filled = inSymbols(own, this.#letters(node));
    const plain = simplified(filled.text) === filled.text ? filled : inText(simplified(filled.text));
    const sums = !sameShape(part.given.shape, part.summed.shape);
    const sent = sums ? inText(simplified(`sum(${plain.text})`)) : plain;
    const before = this.#sent.get(input) ?? [];
    this.#sent.set(input, [...before, sent]);
    const symbol = gradientSymbol(this.#symbol(input));
    const uses = this.#users(input);
    return {
      name: symbol.text,
      op: node.op.name,
      rule: written(`d${letter}`, " = ", own),
      formula: written(symbol, before.length === 0 ? " = " : " += ", sent),
      shape: input.shape,
      ...(uses > 1 &&
        before.length === 0 && {
          says: {
            en: `${this.#symbol(input).text} is used ${uses} times: the parts add up.`,
            zh: `${this.#symbol(input).text} 被用了 ${uses} 次：各部分相加。`,
          },
        }),
      ...(sums && {
        says: {
          en: `${this.#symbol(input).text} ${formatShape(input.shape)} was repeated to ${formatShape(node.shape)}: its gradient is the sum.`,
          zh: `${this.#symbol(input).text} ${formatShape(input.shape)} 被重复成 ${formatShape(node.shape)}：它的梯度要相应求和。`,
        },
      }),
      ...(before.length + 1 === uses && this.#checkAt(input)),
    };
  }

  #users(input: Tensor): number {
    return this.applied.reduce(
      (count, { node, parts }) =>
        count + node.inputs.filter((one, i) => one === input && parts[i] !== undefined).length,
      0,
    );
  }

  /** The gradient of a value inside the graph, as the walk holds it, against differences. */
  #checkAt(input: Tensor): Pick<DerivationLine, "check" | "value"> {
    const gradient =
      this.applied.find(({ node }) => node === input)?.gradient ?? this.found[this.leaves.indexOf(input)];
    if (gradient === undefined) return {};
    return {
      value: new TensorValue(input.shape, this.#valueOf(gradient)).toArray(),
      ...this.#check(input, gradient),
    };
  }

  #check(input: Tensor, gradient: Tensor): Pick<DerivationLine, "check"> {
    const check = this.#differences.check(input, this.#valueOf(gradient), 0, [1]);
    return { check: { difference: check.relativeError, agrees: check.agrees, against: againstDifferences } };
  }

  /** The gradient of a node with every gradient symbol in it replaced. */
  #composed(node: Tensor): string {
    if (node === this.y) return "1";
    let text = (this.#sent.get(node) ?? [{ text: "0" }]).map((part) => part.text).join(" + ");
    for (const { node: user } of this.applied) {
      const name = gradientSymbol(this.#symbol(user)).text;
      if (user.inputs.includes(node) && text.includes(name)) {
        text = text.replaceAll(name, bracketed(this.#composed(user)));
      }
    }
    return this.#withSums(simplified(text));
  }

  /** Rows of one-hot targets sum to 1. */
  #withSums(text: string): string {
    const oneHot = this.#order.find(({ op }) => op === oneHotOp);
    const values = oneHot === undefined ? [] : [...this.#valueOf(oneHot)];
    const rows = oneHot?.shape[0] ?? 0;
    const full = rows > 0 && values.filter((value) => value === 1).length === rows;
    return full ? text.replaceAll("·Σⱼ Tⱼ", "") : text;
  }

  #expression(node: Tensor): string {
    if (node.inputs.length === 0) return this.#symbol(node).text;
    return `${node.op.name}(${node.inputs.map((input) => this.#expression(input)).join(", ")})`;
  }
}

function inText(text: string): Formula {
  return { text, latex: latexOf(text) };
}
