import type { ElementwiseStep, MatmulStep, Step, Value, View } from "../../plan/index.js";

/** Runs one step over the arena: elementwise steps by each op's own formula, the others by the op's `forward`. */
export function runStep(step: Step, arena: Float64Array): void {
  const numbers = ({ buffer }: View) => arena.subarray(buffer.offset, buffer.offset + buffer.length);
  const value = (view: View): Value => ({ shape: view.shape, data: numbers(view) });
  switch (step.kind) {
    case "elementwise":
      runElementwise(step, numbers);
      return;
    case "matmul":
      runMatmul(step, numbers);
      return;
    case "op":
      numbers(step.output).set(step.op.forward(step.inputs.map(value), step.attributes, step.output.shape));
      return;
    case "copy":
      numbers(step.to).set(numbers(step.from));
  }
}

function runElementwise(step: ElementwiseStep, numbers: (view: View) => Float64Array): void {
  const inputs = step.inputs.map(({ view }) => numbers(view));
  const outputs = step.outputs.map(({ view }) => numbers(view));
  const registers = [...inputs.map(() => 0), ...step.constants];
  const first = registers.length;
  for (let i = 0; i < step.length; i++) {
    step.inputs.forEach(({ broadcasting, period }, j) => {
      const at = { same: i, scalar: 0, row: i % period, column: Math.floor(i / period) }[broadcasting];
      registers[j] = inputs[j]?.[at] as number;
    });
    step.instructions.forEach(({ op, attributes, operands: [x, y, z] }, j) => {
      const read = (register: number | undefined) => (register === undefined ? 0 : (registers[register] as number));
      registers[first + j] = op.scalar(read(x), read(y), read(z), attributes);
    });
    step.outputs.forEach(({ register }, j) => {
      (outputs[j] as Float64Array)[i] = registers[register] as number;
    });
  }
}

function runMatmul(step: MatmulStep, numbers: (view: View) => Float64Array): void {
  const { m, k, n, transposeA, transposeB, activation } = step;
  const [a, b, output] = [numbers(step.a), numbers(step.b), numbers(step.output)];
  const bias = step.bias && numbers(step.bias);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) {
        const left = a[transposeA ? l * m + i : i * k + l] as number;
        const right = b[transposeB ? j * k + l : l * n + j] as number;
        sum += left * right;
      }
      if (bias !== undefined) sum += bias[j] as number;
      output[i * n + j] = activation === undefined ? sum : activation.op.scalar(sum, 0, 0, activation.attributes);
    }
  }
}
