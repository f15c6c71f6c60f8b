import { describe, expect, it } from "vitest";
import { elementwiseOps } from "../../src/ops/index.js";
import type { Broadcasting, ElementwiseInput, ElementwiseStep, Instruction, View } from "../../src/plan/steps.js";
import type { ElementwiseOp } from "../../src/tensor/index.js";
import { PlanByHand } from "./by-hand.js";
import { randomFrom } from "./random.js";

const { add, div, exp, mul, neg, relu, sigmoid, sqrt, step, sub } = elementwiseOps;
const uniform = randomFrom(5);
const random = (length: number) => Float32Array.from({ length }, () => 4 * uniform() - 2);

const instruction = (op: ElementwiseOp, ...operands: number[]): Instruction => ({ op, attributes: {}, operands });

/** How many numbers an input of each kind has. */
function lengthOf(broadcasting: Broadcasting, length: number, period: number): number {
  return { same: length, scalar: 1, row: period, column: Math.ceil(length / period) }[broadcasting];
}

/** The step in float32, op by op: what a fused pass must give to the bit, since it rounds where single steps would. */
function expected(one: ElementwiseStep, values: ReadonlyMap<View, Float32Array>): Float32Array[] {
  const results = one.outputs.map(() => new Float32Array(one.length));
  for (let i = 0; i < one.length; i++) {
    const at = ({ broadcasting, period }: ElementwiseInput) =>
      ({ same: i, scalar: 0, row: i % period, column: Math.floor(i / period) })[broadcasting];
    const registers = [
      ...one.inputs.map((input) => values.get(input.view)?.[at(input)] as number),
      ...one.constants.map(Math.fround),
    ];
    for (const { op, attributes, operands } of one.instructions) {
      const [x = 0, y = 0, z = 0] = operands.map((register) => registers[register] as number);
      registers.push(Math.fround(op.scalar(x, y, z, attributes)));
    }
    one.outputs.forEach(({ register }, j) => {
      (results[j] as Float32Array)[i] = registers[register] as number;
    });
  }
  return results;
}

interface Program {
  readonly length: number;
  readonly inputs: readonly (readonly [Broadcasting, period: number])[];
  readonly constants?: readonly number[];
  readonly instructions: readonly Instruction[];
  /** Registers to store, each with the input whose memory it overwrites, if any. */
  readonly outputs: readonly (readonly [register: number, over?: number])[];
}

async function check({ length, inputs, constants = [], instructions, outputs }: Program, what: string): Promise<void> {
  const plan = new PlanByHand();
  const values = new Map<View, Float32Array>();
  const views = inputs.map(([broadcasting, period]): ElementwiseInput => {
    const numbers = random(lengthOf(broadcasting, length, period));
    const view = plan.view([numbers.length], numbers);
    values.set(view, numbers);
    return { view, broadcasting, period };
  });
  const one: ElementwiseStep = {
    kind: "elementwise",
    length,
    inputs: views,
    constants,
    instructions,
    outputs: outputs.map(([register, over]) => ({
      register,
      view: over === undefined ? plan.view([length]) : (views[over] as ElementwiseInput).view,
    })),
    expression: "",
  };
  const exact = expected(one, values);
  const read = await plan.run([one], 2);
  one.outputs.forEach(({ view }, j) => {
    expect([...read(view)], `${what}, output ${j}`).toEqual([...(exact[j] as Float32Array)]);
  });
}

const lengths = [...Array.from({ length: 70 }, (_, i) => i + 1), 255, 256, 511, 512, 513, 1000, 2049];

describe("operands of a pass", () => {
  it("runs over every length", async () => {
    for (const length of lengths) {
      await check(
        {
          length,
          inputs: [
            ["same", 1],
            ["same", 1],
          ],
          instructions: [instruction(mul, 0, 1)],
          outputs: [[2]],
        },
        `${length}`,
      );
    }
  });

  it.each(["scalar", "row", "column"] as const)("reads a %s on either side", async (kind) => {
    const periods = [1, 2, 3, 5, 8, 10, 31, 63, 64, 65, 100, 255, 256, 257, 300, 600];
    for (const period of periods) {
      for (const rows of [1, 2, 3, 7, 40]) {
        const length = rows * period;
        const other: readonly [Broadcasting, number] = [kind, period];
        await check(
          { length, inputs: [["same", 1], other], instructions: [instruction(sub, 0, 1)], outputs: [[2]] },
          `${kind} right, ${rows} × ${period}`,
        );
        await check(
          { length, inputs: [other, ["same", 1]], instructions: [instruction(sub, 0, 1)], outputs: [[2]] },
          `${kind} left, ${rows} × ${period}`,
        );
      }
    }
  });

  it("reads rows, columns and scalars of several periods in one pass", async () => {
    const kinds: readonly (readonly [Broadcasting, number])[][] = [
      [
        ["row", 10],
        ["column", 10],
        ["scalar", 1],
      ],
      [
        ["row", 6],
        ["row", 24],
        ["column", 24],
      ],
      [
        ["row", 300],
        ["column", 300],
        ["row", 20],
      ],
      [
        ["row", 7],
        ["row", 9],
        ["column", 63],
      ],
      [
        ["row", 13],
        ["column", 70],
        ["column", 5],
      ],
      [
        ["row", 512],
        ["row", 256],
        ["column", 1024],
      ],
    ];
    for (const inputs of kinds) {
      for (const length of [910 * 12, 1024 * 9, 63 * 5]) {
        await check(
          {
            length,
            inputs: [["same", 1], ...inputs],
            instructions: [instruction(add, 0, 1), instruction(mul, 4, 2), instruction(sub, 5, 3)],
            outputs: [[6], [4]],
          },
          JSON.stringify({ inputs, length }),
        );
      }
    }
  });

  it("needs no input of its own length", async () => {
    await check(
      {
        length: 60,
        inputs: [
          ["row", 6],
          ["column", 6],
        ],
        instructions: [instruction(mul, 0, 1)],
        outputs: [[2]],
      },
      "row times column",
    );
  });
});

describe("programs of a pass", () => {
  it("fuses pairs without changing a bit", async () => {
    const inputs = [
      ["same", 1],
      ["same", 1],
      ["same", 1],
    ] as const;
    const pairs: Record<string, Instruction[]> = {
      "a + b·c": [instruction(mul, 1, 2), instruction(add, 0, 3)],
      "b·c + a": [instruction(mul, 1, 2), instruction(add, 3, 0)],
      "a - b·c": [instruction(mul, 1, 2), instruction(sub, 0, 3)],
      "b·c - a": [instruction(mul, 1, 2), instruction(sub, 3, 0)],
      "a·step(b)": [instruction(step, 1), instruction(mul, 0, 3)],
      "step(b)·a": [instruction(step, 1), instruction(mul, 3, 0)],
      "(a·b)·(a·b)": [instruction(mul, 0, 1), instruction(mul, 3, 3)],
    };
    for (const [name, instructions] of Object.entries(pairs)) {
      await check({ length: 1030, inputs, instructions, outputs: [[4]] }, name);
      await check({ length: 1030, inputs, instructions, outputs: [[4], [3]] }, `${name}, both stored`);
    }
  });

  it("keeps more registers than there are blocks at once", async () => {
    const instructions = Array.from({ length: 40 }, (_, i) =>
      instruction(i % 2 === 0 ? add : mul, i, Math.max(0, i - 7)),
    );
    await check({ length: 1500, inputs: [["same", 1]], instructions, outputs: [[40], [20], [39]] }, "a long program");
  });

  it("uses constants on either side", async () => {
    await check(
      {
        length: 530,
        inputs: [["same", 1]],
        constants: [0.1, -3],
        instructions: [instruction(mul, 1, 0), instruction(sub, 2, 3), instruction(div, 4, 1)],
        outputs: [[5]],
      },
      "constants",
    );
  });
});

describe("outputs over inputs", () => {
  const adam: Instruction[] = [
    // m, v, p, g and constants β₁, 1 - β₁, β₂, 1 - β₂, rate, ε
    instruction(mul, 0, 4),
    instruction(mul, 3, 5),
    instruction(add, 10, 11),
    instruction(mul, 1, 6),
    instruction(mul, 3, 3),
    instruction(mul, 14, 7),
    instruction(add, 13, 15),
    instruction(sqrt, 16),
    instruction(add, 17, 9),
    instruction(div, 12, 18),
    instruction(mul, 19, 8),
    instruction(sub, 2, 20),
  ];

  it("writes in place, reading each index first", async () => {
    for (const length of [1, 5, 64, 513, 2000]) {
      const inputs = [
        ["same", 1],
        ["same", 1],
      ] as const;
      await check({ length, inputs, instructions: [instruction(sub, 0, 1)], outputs: [[2, 0]] }, "first operand");
      await check({ length, inputs, instructions: [instruction(sub, 0, 1)], outputs: [[2, 1]] }, "second operand");
      await check(
        {
          length,
          inputs,
          instructions: [instruction(neg, 0), instruction(sub, 0, 1)],
          outputs: [
            [2, 0],
            [3, 1],
          ],
        },
        "an input that a later instruction reads",
      );
      await check(
        {
          length,
          inputs,
          instructions: [instruction(add, 0, 1), instruction(relu, 2)],
          outputs: [
            [2, 1],
            [3, 0],
          ],
        },
        "two outputs over two inputs",
      );
    }
  });

  it("updates parameters and two states at once, as adam does", async () => {
    for (const length of [3, 512, 1001]) {
      const plan = new PlanByHand();
      const [m, v, p, g] = [random(length), random(length).map(Math.abs), random(length), random(length)];
      const views = [m, v, p, g].map((numbers) => plan.view([length], numbers));
      const one: ElementwiseStep = {
        kind: "elementwise",
        length,
        inputs: views.map((view) => ({ view, broadcasting: "same", period: 1 })),
        constants: [0.9, 0.1, 0.999, 0.001, 0.01, 1e-8],
        instructions: adam,
        outputs: [
          { register: 12, view: views[0] as View },
          { register: 16, view: views[1] as View },
          { register: 21, view: views[2] as View },
        ],
        expression: "",
      };
      const exact = expected(one, new Map(views.map((view, i) => [view, [m, v, p, g][i] as Float32Array])));
      const read = await plan.run([one]);
      one.outputs.forEach(({ view }, i) => {
        expect([...read(view)]).toEqual([...(exact[i] as Float32Array)]);
      });
    }
  });
});

it("gives the same bits whatever the length and the place in the pass", async () => {
  const numbers = random(700);
  const results = [];
  for (const first of [0, 1, 2, 3, 17]) {
    const plan = new PlanByHand();
    const part = numbers.subarray(first);
    const [x, y] = [plan.view([part.length], part), plan.view([part.length])];
    const read = await plan.run([
      {
        kind: "elementwise",
        length: part.length,
        inputs: [{ view: x, broadcasting: "same", period: 1 }],
        constants: [],
        instructions: [instruction(exp, 0), instruction(sigmoid, 1)],
        outputs: [{ register: 2, view: y }],
        expression: "",
      },
    ]);
    results.push([...read(y)].slice(17 - first));
  }
  for (const result of results) expect(result).toEqual(results[0]);
});
