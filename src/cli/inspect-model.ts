import { type Model, plan, plot } from "../index.js";
import { describeNetwork, parameterCount } from "./describe.js";
import { grouped, plain, significant } from "./format.js";
import { reportPlan } from "./plan-report.js";
import { heading, reportFacts } from "./report.js";
import { summarize } from "./statistics.js";
import type { Terminal } from "./terminal.js";

/** What is in a model file: layers, tensors with their statistics, preparation, classes, training, and the plan of prediction. */
export function inspectModel(terminal: Terminal, path: string, model: Model): void {
  const { network, loss, normalizer, classes, targetNames, featureNames, training } = model;
  const tensors = network.tensors.map(({ name, role, tensor }) => {
    const values = model.weights.get(name) ?? [];
    return { name, role, shape: tensor.shape, count: values.length, ...summarize(values) };
  });
  const layers = network.layers.map(({ kind, inputs, outputs, options }) => ({ kind, inputs, outputs, options }));
  const parameters = parameterCount(network);
  terminal.event("done", {
    kind: "model",
    path,
    inputs: network.inputs,
    outputs: network.outputs,
    parameters,
    layers,
    tensors,
    loss: loss.name,
    preparation: normalizer.kind,
    classes,
    targetNames,
    featureNames,
    training,
  });

  const { out } = terminal;
  terminal.report(`${out.bold(path)}: ${describeNetwork(network)}, ${grouped(parameters)} parameters`);
  terminal.report("", heading(terminal, "Tensors"));
  const withRole = network.states.length > 0;
  const header = ["name", ...(withRole ? ["role"] : []), "shape", "numbers", "mean", "deviation", "least", "most"];
  const rows = tensors.map(({ name, role, shape, count, mean, deviation, least, most }) => [
    ...[name, ...(withRole ? [role] : []), `[${shape.join(", ")}]`, grouped(count)],
    ...[mean, deviation, least, most].map((value) => significant(value, 3)),
  ]);
  const right = header.flatMap((_, i) => (i >= header.length - 5 ? [i] : []));
  const paint = (cell: string, row: number) => (row === 0 ? out.dim(cell) : cell);
  terminal.report(...plot.textTable({ rows: [header, ...rows], right, paint }));

  const forPeople = Object.entries(training).filter(([name]) => name !== "recipe");
  const facts = forPeople.map(([name, value]) => `${name} ${typeof value === "number" ? plain(value) : value}`);
  terminal.report("");
  reportFacts(terminal, [
    ["loss", loss.name],
    ["preparation", describePreparation(model)],
    classes === undefined ? ["predicts", (targetNames ?? []).join(", ")] : ["classes", classes.join(", ")],
    ["trained with", facts.join(", ") || "nothing is known"],
  ]);
  if (terminal.quiet) return;
  const prediction = plan(network, { prediction: true, batch: 1 });
  reportPlan(terminal, prediction, "Prediction", "as planned for one example");
}

function describePreparation({ normalizer: { kind, shift, factor } }: Model): string {
  if (kind === "none") return "none: raw features go in as they are";
  const range = (values: readonly number[]) => {
    const { least, most } = summarize(values);
    return least === most ? plain(least) : `${plain(least)} to ${plain(most)}`;
  };
  return `${kind}: minus ${range(shift)}, times ${range(factor)}`;
}
