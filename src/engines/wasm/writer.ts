import type { View } from "../../plan/steps.js";
import type { Code } from "./assembler.js";
import * as opcodes from "./opcodes.generated.js";
import { everything, type Part, partOf, type Share } from "./share.js";

/** Start addresses in bytes; all 0 while a program is only measured. */
export interface Bases {
  readonly scratch: number;
  readonly constants: number;
  readonly arena: number;
  /** Where threads meet (kernels/barrier.ts). */
  readonly counter: number;
  /** A word for each piece of a step in pieces: whether a thread has taken it. */
  readonly claims: number;
  /** As many words of zero. */
  readonly zeros: number;
}

const bits = new DataView(new ArrayBuffer(8));

/** Writes a program word by word, and remembers what constants and scratch it uses. */
export class ProgramWriter {
  readonly words: number[] = [];
  /** Float32 bit patterns of constants, each stored four times over. */
  readonly constants = new Map<number, number>();
  /** Compiled functions, by their code: equal ones are one. */
  readonly functions = new Map<string, { readonly index: number; readonly code: Code }>();
  scratchBytes = 0;
  /** What part of the step that is being written is written now. */
  share: Share = everything;

  constructor(
    readonly bases: Bases,
    readonly threads: number,
  ) {}

  part(count: number, quantum: number): Part {
    return partOf(count, quantum, this.share);
  }

  /** A step in pieces, of which threads take those that are left, this one in the order given; `claim`: that of the first share. */
  pieces(claim: number, shares: readonly Share[], order: readonly number[], write: () => void): void {
    const start = this.words.length;
    const head = 3 + 2 * order.length;
    const pieces: number[] = [];
    this.words.push(opcodes.STEP_PIECES, ...new Array<number>(head - 1).fill(0));
    for (const index of order) {
      const place = this.words.length;
      this.share = shares[index] as Share;
      write();
      if (this.words.length > place) pieces.push(this.bases.claims + 4 * (claim + index), place - start);
    }
    this.words[start + 1] = this.words.length - start;
    this.words[start + 2] = pieces.length / 2;
    pieces.forEach((word, i) => {
      this.words[start + 3 + i] = word;
    });
  }

  /** One step: its opcode, its own number of words, then its words. */
  step(opcode: number, ...words: readonly number[]): void {
    this.words.push(opcode, words.length + 2, ...words);
  }

  end(): void {
    this.words.push(opcodes.STEP_END);
  }

  address(view: View): number {
    return this.bases.arena + 4 * view.buffer.offset;
  }

  /** Address of 16 bytes that hold a number four times. */
  constant(value: number): number {
    bits.setFloat32(0, value, true);
    const pattern = bits.getInt32(0, true);
    const index = this.constants.get(pattern) ?? this.constants.size;
    this.constants.set(pattern, index);
    return this.bases.constants + 16 * index;
  }

  /** Index in the table of a function with this code; index 0 stands for none. */
  compiled(code: Code): number {
    const key = String.fromCharCode(...code);
    const index = this.functions.get(key)?.index ?? this.functions.size + 1;
    this.functions.set(key, { index, code });
    return index;
  }

  /** Address of scratch that the step may use while it runs. */
  scratch(bytes: number): number {
    this.scratchBytes = Math.max(this.scratchBytes, bytes);
    return this.bases.scratch;
  }
}

/** A float64 as two words. */
export function doubleWords(value: number): [number, number] {
  bits.setFloat64(0, value, true);
  return [bits.getInt32(0, true), bits.getInt32(4, true)];
}
