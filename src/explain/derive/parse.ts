import {
  activations,
  binaryCrossEntropy,
  crossEntropy,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  softmaxCrossEntropy,
} from "../../nn/index.js";
import { abs } from "../../ops/abs.js";
import { add } from "../../ops/add.js";
import { constant } from "../../ops/constant.js";
import { div } from "../../ops/div.js";
import { exp } from "../../ops/exp.js";
import { log } from "../../ops/log.js";
import { matmul } from "../../ops/matmul.js";
import { max } from "../../ops/max.js";
import { mean } from "../../ops/mean.js";
import { mul } from "../../ops/mul.js";
import { neg } from "../../ops/neg.js";
import { pow } from "../../ops/pow.js";
import { sqrt } from "../../ops/sqrt.js";
import { sub } from "../../ops/sub.js";
import { sum } from "../../ops/sum.js";
import { transpose } from "../../ops/transpose.js";
import { type Tensor, UsageError } from "../../tensor/index.js";

/** What an expression may call: the library's functions, by the number of tensors they take. */
const one: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  abs,
  exp,
  log,
  neg,
  sqrt,
  sum,
  mean,
  max,
  transpose,
  ...activations,
};
const two: Readonly<Record<string, (a: Tensor, b: Tensor) => Tensor>> = {
  add,
  sub,
  mul,
  div,
  pow,
  matmul,
  softmaxCrossEntropy,
  crossEntropy,
  binaryCrossEntropy,
  meanSquaredError,
  meanAbsoluteError,
  huber,
};
export const lossNames: ReadonlySet<string> = new Set([
  "softmaxCrossEntropy",
  "crossEntropy",
  "binaryCrossEntropy",
  "meanSquaredError",
  "meanAbsoluteError",
  "huber",
]);
const operators: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "@": "matmul",
  "^": "pow",
};

/** An expression as read: a number, a name, or a call. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

const token = /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|([-+*/@^().,]))/gy;
const longest = 1000;

/**
 * Reads an expression of function calls, methods and operators, such as `softmaxCrossEntropy(matmul(x, w).add(b), t)` or
 * `sum(sigmoid(x * w + b))`. It is data, never code: only the functions listed here can be called.
 * @throws UsageError that names what was not understood, and where.
 */
export function parseExpression(text: string): Expression {
  if (text.length > longest)
    throw new UsageError(`derive: the expression is longer than ${longest} characters; split it up`);
  return new Reader(text).whole();
}

class Reader {
  readonly #tokens: { readonly text: string; readonly kind: "number" | "name" | "sign"; readonly at: number }[] = [];
  #next = 0;

  constructor(readonly source: string) {
    token.lastIndex = 0;
    let end = 0;
    for (let found = token.exec(source); found !== null; found = token.exec(source)) {
      const [, number, name, sign] = found;
      end = token.lastIndex;
      this.#tokens.push({
        text: (number ?? name ?? sign) as string,
        kind: number !== undefined ? "number" : name !== undefined ? "name" : "sign",
        at: end - (number ?? name ?? sign ?? "").length,
      });
    }
    const rest = source.slice(end).trim();
    if (rest !== "") this.#refuse(`does not understand ${JSON.stringify(rest.slice(0, 12))}`, source.lastIndexOf(rest));
  }

  whole(): Expression {
    const expression = this.#sum();
    const left = this.#tokens[this.#next];
    if (left !== undefined) this.#refuse(`did not expect ${JSON.stringify(left.text)}`);
    return expression;
  }

  #sum(): Expression {
    let left = this.#product();
    for (let sign = this.#sign("+", "-"); sign !== undefined; sign = this.#sign("+", "-")) {
      left = call(operators[sign] as string, left, this.#product());
    }
    return left;
  }

  #product(): Expression {
    let left = this.#signed();
    for (let sign = this.#sign("*", "/", "@"); sign !== undefined; sign = this.#sign("*", "/", "@")) {
      left = call(operators[sign] as string, left, this.#signed());
    }
    return left;
  }

  #signed(): Expression {
    return this.#sign("-") === undefined ? this.#power() : call("neg", this.#signed());
  }

  #power(): Expression {
    const base = this.#methods();
    return this.#sign("^") === undefined ? base : call("pow", base, this.#signed());
  }

  #methods(): Expression {
    let value = this.#single();
    while (this.#sign(".") !== undefined) {
      const name = this.#take("name", "a method's name after the dot");
      value = call(this.#known(name), value, ...this.#args());
    }
    return value;
  }

  #single(): Expression {
    if (this.#sign("(") !== undefined) {
      const inside = this.#sum();
      this.#close();
      return inside;
    }
    const next = this.#tokens[this.#next];
    if (next?.kind === "number") {
      this.#next++;
      return { kind: "number", value: Number(next.text) };
    }
    const name = this.#take("name", "a number, a name or a call");
    const isCall = this.#tokens[this.#next]?.text === "(";
    return isCall ? call(this.#known(name), ...this.#args()) : { kind: "name", name };
  }

  #args(): Expression[] {
    if (this.#sign("(") === undefined) this.#refuse("expected an opening bracket");
    const args: Expression[] = [];
    if (this.#sign(")") !== undefined) return args;
    do args.push(this.#sum());
    while (this.#sign(",") !== undefined);
    this.#close();
    return args;
  }

  #close(): void {
    if (this.#sign(")") === undefined) this.#refuse("expected a closing bracket");
  }

  #sign(...signs: readonly string[]): string | undefined {
    const next = this.#tokens[this.#next];
    if (next?.kind !== "sign" || !signs.includes(next.text)) return undefined;
    this.#next++;
    return next.text;
  }

  #take(kind: "name", what: string): string {
    const next = this.#tokens[this.#next];
    if (next?.kind !== kind) this.#refuse(`expected ${what}`);
    this.#next++;
    return (next as { text: string }).text;
  }

  #known(name: string): string {
    if (Object.hasOwn(one, name) || Object.hasOwn(two, name)) return name;
    const names = [...Object.keys(one), ...Object.keys(two)].sort().join(", ");
    return this.#refuse(
      `knows no function ${JSON.stringify(name)}; there are ${names}`,
      this.#tokens[this.#next - 1]?.at,
    );
  }

  #refuse(problem: string, at: number | undefined = this.#tokens[this.#next]?.at): never {
    const where = at === undefined ? "at its end" : `at character ${at + 1}`;
    throw new UsageError(`derive: the expression, ${where}: ${problem}`);
  }
}

function call(name: string, ...args: readonly Expression[]): Expression {
  return { kind: "call", name, args };
}

/** What a name that is a loss's target belongs to. */
export interface TargetOf {
  readonly loss: string;
  readonly prediction: Tensor;
}

/** The graph of an expression; `leafOf` gives the tensor of a name. */
export function buildExpression(expression: Expression, leafOf: (name: string, targetOf?: TargetOf) => Tensor): Tensor {
  const build = (part: Expression): Tensor => {
    if (part.kind === "number") return constant(part.value) as Tensor;
    if (part.kind === "name") return leafOf(part.name);
    const { name, args } = part;
    const takes = Object.hasOwn(one, name) ? 1 : 2;
    if (args.length !== takes) {
      throw new UsageError(`derive: ${name} takes ${takes} ${takes === 1 ? "tensor" : "tensors"}, got ${args.length}`);
    }
    const [a, b] = args as [Expression, Expression];
    if (takes === 1) return (one[name] as (x: Tensor) => Tensor)(build(a));
    const first = build(a);
    const second =
      b.kind === "name" && lossNames.has(name) ? leafOf(b.name, { loss: name, prediction: first }) : build(b);
    return (two[name] as (x: Tensor, y: Tensor) => Tensor)(first, second);
  };
  return build(expression);
}
