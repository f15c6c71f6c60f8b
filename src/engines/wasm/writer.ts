import type { View } from "../../plan/steps.js";
import type { Code } from "./assembler.js";
import { opcodes } from "./kernels.generated.js";
import { everything, type Part, partOf, type Share } from "./share.js";

/** Start addresses in bytes; all 0 while a program is only measured. */
export interface Bases {
  readonly scratch: number;
  readonly constants: number;
  readonly arena: number;
  /** Where threads meet (kernels/barrier.ts). */
  readonly counter: number;
  /** A word of zero, then a word for each step in pieces: which of them is to be taken next. */
  readonly tickets: number;
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

  /** A step in pieces, of which every thread takes those that are left. */
  pieces(ticket: number, shares: readonly Share[], write: () => void): void {
    const start = this.words.length;
    this.words.push(opcodes.STEP_PIECES, 0, this.bases.tickets + 4 * ticket, 0, ...shares.map(() => 0));
    let count = 0;
    for (const share of shares) {
      const place = this.words.length;
      this.share = share;
      write();
      if (this.words.length > place) this.words[start + 4 + count++] = place - start;
    }
    this.words[start + 1] = this.words.length - start;
    this.words[start + 3] = count;
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
