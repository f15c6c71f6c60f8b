import { distance } from "fastest-levenshtein";

/** What people write for it elsewhere. */
const synonyms: Readonly<Record<string, string>> = {
  swish: "silu",
  kaiming: "heNormal",
  he: "heNormal",
  glorot: "xavierUniform",
  xavier: "xavierUniform",
  lecun: "lecunNormal",
  mse: "meanSquaredError",
  l2: "meanSquaredError",
  mae: "meanAbsoluteError",
  l1: "meanAbsoluteError",
  bce: "binaryCrossEntropy",
  mnist: "digits",
  verify: "gradcheck",
  test: "evaluate",
  learningrate: "--lr",
  rate: "--lr",
  batchsize: "--batch",
  hidden: "--layers",
  output: "--out",
};

/** The choice that was most likely meant, if one is near enough. */
export function nearest(name: string, choices: readonly string[]): string | undefined {
  const given = bare(name);
  const synonym = synonyms[given];
  if (synonym !== undefined && choices.includes(synonym)) return synonym;
  const ranked = choices
    .map((choice) => ({ choice, far: distance(given, bare(choice)) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best !== undefined && best.far <= Math.max(1, Math.floor(bare(best.choice).length * 0.4))
    ? best.choice
    : undefined;
}

/** `there is no optimizer "adan"; did you mean "adam"?`, or all choices where none is near. */
export function noSuch(what: string, name: string, choices: readonly string[]): string {
  const near = nearest(name, choices);
  const remedy = near === undefined ? `choose ${inWords(choices)}` : `did you mean "${near}"?`;
  return `there is no ${what} ${JSON.stringify(name)}; ${remedy}`;
}

/** `a, b or c`. */
export function inWords(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join("") : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, "");
}
