import type { Dataset } from "../../src/index.js";
import { type Edit, readEdits } from "./edits.js";
import type { OwnTable } from "./own-data.js";
import { isBeside, sourceOf } from "./own-source.js";
import type { RunSettings } from "./playground-state.js";

/**
 * A TypeScript program that trains the same network on the same data up to the same step, to the bit, and prints how it does on
 * the test data.
 * @param own the reader's own data, for `data: "own"`: a small table stands in the program, a larger one in a file beside it (`dataFile`).
 * @returns undefined when there is no such data yet.
 */
export function programOf(settings: RunSettings, steps: number, own?: OwnTable): string | undefined {
  if (settings.data === "own" && own === undefined) return undefined;
  const table = settings.data === "own" ? own : undefined;
  const numbers = table?.split.training.target.kind === "value";
  const edits = readEdits(settings.edits).filter(({ step }) => step <= steps);
  const { names, data, layers, optimizer } = partsOf(settings, table?.split.training);
  const byHand = edits.length > 0 || steps === 0;
  const imports = [...names, ...(byHand ? ["evaluateOn", "Feed", "selectEngine", "Session"] : ["train"])].sort();
  return `// Trained in the retrograd lab up to step ${steps}; this program takes the same steps, to the bit.
// npm install retrograd, then: node program.ts (Node 22.18 or newer), or npx tsx program.ts
${table !== undefined && isBeside(table) ? 'import { readFile } from "node:fs/promises";\n' : ""}import { ${imports.join(", ")} } from "retrograd";

${table === undefined ? "" : sourceOf(table).before}const { ${table !== undefined && byHand ? "training, test, table" : "training, test"} } = ${table === undefined ? data : sourceOf(table).data};
const network = sequential(
${layers.map((layer) => `  ${layer},`).join("\n")}
);
const loss = ${numbers ? "meanSquaredError" : "softmaxCrossEntropy"}();
const optimizer = ${optimizer};

${byHand ? stepByStep(settings, steps, edits, table) : straight(settings, steps)}${verdictOf(byHand, numbers)}`;
}

function straight({ batch, seed }: RunSettings, steps: number): string {
  return `const stop = new AbortController();
const run = await train(network, training, {
  loss,
  optimizer,
  batch: ${batch},
  seed: ${seed},
  epochs: Number.MAX_SAFE_INTEGER,
  signal: stop.signal,
  onStep: ({ step }) => {
    if (step === ${steps}) stop.abort();
  },
});
export const { model } = run;
`;
}

function verdictOf(byHand: boolean, numbers: boolean): string {
  const measure = numbers ? "r2" : "accuracy";
  return `const { loss: testLoss, ${measure} } = await ${byHand ? "evaluateOn(model, test)" : "run.evaluateOn(test)"};
console.log(JSON.stringify({ steps: ${byHand ? "session" : "run"}.steps, testLoss, ${measure} }));
`;
}

function stepByStep(
  { batch, seed }: RunSettings,
  steps: number,
  edits: readonly Edit[],
  own: OwnTable | undefined,
): string {
  const lines = edits.map(
    ({ step, name, index, value }) => `  { step: ${step}, name: "${name}", index: ${index}, value: ${value} },`,
  );
  const changes = `// Weights that were changed by hand.
const edits = [
${lines.join("\n")}
];
`;
  const changing = `  for (const { name, index, value } of edits.filter((edit) => edit.step === step)) {
    session.write(new Map([[name, session.read(name).with(index, value)]]));
  }
`;
  const has = edits.length > 0;
  return `${has ? changes : ""}const feed = new Feed(training, { batch: ${batch}, seed: ${seed} });
const session = await Session.open(
  { network, loss, optimizer, seed: ${seed} },
  { batchSizes: feed.sizes, engine: selectEngine() },
);
for (let step = 0; ; step++) {
${has ? changing : ""}  if (step === ${steps}) break;
  const place = step % feed.batches;
  if (place === 0) feed.shuffle(step / feed.batches + 1);
  await session.step(feed.write(session, place), optimizer.rate);
}
export const model = {
  network,
  loss,
  weights: session.weights(),
  normalizer: feed.normalizer,
${targetOf(own)}  training: { seed: ${seed} },
};
`;
}

/** What of a model tells what its outputs stand for. */
function targetOf(own: OwnTable | undefined): string {
  const classes = `  classes: training.target.kind === "class" ? training.target.classes : [],\n`;
  if (own === undefined) return classes;
  const { target } = own.split.training;
  const values = `  targetNames: ${JSON.stringify(target.kind === "value" ? target.names : [])},
  ...(feed.scaling !== undefined && { targetScaling: feed.scaling }),
`;
  return `${target.kind === "class" ? classes : values}  table,\n`;
}

/** Data, layers and optimizer as source text, and the names they use. */
function partsOf(settings: RunSettings, own: Dataset | undefined) {
  const { data, classes, noise, count, seed, layers, activation, init, optimizer, rate, decay, dropout } = settings;
  const loss = own?.target.kind === "value" ? "meanSquaredError" : "softmaxCrossEntropy";
  const names = new Set(["dense", "sequential", loss, optimizer]);
  names.add(own !== undefined ? "csv" : data === "digits" ? "digits" : "synthetic");
  if (layers.length > 0) names.add(activation);
  if (layers.length > 0 && dropout > 0) names.add("dropout");
  if (init !== "auto") names.add(init);
  const isMany = data === "spiral" || data === "blobs";
  const { inputs, outputs } =
    own ?? (data === "digits" ? { inputs: 64, outputs: 10 } : { inputs: 2, outputs: isMany ? classes : 2 });
  const many = isMany ? `classes: ${classes}, ` : "";
  const widths = [inputs, ...layers, outputs];
  const start = init === "auto" ? "" : `, { init: ${init}() }`;
  const source = widths.slice(1).flatMap((width, i) => {
    const layer = `dense(${widths[i]}, ${width}${start})`;
    if (i === layers.length) return [layer];
    return dropout > 0 ? [layer, activation, `dropout(${dropout})`] : [layer, activation];
  });
  return {
    names,
    data:
      data === "digits" ? "digits()" : `synthetic.${data}({ ${many}noise: ${noise}, count: ${count}, seed: ${seed} })`,
    layers: source,
    optimizer: `${optimizer}(${rate}, { weightDecay: ${decay} })`,
  };
}
