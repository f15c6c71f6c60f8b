import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Complaint, textOf } from "../../lab/model/complaint.js";
import { fallbacks } from "../../lab/model/fields.js";
import { readOwnData, readOwnFile } from "../../lab/model/own-data.js";
import { runFields } from "../../lab/model/playground-state.js";
import { Trainer } from "../../lab/worker/trainer.js";
import { csv, csvWith } from "../../src/index.js";

const chinese = /\p{Script=Han}/u;
const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i)).join("\n");
const failure = (made: Promise<unknown>) =>
  made.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Reads a table and opens a run on it, as the playground does. */
async function take(text: string, target?: string): Promise<void> {
  const { split } = await readOwnData(text, 1, target);
  const trainer = await Trainer.open({ ...fallbacks(runFields), data: "own", layers: [2] }, split);
  trainer.close();
}

/** Tables that cannot be learned from, and what a Chinese reader is told. */
const bad: Record<string, [text: string, told: string, target?: string]> = {
  nothing: ["", "还没有数据；请粘贴几行，或拖入一个文件"],
  "few rows": ["a,b\n1,2", "表格只有 1 行；训练与测试至少需要 10 行"],
  "a header alone": ["a,b", "表格只有表头；请在其下至少给出一行"],
  "a short row": [
    rows(12, (i) => (i === 4 ? "1,2" : `${i},2,3`)),
    "表格第 5 行第 3 列：这一行有 2 列，应为 3 列；请补足这一行，缺失的值在两个分隔符之间空着即可",
  ],
  "a long row": [
    rows(12, (i) => (i === 4 ? "1,2,3,4" : `${i},2,3`)),
    "表格第 5 行第 4 列：这一行有 4 列，应为 3 列；含有分隔符的字段请加上引号",
  ],
  "open quotes": [
    `a,b\n${rows(12, (i) => (i === 11 ? '1,"x' : "1,y"))}`,
    '表格第 13 行：引号没有闭合；请补上引号，引号之内的一个引号要写成 ""',
  ],
  "something after quotes": [
    `a,b\n${rows(12, (i) => (i === 3 ? '1,"x"y' : "1,y"))}\n`,
    '表格第 5 行：结束引号之后还有别的字符；请补上引号，引号之内的一个引号要写成 ""',
  ],
  "one name twice": [`a,a\n${rows(12, (i) => `${i},2`)}`, '表格第 1 行第 2 列：有两列都叫 "a"；请给其中一列改名'],
  "a number that is none": [
    `a,b\n${rows(30, (i) => (i === 6 ? "seven,1" : `${i * i},${i % 2}`))}`,
    '表格第 8 行第 1 列："seven" 不是数字，而 "a" 列的其余 29 个值都是数字；请改正或留空，或把该列当作类别',
  ],
  "a number too large": [
    `a,b\n${rows(30, (i) => (i === 6 ? "1e39,1" : `${i * i},${i % 2}`))}`,
    '表格第 8 行第 1 列："a" 列中的 "1e39" 超出 float32 的范围；请改正或留空',
  ],
  "a target too large": [
    `a,b\n${rows(30, (i) => `${i * i},${i === 6 ? "1e39" : i * 0.5}`)}`,
    '表格第 8 行第 2 列：预测目标 "1e39" 超出 float32 的范围；请改正',
  ],
  "as many classes as rows": [
    `a,b\n${rows(12, (i) => `${i * i},name ${i}`)}`,
    "表格有预测目标的行数为 12，类别数为 12，不够分成训练集与测试集",
  ],
  "a target that never changes": [
    `a,b\n${rows(12, (i) => `${i * i},1`)}`,
    '表格的预测目标 "b" 在每一行都是同一个值；请另选一列',
  ],
  "nothing beside the target": [
    `a,b\n${rows(12, (i) => `1,${i % 2}`)}`,
    "表格除预测目标外没有可供学习的列；请至少给出一列取值有变化的数据",
  ],
  "a spread that float32 cannot hold": [
    `a,b\n${rows(30, (i) => `${i % 2 ? "2.5e38" : "-2.5e38"},${i}.5`)}\n1e38,7.5`,
    '表格的 "a" 列从 -2.5e+38 到 2.5e+38，跨度超出 float32 所能处理的范围；请换用别的单位，或去掉离群值',
  ],
};

describe("what is wrong, told in both languages", () => {
  it.each(Object.entries(bad))("%s", async (_, [text, told, target]) => {
    const error = await failure(take(text, target));
    expect(error).toBeInstanceOf(Error);
    const { en, zh } = textOf(error);
    expect(zh).toContain(told);
    expect(zh).not.toContain("原文为英文");
    expect(en).toBe((error as Error).message);
    expect(en).not.toMatch(chinese);
  });

  it("of whatever people may paste", async () => {
    const field = fc.oneof(
      fc.constantFrom("1", "2.5", "1e39", "-1e38", "", "NA", "yes", "no", "a", '"', '"x"', '"x"y', "∞", "x y"),
      fc.integer({ min: -3, max: 3 }).map(String),
    );
    const row = fc.oneof(
      { arbitrary: fc.tuple(field, field, field).map((fields) => fields.join(",")), weight: 60 },
      { arbitrary: fc.array(field, { maxLength: 5 }).map((fields) => fields.join(";")), weight: 1 },
    );
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 0, maxLength: 24 }), async (lines) => {
        const error = await failure(take(lines.join("\n")));
        if (error === undefined) return;
        const { zh } = textOf(error);
        met.add(zh.replaceAll(/[^\p{Script=Han}]/gu, ""));
        expect(zh, String(error)).not.toContain("原文为英文");
      }),
      { numRuns: 250, seed: 7 },
    );
    expect(met.size).toBeGreaterThan(5);
  });

  it("of files, and of rows for a model", async () => {
    const gbk = new Blob([new Uint8Array([0xc9, 0xab, 0x2c, 0xb4, 0xf3, 0x0a])]);
    expect(textOf(await failure(readOwnFile(gbk))).zh).toContain("不是 UTF-8 编码的文本");
    const bytes = new Uint8Array([0x1f, 0x8b, 0, 0]);
    expect(textOf(await failure(csv(bytes, { target: "a", name: "data.csv.gz" }))).zh).toBe(
      "data.csv.gz 不是完整的 gzip 文件；请重新下载",
    );
    const { table } = await csv(`size,kind\n${rows(20, (i) => `${i * i},${i % 2 ? "a" : "b"}`)}`, { target: "kind" });
    const told = async (text: string) => textOf(await failure(csvWith(table, text, { name: "new.csv" }))).zh;
    expect(await told("weight,kind\n1,a\n")).toBe('new.csv 缺少模型训练时用到的列 "size"；现有的列是 weight、kind');
    expect(await told("1,2,3\n4,5,6\n")).toContain("new.csv 有 3 列而没有表头");
    expect(await told("size,kind\n1,c\n")).toBe('new.csv 第 2 行第 2 列："c" 不在类别 a、b 之中；请改正');
  });

  it("leads in what is only said in English", () => {
    expect(textOf(new RangeError("out of memory"))).toEqual({
      en: "out of memory",
      zh: "程序给出的原因（原文为英文）：out of memory",
    });
    expect(textOf(new Complaint({ en: "no", zh: "不行" }))).toEqual({ en: "no", zh: "不行" });
  });
});
