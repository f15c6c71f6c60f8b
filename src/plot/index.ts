export { activationCard, activationSheet, type DrawnActivation } from "./activation-card.js";
export { type ConfusionTable, commonMistakes, confusionTable } from "./confusion-table.js";
export type { Series } from "./curves.js";
export { figure } from "./figure.js";
export { type GrayPicture, grayPicture, sideBySide } from "./gray-picture.js";
export { type LineChart, lineChart } from "./line-chart.js";
export { markdownTable } from "./markdown-table.js";
export type {
  Axis,
  Bar,
  BarsPanel,
  Figure,
  HeatPanel,
  LineSeries,
  LinesPanel,
  NumberFormat,
  Panel,
  PlanePanel,
  PlanePath,
} from "./panel.js";
export { formatNumber } from "./scale.js";
export { type Paint, type TerminalChart, terminalChart } from "./terminal-chart.js";
export { type TerminalStyle, terminalPanel } from "./terminal-panel.js";
export { cutText, textWidth, wrapText } from "./text.js";
export { columnWidths, type TextTable, textTable } from "./text-table.js";
export { type PicturedDigit, type TrainingPicture, trainingPicture } from "./training-picture.js";
