import type { Text } from "../src/index.js";

/** The twenty rows in which the source was gone through: what it says, and a command that shows our answer. */
export const errata: readonly { readonly row: number; readonly source: Text; readonly shownBy: string }[] = [
  {
    row: 1,
    source: { en: "a layer keeps z; it has to keep a[l−1] as well", zh: "一层缓存 z；其实还要缓存 a[l−1]" },
    shownBy: "explain --network 2,3,2",
  },
  {
    row: 2,
    source: { en: "columns and rows of examples, mixed; one table of shapes", zh: "样本为列与为行混用；统一的形状表" },
    shownBy: "explain --network 2,3,2 --convention column",
  },
  {
    row: 3,
    source: { en: "db of a batch is a sum over examples; 1/m enters once", zh: "一批样本的 db 要求和；1/m 只出现一次" },
    shownBy: "explain --network 2,3,2 --batch 4",
  },
  {
    row: 4,
    source: { en: "the backward formulas for rows, with shapes", zh: "样本为行的反向公式及形状" },
    shownBy: "explain --network 2,3,2 --convention row",
  },
  {
    row: 5,
    source: {
      en: "off the diagonal e^{zᵢ}·e^{zⱼ}, not e^{zᵢ}·e^{zᵢ}",
      zh: "非对角元应为 e^{zᵢ}·e^{zⱼ}，不是 e^{zᵢ}·e^{zᵢ}",
    },
    shownBy: "explain --derive jacobian",
  },
  {
    row: 6,
    source: { en: "cross-entropy sums over classes; no NaN at y → 0", zh: "交叉熵对类别求和；y → 0 时不得 NaN" },
    shownBy: "gradcheck --only crossEntropy",
  },
  {
    row: 7,
    source: { en: "softmax and cross-entropy together, finished: y − ŷ", zh: "softmax 与交叉熵合一，推导到底：y − ŷ" },
    shownBy: "explain --derive softmax-cross-entropy",
  },
  {
    row: 8,
    source: { en: "product against diagonal Jacobian, with their cost", zh: "逐元素乘积与对角雅可比，及其代价" },
    shownBy: "experiment two-ways-to-differentiate",
  },
  {
    row: 9,
    source: { en: "sigmoid, and the peak ¼ of its slope", zh: "sigmoid，斜率峰值 ¼" },
    shownBy: "gradcheck --only sigmoid",
  },
  { row: 10, source: { en: "tanh, and 1 − tanh²", zh: "tanh，与 1 − tanh²" }, shownBy: "gradcheck --only tanh" },
  {
    row: 11,
    source: { en: "the blank drawings; relu′ is 1·(x > 0)", zh: "补画空白的曲线；relu′ 是 1·(x > 0)" },
    shownBy: "plot activations",
  },
  {
    row: 12,
    source: { en: "sigmoid: vanishing often, exploding rarely", zh: "sigmoid：常消失，少爆炸" },
    shownBy: "experiment vanishing-gradients",
  },
  {
    row: 13,
    source: {
      en: "not zero-centered: one sign, zigzag; a batch softens it",
      zh: "不以零为中心：同号、之字形；批次可缓解",
    },
    shownBy: "experiment zero-centered",
  },
  { row: 14, source: { en: "exp is expensive", zh: "指数运算费时" }, shownBy: "experiment exp-cost" },
  {
    row: 15,
    source: { en: "tanh: centered, but saturates and costs exp", zh: "tanh：以零为中心，但仍饱和、仍要算指数" },
    shownBy: "experiment saturation",
  },
  { row: 16, source: { en: "ReLU converges much faster", zh: "ReLU 收敛快得多" }, shownBy: "experiment convergence" },
  {
    row: 17,
    source: { en: "dead ReLU and its remedies; He rather than Xavier", zh: "死亡 ReLU 及对策；He 优于 Xavier" },
    shownBy: "experiment dead-relu",
  },
  { row: 18, source: { en: "Xavier initialization", zh: "Xavier 初始化" }, shownBy: "experiment initialization" },
  {
    row: 19,
    source: { en: "Adagrad: its rate only falls", zh: "Adagrad：学习率只降不升" },
    shownBy: "experiment optimizers",
  },
  {
    row: 20,
    source: { en: "sigmoid gives 0 and 1 far out", zh: "输入很大或很小时 sigmoid 输出 1 或 0" },
    shownBy: "experiment saturation",
  },
];
