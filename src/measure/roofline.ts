import { assemble, type Code, code, f32x4, i32, local, opcode, unsigned, v128 } from "../engines/wasm/assembler.js";

/** Operations on four numbers in a turn: as many as run beside each other without one waiting for another. */
const operations = 12;
const turns = 10_000;

/** A fused multiply-add, where the runtime has relaxed SIMD: f32x4.relaxed_madd. */
const madd: Code = [0xfd, ...unsigned(0x105)];

/** Local variables of the function: its parameters, how many turns and where its numbers are; an operand; a number a chain. */
const [turn, numbers, x, first] = [0, 1, 2, 3] as const;

/** The loop that does as many multiplications and additions as a core can in WebAssembly, and how many those are. */
export interface Ceiling {
  readonly run: () => void;
  readonly flops: number;
}

/**
 * Registers only: what products are measured against. Fused multiply-adds are 12 chains; separate ones are 6 chains of products,
 * each added to a sum of its own, so that neither waits longer than for the one before it (a chain of both would reach four
 * fifths on a Zen 4). Assembled now, so that it uses the instructions of the build it is for. The operands come from memory:
 * constants would be built anew at every turn.
 * @throws WebAssembly.CompileError when fused multiply-adds are asked for and the runtime has none.
 */
export async function ceiling(fused: boolean): Promise<Ceiling> {
  const all = Array.from({ length: operations }, (_, i) => first + i);
  const half = operations / 2;
  const fusedStep = (chain: number): Code => code(local.get(chain), local.get(x), local.get(x), madd, local.set(chain));
  const separateStep = (product: number): Code =>
    code(
      code(local.get(product), local.get(x), f32x4.mul, local.set(product)),
      code(local.get(product + half), local.get(product), f32x4.add, local.set(product + half)),
    );
  const read = (register: number): Code => code(local.get(numbers), v128.load(0), local.set(register));
  const body = code(
    [1, ...unsigned(operations + 1), v128.type],
    read(x),
    ...all.map(read),
    opcode.loop,
    ...(fused ? all.map(fusedStep) : all.slice(0, half).map(separateStep)),
    code(local.get(turn), i32.const(1), i32.sub, [0x22, turn], opcode.brIf(0), opcode.end),
    local.get(numbers),
    code(...all.map((chain, i) => code(local.get(chain), i === 0 ? [] : f32x4.add))),
    v128.store(32),
    opcode.end,
  );
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Float32Array(memory.buffer).fill(1, 0, 4);
  const module = await WebAssembly.compile(assemble([body], false));
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports["0"] as (turns: number, at: number) => void;
  return { run: () => run(turns, 0), flops: turns * operations * 4 * (fused ? 2 : 1) };
}
