import { experiments, type Language, plot } from "../src/index.js";
import { chapters } from "./chapters.js";
import { errata } from "./errata.js";
import { formulas } from "./formulas/index.js";
import type { Measurements } from "./measured.js";
import { references } from "./references.js";

/** The first page: chapters, the twenty rows of errata with where each is answered, verdicts, references. */
export function indexPage(language: Language, measured: Measurements): string {
  const say = (text: { readonly [L in Language]: string }) => text[language];
  const chapterOf = (row: number) => chapters.find(({ rows }) => (rows as readonly number[]).includes(row));
  const list = chapters.map(({ name, title }, i) => `${i + 1}. [${say(title)}](${name}.md)`);
  const rows = errata.map(({ row, source, shownBy }) => {
    const chapter = chapterOf(row);
    return [
      `${row}`,
      say(source),
      chapter === undefined ? "" : `[${say(chapter.title)}](${chapter.name}.md)`,
      `\`retrograd ${shownBy}\``,
    ];
  });
  const verdicts = Object.values(experiments).map(({ name, claim }) => {
    const result = measured.experiments[name];
    return [`\`${name}\``, claim[language], result === undefined ? "" : say(words.verdicts[result.verdict])];
  });
  return [
    `# ${say(words.title)}`,
    say(words.opening(formulas.size)),
    `## ${say(words.chapters)}`,
    list.join("\n"),
    `## ${say(words.claims)}`,
    say(words.claimsOpening(measured.date)),
    plot.markdownTable(say(words.claimHead).split("|"), verdicts),
    `## ${say(words.errata)}`,
    say(words.errataOpening),
    plot.markdownTable(say(words.errataHead).split("|"), rows),
    `## ${say(words.references)}`,
    references.map((reference) => `- ${reference}`).join("\n"),
    "",
  ].join("\n\n");
}

const words = {
  title: { en: "Forward and back propagation, with every number checked", zh: "前向传播与反向传播：每个数都经过检验" },
  opening: (count: number) => ({
    en: `These chapters follow the lecture notes *前向传播和反向传播*, complete what they leave open and correct where they slip. Each of the ${count} formulas in the table of formulas is computed twice, once by the library and once by plain loops that spell the formula out, and \`npm test\` fails if the two differ. Every figure and every number was produced by the code in this repository.`,
    zh: `各章依照讲义《前向传播和反向传播》展开，补全其未尽之处，纠正其笔误。公式表中的 ${count} 个公式各算两遍：一遍由本库计算，一遍由照公式逐项书写的朴素循环计算；二者不符，\`npm test\` 就会失败。所有图和数字都由本仓库的代码生成。`,
  }),
  chapters: { en: "Chapters", zh: "各章" },
  claims: { en: "The claims, measured", zh: "论断与测量" },
  claimsOpening: (date: string) => ({
    en: `Measured on ${date} by \`npm run notes -- --measure\`; the verdict follows from the figures by a rule that each experiment states.`,
    zh: `于 ${date} 由 \`npm run notes -- --measure\` 测得；结论按各实验写明的规则由数字得出。`,
  }),
  claimHead: { en: "experiment|claim|measured", zh: "实验|论断|测量结果" },
  verdicts: {
    holds: { en: "holds", zh: "成立" },
    "holds when": { en: "holds under a condition", zh: "有条件地成立" },
    "does not hold here": { en: "does not hold here", zh: "在此不成立" },
  },
  errata: { en: "What was gone through in the source", zh: "逐条核对讲义" },
  errataOpening: {
    en: "Twenty places: what the source says or leaves out, the chapter that answers, and a command that shows it.",
    zh: "共二十处：讲义说了什么或漏了什么，由哪一章回答，用哪条命令可以看到。",
  },
  errataHead: { en: "row|in the source|chapter|shown by", zh: "行|讲义|章节|命令" },
  references: { en: "References", zh: "参考文献" },
} as const;
