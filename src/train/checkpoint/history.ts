import { FormatError } from "../../formats/error.js";
import type { StoredTensor } from "../../formats/safetensors.js";
import type { EpochReport } from "../run.js";

/** The numbers of an epoch in a row of a table; what an epoch does not have is NaN. */
const columns = ["loss", "accuracy", "rate", "seconds", "epochs"] as const;
const judged = ["loss", "accuracy", "r2", "meanAbsoluteError"] as const;
const width = columns.length + judged.length;
const names = { numbers: "history", confusion: "history/confusion" };

/** The epochs so far as tensors: one row an epoch, and the confusion matrices of the validation data. */
export function historyTensors(history: readonly EpochReport[]): [string, StoredTensor][] {
  const rows = history.map((report) => [
    ...columns.map((name) => report[name] ?? Number.NaN),
    ...judged.map((name) => report.validation?.[name] ?? Number.NaN),
  ]);
  const confusions = history.flatMap(({ validation }) => (validation?.confusion ? [validation.confusion] : []));
  const data = Float64Array.from(rows.flat());
  const size = confusions[0]?.length ?? 0;
  return [
    [names.numbers, { shape: [rows.length, width], dtype: "F64", data }],
    [
      names.confusion,
      { shape: [confusions.length, size], dtype: "I32", data: Int32Array.from(confusions.flatMap((one) => [...one])) },
    ],
  ];
}

/** The epochs again. */
export function historyFrom(tensors: ReadonlyMap<string, StoredTensor>, source: string): EpochReport[] {
  const [numbers, confusion] = [tensors.get(names.numbers), tensors.get(names.confusion)];
  if (numbers?.dtype !== "F64" || numbers.shape[1] !== width || confusion?.dtype !== "I32") {
    throw new FormatError(`${source} lacks the history of its training; the file is damaged`);
  }
  const size = confusion.shape[1] ?? 0;
  return Array.from({ length: numbers.shape[0] ?? 0 }, (_, epoch) => {
    const row = numbers.data.subarray(epoch * width, (epoch + 1) * width);
    const own = fields(columns, row);
    const validation = fields(judged, row.subarray(columns.length));
    if (validation["loss"] !== undefined && (confusion.shape[0] ?? 0) > epoch) {
      Object.assign(validation, { confusion: confusion.data.slice(epoch * size, (epoch + 1) * size) });
    }
    return {
      epoch: epoch + 1,
      ...own,
      ...(validation["loss"] !== undefined && { validation }),
    } as unknown as EpochReport;
  });
}

function fields(known: readonly string[], row: Float64Array): Record<string, number> {
  return Object.fromEntries(known.flatMap((name, i) => (Number.isNaN(row[i]) ? [] : [[name, row[i] as number]])));
}
