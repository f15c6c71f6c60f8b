export { type ConfusionTable, commonMistakes, confusionTable } from "./confusion-table.js";
export type { Series } from "./curves.js";
export { type GrayPicture, grayPicture, sideBySide } from "./gray-picture.js";
export { type LineChart, lineChart } from "./line-chart.js";
export { type Paint, type TerminalChart, terminalChart } from "./terminal-chart.js";
export { cutText } from "./text.js";
export { columnWidths, type TextTable, textTable } from "./text-table.js";
export { type PicturedDigit, type TrainingPicture, trainingPicture } from "./training-picture.js";
