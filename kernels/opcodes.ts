// Every opcode of a program, once: AssemblyScript reads this file, tools/build-kernels.mjs copies it for TypeScript.

export const STEP_END = 0;
export const STEP_ELEMENTWISE = 1;
export const STEP_MATMUL = 2;
export const STEP_SUM = 3;
export const STEP_MAX = 4;
export const STEP_TRANSPOSE = 5;
export const STEP_STRIDED = 6;
export const STEP_COPY = 7;
export const STEP_SOFTMAX = 8;
export const STEP_LOG_SOFTMAX = 9;
export const STEP_SOFTMAX_LOSS = 10;
export const STEP_ONE_HOT = 11;
export const STEP_UNIFORM = 12;
export const STEP_BARRIER = 13;
export const STEP_PIECES = 14;

// How an elementwise step prepares an operand that does not simply run along with the loop (see elementwise.ts).
export const PREPARE_SPLAT = 0;
export const PREPARE_ROW = 1;
export const PREPARE_ROW_EACH_BLOCK = 2;
export const PREPARE_ROW_POINTER = 3;
export const PREPARE_COLUMN_EACH_BLOCK = 4;
export const PREPARE_COLUMN_SPLAT = 5;

// Where an instruction finds an operand: at a fixed block, at one repeated number, along the loop, or behind a pointer.
export const OPERAND_BLOCK = 0;
export const OPERAND_SPLAT = 1;
export const OPERAND_STREAM = 2;
export const OPERAND_POINTER = 3;

export const OP_MOVE = 0;
export const OP_NEG = 1;
export const OP_EXP = 2;
export const OP_LOG = 3;
export const OP_SQRT = 4;
export const OP_ABS = 5;
export const OP_SIGN = 6;
export const OP_STEP = 7;
export const OP_SIGMOID = 8;
export const OP_TANH = 9;
export const OP_RELU = 10;
export const OP_GELU = 11;
export const OP_NORMAL_CDF = 12;
export const OP_SILU = 13;
export const OP_SOFTPLUS = 14;
export const OP_SOFTSIGN = 15;
export const OP_MISH = 16;

export const OP_ADD = 20;
export const OP_SUB = 21;
export const OP_MUL = 22;
export const OP_DIV = 23;
export const OP_POW = 24;
export const OP_EQUAL = 25;
export const OP_MINIMUM = 26;
export const OP_MAXIMUM = 27;
export const OP_LEAKY_RELU = 28;
export const OP_CROSS_ENTROPY = 29;
export const OP_MUL_STEP = 30;

export const OP_WHERE = 40;
export const OP_ELU = 41;
export const OP_SOFTPLUS_BETA = 42;
export const OP_HARDTANH = 43;
export const OP_BINARY_CROSS_ENTROPY = 44;
export const OP_MUL_ADD = 45;
export const OP_MUL_SUB = 46;
