/** Shape arithmetic in the type system: wrong sizes do not compile, and the message names them. */
import type { Shape } from "./shape.js";
import type { Tensor } from "./tensor.js";

/** What an op accepts: a tensor, or a number standing for a tensor of shape []. */
export type Operand = Tensor | number;

export type ShapeOf<T> = T extends Tensor<infer S> ? S : [];

/** `[32, 10]` as text, for messages. */
export type ShapeText<S extends Shape> = `[${Join<S>}]`;
type Join<S extends Shape> = S extends readonly []
  ? ""
  : S extends readonly [infer Only extends number]
    ? `${Only}`
    : S extends readonly [infer First extends number, ...infer Rest extends Shape]
      ? `${First}, ${Join<Rest>}`
      : "…";

/** Whether two sizes can meet: equal, or at least one only known at run time. */
export type SizesMeet<A extends number, B extends number> = number extends A
  ? true
  : number extends B
    ? true
    : [A] extends [B]
      ? true
      : false;

type BroadcastSize<A extends number, B extends number> = number extends A
  ? number extends B
    ? number
    : B extends 1
      ? number
      : B
  : number extends B
    ? A extends 1
      ? number
      : A
    : A extends B
      ? A
      : A extends 1
        ? B
        : B extends 1
          ? A
          : never;

/** The shape two shapes broadcast to; an axis that does not fit becomes `never`. */
export type Broadcast<A extends Shape, B extends Shape> = number extends A["length"]
  ? Shape
  : number extends B["length"]
    ? Shape
    : A extends readonly [...infer AOuter extends Shape, infer ALast extends number]
      ? B extends readonly [...infer BOuter extends Shape, infer BLast extends number]
        ? [...Broadcast<AOuter, BOuter>, BroadcastSize<ALast, BLast>]
        : A
      : B;

type HasNever<S extends Shape> = S extends readonly [infer First, ...infer Rest extends Shape]
  ? [First] extends [never]
    ? true
    : HasNever<Rest>
  : false;

/** `unknown` when the operands broadcast, a sentence when they do not. */
export type CheckBroadcast<A, B> =
  HasNever<Broadcast<ShapeOf<A>, ShapeOf<B>>> extends true
    ? `${ShapeText<ShapeOf<A>>} and ${ShapeText<ShapeOf<B>>} do not broadcast: aligned at the last axis, sizes must be equal or 1`
    : unknown;

/** The result of an op that broadcasts its two operands. */
export type BroadcastResult<A, B> = Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>>;

/** `unknown` when the product exists, a sentence when it does not. */
export type CheckProduct<A extends Shape, B extends Shape> = A extends readonly [number, infer Inner extends number]
  ? B extends readonly [infer Other extends number, number]
    ? SizesMeet<Inner, Other> extends true
      ? unknown
      : `matmul of ${ShapeText<A>} and ${ShapeText<B>}: the left has ${Inner} columns, the right has ${Other} rows; they must be equal`
    : number extends B["length"]
      ? unknown
      : `matmul needs two axes on the right, got ${ShapeText<B>}`
  : number extends A["length"]
    ? unknown
    : `matmul needs two axes on the left, got ${ShapeText<A>}`;

export type ProductShape<A extends Shape, B extends Shape> = A extends readonly [infer Rows extends number, number]
  ? B extends readonly [number, infer Columns extends number]
    ? [Rows, Columns]
    : [Rows, number]
  : [number, number];

export type TransposeShape<S extends Shape> = S extends readonly [
  infer Rows extends number,
  infer Columns extends number,
]
  ? [Columns, Rows]
  : Shape;

/** Numbers nested as rows of rows: what `tensor` and `parameter` read and `TensorValue.toArray` gives. */
export type Nested = number | readonly Nested[];

/** The shape of nested literal numbers: `[[1, 2, 3]]` is `[1, 3]`. */
export type NestedShape<V> = V extends number
  ? []
  : V extends readonly [infer First, ...infer _Rest]
    ? [V["length"], ...NestedShape<First>]
    : V extends readonly (infer Item)[]
      ? [number, ...NestedShape<Item>]
      : Shape;
