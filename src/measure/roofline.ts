import { assemble, type Code, code, f32x4, i32, local, opcode, unsigned, v128 } from "../engines/wasm/assembler.js";

/** Chains of multiply-adds that run beside each other, so that none waits for another; 4 numbers each. */
const chains = 12;
const turns = 10_000;

/** Multiplications and additions of one call of the ceiling. */
export const ceilingFlops = turns * chains * 4 * 2;

/** A fused multiply-add, where the runtime has relaxed SIMD: f32x4.relaxed_madd. */
const madd: Code = [0xfd, ...unsigned(0x105)];

/** Local variables of the function: its two parameters, two operands, and one number a chain. */
const [turn, x, y, first] = [0, 2, 3, 4] as const;

/**
 * As many multiplications and additions as a core can do in WebAssembly, on registers only: what products are measured against.
 * Assembled now, so that it uses the instructions of the build it is for. The operands come from memory: constants would be
 * built anew at every turn.
 * @throws WebAssembly.CompileError when fused multiply-adds are asked for and the runtime has none.
 */
export async function ceiling(fused: boolean): Promise<() => void> {
  const all = Array.from({ length: chains }, (_, i) => first + i);
  const step = (chain: number): Code =>
    fused
      ? code(local.get(chain), local.get(y), local.get(x), madd, local.set(chain))
      : code(local.get(chain), local.get(y), f32x4.mul, local.get(x), f32x4.add, local.set(chain));
  const body = code(
    [1, ...unsigned(chains + 2), v128.type],
    code(local.get(1), v128.load(0), local.set(x), local.get(1), v128.load(16), local.set(y)),
    opcode.loop,
    ...all.map(step),
    code(local.get(turn), i32.const(1), i32.sub, [0x22, turn], opcode.brIf(0), opcode.end),
    local.get(1),
    code(...all.map((chain, i) => code(local.get(chain), i === 0 ? [] : f32x4.add))),
    v128.store(32),
    opcode.end,
  );
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Float32Array(memory.buffer).fill(0.5, 0, 8);
  const module = await WebAssembly.compile(assemble([body], false));
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports["0"] as (turns: number, at: number) => void;
  return () => run(turns, 0);
}
