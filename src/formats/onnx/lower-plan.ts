import type { OpName } from "../../ops/index.js";
import type { Buffer, ElementwiseStep, MatmulStep, Plan, Step, View } from "../../plan/index.js";
import type { Attributes, Op, Shape } from "../../tensor/index.js";
import { FormatError } from "../error.js";
import { GraphBuilder } from "./graph-builder.js";
import type { Operand } from "./lowering.js";
import { lowerings } from "./lowerings.js";
import { Identifiers } from "./names.js";
import type { OnnxAttribute, OnnxModel, OnnxValue } from "./proto.js";
import { reshape } from "./structural-lowerings.js";
import { bitwiseOpset } from "./uniform-lowering.js";
import { type UpdateInProduct, updatesInProducts } from "./update-in-product.js";

export interface LoweringOptions {
  /** What the graph is called in the file. */
  readonly name: string;
  /** See `GraphBuilder`. */
  readonly precise?: boolean;
  /** Numbers of parameters and states that are to lie in the model, by name; the others are inputs. */
  readonly values?: ReadonlyMap<string, Float32Array | Float64Array>;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A stretch of the arena and the input or output of the ONNX graph that holds it. */
export interface Port {
  readonly buffer: Buffer;
  readonly name: string;
  readonly shape: Shape;
}

/** A plan as one ONNX graph without memory: what the plan overwrites in place is an input, and an output under a new name. */
export interface LoweredPlan {
  readonly model: OnnxModel;
  readonly inputs: readonly Port[];
  /** Values to be read after a run, other than updates. */
  readonly results: readonly Port[];
  /** New values of parameters and states. */
  readonly updates: readonly Port[];
}

/** The newest operators of every ONNX since 1.12 (2022), as far as a plan can do with them. */
const widestOpset = 17;

const lasting = new Set(["parameter", "state"]);

/**
 * Lowers a plan's steps to ONNX: a product with its transpositions, bias and scale is one `Gemm`, an elementwise instruction
 * one operator in most cases. The same plan gives the same graph.
 */
export function lowerPlan(plan: Plan, options: LoweringOptions): LoweredPlan {
  return new PlanLowering(plan, options).run();
}

class PlanLowering {
  readonly #graph: GraphBuilder;
  readonly #identifiers = new Identifiers();
  /** Where the numbers of each buffer are at this point of the plan, under the shape they were computed with. */
  readonly #current = new Map<Buffer, Operand>();
  readonly #given = new Map<Buffer, Port>();
  readonly #written = new Set<Buffer>();

  constructor(
    readonly plan: Plan,
    readonly options: LoweringOptions,
  ) {
    const bitwise = plan.steps.some((step) => step.kind === "op" && step.op.name === "uniform");
    this.#graph = new GraphBuilder(bitwise ? bitwiseOpset : widestOpset, options.precise ?? false);
  }

  run(): LoweredPlan {
    const { plan, options } = this;
    for (const buffer of plan.buffers) if (isLeaf(buffer)) this.#addLeaf(buffer);
    const updatesOf = updatesInProducts(plan);
    const descents = new Map<Step, () => void>();
    for (const step of plan.steps) {
      const update = updatesOf.get(step);
      const descend = descents.get(step);
      if (update !== undefined) descents.set(update.step, this.#descent(update));
      else if (descend !== undefined) descend();
      else this.#lower(step);
    }

    const updated = plan.buffers.filter((buffer) => lasting.has(buffer.role) && this.#written.has(buffer));
    const results = this.#ports(resultsOf(plan), (name) => name);
    const updates = this.#ports(new Map(updated.map((buffer) => [buffer, buffer.name])), (name) => `new ${name}`);
    for (const [buffer, { name }] of this.#current) if (this.#graph.isComputed(name)) this.#rename(name, buffer.name);
    const outputs = [...results, ...updates];
    const { nodes, initializers, used } = this.#graph.finish(outputs.map(({ internal }) => internal));
    const inputs = [...this.#given.values()].filter(({ name }) => used.has(name));
    return {
      model: {
        opset: this.#graph.opset,
        name: options.name,
        nodes,
        initializers,
        inputs: inputs.map(declared),
        outputs: outputs.map(declared),
        metadata: options.metadata ?? {},
      },
      inputs,
      results,
      updates,
    };
  }

  /** A given value: numbers in the model where they are known, else an input. */
  #addLeaf(buffer: Buffer): void {
    const { shape, role } = buffer;
    const name = this.#identifiers.take(buffer.name);
    const values =
      this.options.values?.get(buffer.name) ?? (role === "constant" ? this.plan.initial.get(buffer.name) : undefined);
    this.#current.set(buffer, { name, shape });
    if (values === undefined) this.#given.set(buffer, { buffer, name, shape });
    else this.#graph.tensor(name, shape, Float32Array.from(values));
  }

  /** Names the current values of buffers as outputs; one that is no node's own output gets a node. */
  #ports(names: ReadonlyMap<Buffer, string>, calling: (name: string) => string): (Port & { internal: string })[] {
    return [...names].map(([buffer, name]) => {
      const { name: value, shape } = this.#current.get(buffer) as Operand;
      const own = this.#graph.isComputed(value) && this.#graph.nameOf(value) === value;
      const internal = own ? value : this.#graph.copy(value);
      this.#rename(internal, calling(name));
      return { buffer, name: this.#graph.nameOf(internal), shape, internal };
    });
  }

  #rename(internal: string, wanted: string): void {
    if (this.#graph.nameOf(internal) === internal) this.#graph.rename(internal, this.#identifiers.take(wanted));
  }

  #lower(step: Step): void {
    if (step.kind === "elementwise") this.#elementwise(step);
    else if (step.kind === "copy") this.#write(step.to, this.#read(step.from));
    else if (step.kind === "matmul") this.#write(step.output, this.#product(step));
    else {
      const inputs = step.inputs.map((view) => this.#operand(view));
      this.#write(step.output, this.#apply(step.op, inputs, step.attributes, step.output.shape));
    }
  }

  #elementwise(step: ElementwiseStep): void {
    const { shape } = (step.outputs[0] as ElementwiseStep["outputs"][number]).view;
    const registers: Operand[] = [
      ...step.inputs.map(({ view }) => this.#operand(view)),
      ...step.constants.map((value) => ({ name: this.#graph.number(value), shape: [] })),
    ];
    for (const { op, attributes, operands } of step.instructions) {
      const inputs = operands.map((register) => registers[register] as Operand);
      registers.push({ name: this.#apply(op, inputs, attributes, shape), shape });
    }
    for (const { register, view } of step.outputs) this.#write(view, (registers[register] as Operand).name);
  }

  #product({ a, b, bias, transposeA, transposeB, activation, output }: MatmulStep): string {
    const inputs = [a, b, ...(bias === undefined ? [] : [bias])].map((view) => this.#read(view));
    const product = this.#graph.node("Gemm", inputs, transpositions(transposeA, transposeB));
    if (activation === undefined) return product;
    return this.#apply(activation.op, [{ name: product, shape: output.shape }], activation.attributes, output.shape);
  }

  /** θ - (rate·A)·B, of A and B as they are now and θ as it is when the update's turn comes. */
  #descent({ product: { a, b, transposeA, transposeB }, rate, target }: UpdateInProduct): () => void {
    const [left, right] = [this.#read(a), this.#read(b)];
    return () => {
      const scaled = this.#graph.node("Mul", [left, this.#read(rate)]);
      const attributes = { alpha: { float: -1 }, ...transpositions(transposeA, transposeB) };
      this.#write(target, this.#graph.node("Gemm", [scaled, right, this.#read(target)], attributes));
    };
  }

  #apply(op: Op, inputs: readonly Operand[], attributes: Attributes, shape: Shape): string {
    const lowering = Object.hasOwn(lowerings, op.name) ? lowerings[op.name as OpName] : undefined;
    if (lowering === undefined) throw new FormatError(`there is no ONNX form of the op ${op.name}`);
    return lowering(this.#graph, inputs, { attributes, shape });
  }

  #operand(view: View): Operand {
    return { name: this.#read(view), shape: view.shape };
  }

  #read({ buffer, shape }: View): string {
    return reshape(this.#graph, this.#current.get(buffer) as Operand, shape);
  }

  #write({ buffer, shape }: View, name: string): void {
    this.#current.set(buffer, { name, shape });
    this.#written.add(buffer);
  }
}

function transpositions(a: boolean, b: boolean): Record<string, OnnxAttribute> {
  return { ...(a && { transA: { int: 1 } }), ...(b && { transB: { int: 1 } }) };
}

function isLeaf({ role }: Buffer): boolean {
  return role !== "value" && role !== "output";
}

/** Computed buffers that can be read after a run, each under the last of its names: the one given by who asked for it. */
function resultsOf(plan: Plan): Map<Buffer, string> {
  const names = new Map<Buffer, string>();
  for (const [name, { buffer }] of plan.readable) if (!isLeaf(buffer)) names.set(buffer, name);
  return names;
}

function declared({ name, shape }: Port): OnnxValue {
  return { name, type: "float32", shape };
}
