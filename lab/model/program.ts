import { type Edit, readEdits } from "./edits.js";
import type { RunSettings } from "./playground-state.js";

/**
 * A TypeScript program that trains the same network on the same data up to the same step, to the bit, and prints how it does on
 * the test data; undefined for the reader's own data, which a program does not hold.
 */
export function programOf(settings: RunSettings, steps: number): string | undefined {
  if (settings.data === "own") return undefined;
  const edits = readEdits(settings.edits).filter(({ step }) => step <= steps);
  const { names, data, layers, optimizer } = partsOf(settings);
  const byHand = edits.length > 0 || steps === 0;
  const imports = [...names, ...(byHand ? ["evaluateOn", "Feed", "selectEngine", "Session"] : ["train"])].sort();
  return `// Trained in the retrograd lab up to step ${steps}; this program takes the same steps, to the bit.
// npm install retrograd, then: node program.ts (Node 22.18 or newer), or npx tsx program.ts
import { ${imports.join(", ")} } from "retrograd";

const { training, test } = ${data};
const network = sequential(
${layers.map((layer) => `  ${layer},`).join("\n")}
);
const loss = softmaxCrossEntropy();
const optimizer = ${optimizer};

${byHand ? stepByStep(settings, steps, edits) : straight(settings, steps)}`;
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
const { loss: testLoss, accuracy } = await run.evaluateOn(test);
console.log(JSON.stringify({ steps: run.steps, testLoss, accuracy }));
`;
}

function stepByStep({ batch, seed }: RunSettings, steps: number, edits: readonly Edit[]): string {
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
  classes: training.target.kind === "class" ? training.target.classes : [],
  training: { seed: ${seed} },
};
const { loss: testLoss, accuracy } = await evaluateOn(model, test);
console.log(JSON.stringify({ steps: session.steps, testLoss, accuracy }));
`;
}

/** Data, layers and optimizer as source text, and the names they use. */
function partsOf(settings: RunSettings) {
  const { data, classes, noise, count, seed, layers, activation, init, optimizer, rate, decay, dropout } = settings;
  const names = new Set(["dense", "sequential", "softmaxCrossEntropy", optimizer]);
  names.add(data === "digits" ? "digits" : "synthetic");
  if (layers.length > 0) names.add(activation);
  if (layers.length > 0 && dropout > 0) names.add("dropout");
  if (init !== "auto") names.add(init);
  const [inputs, outputs] = data === "digits" ? [64, 10] : [2, data === "spiral" || data === "blobs" ? classes : 2];
  const many = data === "spiral" || data === "blobs" ? `classes: ${classes}, ` : "";
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
