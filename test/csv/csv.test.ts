import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  adam,
  type ColumnNote,
  csv,
  csvColumns,
  csvWith,
  DataError,
  DataOptionError,
  dense,
  evaluateOn,
  FormatError,
  loadModel,
  meanSquaredError,
  network,
  predict,
  saveModel,
  softmaxCrossEntropy,
  tanh,
  train,
} from "../../src/index.js";
import { folder } from "../cli/run.js";

/** Twelve people: a row number, gaps, a category, a yes or no, a constant, texts. */
const people = `id,age,city,member,planet,remark,plan
1,22,Paris,yes,Earth,came early,basic
2,,Lyon,no,Earth,left soon,basic
3,30,Nice,yes,Earth,"stayed, long",full
4,41,Lyon,no,Earth,"said ""hello""",full
5,NA,Paris,no,Earth,all well,basic
6,28,Lyon,yes,Earth,asked much,full
7,35,Nice,yes,Earth,no remark,basic
8,33,Nice,no,Earth,came late,full
9,51,Paris,no,Earth,first visit,basic
10,47,Paris,yes,Earth,"two
lines",full
11,39,Lyon,yes,Earth,quiet,basic
12,60,Nice,no,Earth,came twice,full
`;
const kindsOf = (notes: readonly ColumnNote[]) => Object.fromEntries(notes.map(({ name, kind }) => [name, kind]));
const failing = (text: string, target = "y", more = {}) =>
  csv(text, { target, name: "t.csv", ...more }).then(
    () => new Error("it was read"),
    (error: unknown) => error as Error,
  );

describe("what columns are taken for", () => {
  it("numbers, two values, few values; row numbers, constants and texts are left out", async () => {
    const { notes, training, table } = await csv(people, { target: "plan" });
    expect(kindsOf(notes)).toEqual({
      id: "drop",
      age: "number",
      city: "category",
      member: "boolean",
      planet: "drop",
      remark: "drop",
      plan: "boolean",
    });
    expect(notes.map(({ why }) => why)).toEqual([
      ...["rowNumbers", "numbers", "fewValues", "twoValues", "constant", "text", "twoValues"],
    ]);
    expect(notes[1]).toMatchObject({ missing: 2, distinct: 10 });
    expect(training.featureNames).toEqual([
      ...["age", "age is missing", "city = Lyon", "city = Nice", "city = Paris", "city = another", "member = yes"],
    ]);
    expect(training.target).toMatchObject({ kind: "class", classes: ["basic", "full"] });
    expect(table.layout).toHaveLength(7);
  });

  it("can be overruled", async () => {
    const { notes, training } = await csv(people, {
      target: "plan",
      columns: { id: "number", city: "drop", age: "drop" },
    });
    expect(kindsOf(notes)).toMatchObject({ id: "number", city: "drop", age: "drop" });
    expect(training.featureNames).toEqual(["id", "member = yes"]);
    expect((await failing(people, "plan", { columns: { aeg: "drop" } })).message).toContain('has no column "aeg"');
  });

  it("a target of numbers is a number to predict, whole numbers of few values are classes", async () => {
    const rows = (target: (i: number) => string) =>
      `x,y\n${Array.from({ length: 60 }, (_, i) => `${i * i},${target(i)}`).join("\n")}`;
    expect(
      (
        await csv(
          rows((i) => `${i / 7}`),
          { target: "y" },
        )
      ).training.target.kind,
    ).toBe("value");
    const three = await csv(
      rows((i) => `${i % 3}`),
      { target: "y" },
    );
    expect(three.training.target).toMatchObject({ kind: "class", classes: ["0", "1", "2"] });
    const asked = await csv(
      rows((i) => `${i % 3}`),
      { target: "y", columns: { y: "number" } },
    );
    expect(asked.training.target.kind).toBe("value");
  });

  it("are told before a target is chosen", async () => {
    const { notes, count, hasHeader } = await csvColumns(people);
    expect({ count, hasHeader, columns: notes.length }).toEqual({ count: 12, hasHeader: true, columns: 7 });
  });
});

describe("the parts", () => {
  it("fills gaps with the mean of the training part, and flags them", async () => {
    const { training, test, table } = await csv(people, { target: "plan" });
    const rows = [...training.features].flatMap((_, i) =>
      i % 7 === 0 ? [[training.features[i], training.features[i + 1]] as const] : [],
    );
    const present = rows.filter(([, gone]) => gone === 0).map(([age]) => age as number);
    const mean = present.reduce((a, b) => a + b) / present.length;
    expect(table.columns[0]).toMatchObject({ kind: "number", name: "age", flagged: true });
    expect((table.columns[0] as { fill: number }).fill).toBeCloseTo(mean, 4);
    for (const [age, gone] of rows) if (gone === 1) expect(age).toBeCloseTo(mean, 4);
    expect(training.count + test.count).toBe(12);
    expect(training.preparation).toBe("standardize");
    expect(training.indicators).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("are divided by the seed, or in order; rows without a target are left out", async () => {
    const ordered = await csv(people, { target: "plan", split: "ordered", fraction: 0.25 });
    expect([ordered.training.count, ordered.test.count]).toEqual([9, 3]);
    expect(ordered.test.features[0]).toBe(47);
    const [a, b, c] = [
      await csv(people, { target: "plan", seed: 1 }),
      await csv(people, { target: "plan", seed: 1 }),
      await csv(people, { target: "plan", seed: 3 }),
    ];
    expect(b).toEqual(a);
    expect(c.test.features).not.toEqual(a.test.features);
    const gaps = await csv(people, { target: "age" });
    expect(gaps.leftOut).toBe(2);
    expect(gaps.training.count + gaps.test.count).toBe(10);
  });
});

describe("files as they come", () => {
  const plain = "a,b,y\n1,5,u\n2,6,v\n4,9,u\n3,8,v\n";
  const values = async (source: string | Uint8Array, more = {}) => {
    const { training, test } = await csv(source, { target: "y", split: "ordered", fraction: 0.25, ...more });
    return [...training.features, ...test.features];
  };
  const expected = [1, 5, 2, 6, 4, 9, 3, 8];

  it.each([
    ["a byte order mark", `\uFEFF${plain}`],
    ["CRLF", plain.replaceAll("\n", "\r\n")],
    ["tabs", plain.replaceAll(",", "\t")],
    ["semicolons", plain.replaceAll(",", ";")],
    ["bars", plain.replaceAll(",", "|")],
    ["quotes", plain.replace("1,5,u", '"1","5","u"')],
    ["spaces and blank lines", plain.replace("1,5,u", " 1 , 5 ,u\n\n")],
    ["no newline at the end", plain.trimEnd()],
  ])("reads %s", async (_, text) => {
    expect(await values(text)).toEqual(expected);
  });

  it("reads bytes, a path, and a gzip file", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "t.csv"), plain);
    writeFileSync(join(cwd, "t.csv.gz"), gzipSync(plain));
    writeFileSync(join(cwd, "t.tsv"), plain.replaceAll(",", "\t"));
    expect(await values(new TextEncoder().encode(plain))).toEqual(expected);
    for (const file of ["t.csv", "t.csv.gz", "t.tsv"]) expect(await values(join(cwd, file)), file).toEqual(expected);
  });

  it("reads 1,5 as a number where semicolons divide the columns", async () => {
    expect((await values("a;b;y\n1,5;2;u\n2,5;3;v\n0,25;4;u\n3;8;v\n")).slice(0, 4)).toEqual([1.5, 2, 2.5, 3]);
  });

  it("sees whether there is a header, and can be told", async () => {
    const bare = plain.split("\n").slice(1).join("\n");
    expect(await values(bare, { target: "3" })).toEqual(expected);
    const { table } = await csv(bare, { target: "column 3" });
    expect(table).toMatchObject({ hasHeader: false, layout: ["column 1", "column 2", "column 3"] });
    const years = await csv("2001,2002,y\n1,5,u\n2,6,v\n4,9,u\n3,8,v\n", { target: "y", header: true });
    expect(years.training.featureNames).toEqual(["2001", "2002"]);
  });
});

describe("what cannot be read is said with file, line and column", () => {
  it.each([
    ["a,b,y\n1,2,u\n\n1,2\n", "t.csv:4:3: this row has 2 columns where 3 are expected; fill the row up"],
    ["a,y\n1,u\n2,v,w\n", "t.csv:3:3: this row has 3 columns where 2 are expected; put quotes around"],
    [`a,y\n${"1,u\n2,v\n3,u\n".repeat(10)}4,"v\nw"\n3x,u\n`, 't.csv:34:1: "3x" is not a number like the other 31 of'],
    ['a,y\n1,u\n"2,v\n', "t.csv:3: "],
    ["a,a\n1,2\n", 't.csv:1:2: there are two columns "a"; rename one'],
    ["\n\n", "t.csv is empty; give a table with one example a row"],
    ["a,y\n", "t.csv has only a header; give at least one row below it"],
    ["a,y\n1,u\n2,u\n", 't.csv: the target "y" has the same value in every row; choose another'],
    ["a,y\n1,u\n1,v\n1,u\n", "t.csv has no column to learn from beside the target"],
  ])("%j", async (text, message) => {
    const error = await failing(text);
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("\n");
  });

  it("names the nearest column for a target that is not there", async () => {
    const error = await failing(people, "plam");
    expect(error).toBeInstanceOf(DataOptionError);
    expect(error.message).toMatch(/^t\.csv has no column "plam" to predict; did you mean "plan"\? there are id, age/);
    expect((await failing(people, "")).message).toMatch(/say which column is the target/);
  });

  it("says what a path, bytes or an archive lack", async () => {
    expect((await failing("nowhere.csv")).message).toBe(
      'cannot read "nowhere.csv": there is no such file; check the path',
    );
    const latin = Uint8Array.of(0x61, 0x2c, 0x79, 0x0a, 0xe9, 0x2c, 0x31);
    const broken = gzipSync(people).subarray(0, 40);
    const of = (bytes: Uint8Array) => csv(bytes, { target: "y" }).catch((error: unknown) => (error as Error).message);
    expect(await of(latin)).toContain("is not text in UTF-8; save it as CSV with the encoding UTF-8");
    expect(await of(broken)).toContain("is not a whole gzip file");
  });
});

describe("a model of a table", () => {
  const build = (inputs: number) => network([dense(inputs, 8), tanh, dense(8, 2)]);
  const trained = async () => {
    const data = await csv(people, { target: "plan", fraction: 0.25 });
    const run = await train(build(data.training.inputs), data.training, {
      loss: softmaxCrossEntropy(),
      optimizer: adam(0.05),
      epochs: 30,
    });
    return { data, run, model: await loadModel(await saveModel(run)) };
  };
  const rowsOf = (features: Float32Array, width: number) =>
    Array.from({ length: features.length / width }, (_, i) => [...features.subarray(i * width, (i + 1) * width)]);

  it("keeps the preparation in its file", async () => {
    const { data, model } = await trained();
    expect(model.table).toEqual(data.table);
  });

  it("takes raw rows: columns in any order, without the target, with gaps and unseen values", async () => {
    const { model } = await trained();
    const table = model.table as NonNullable<typeof model.table>;
    const inOrder = await csvWith(table, "age,city,member\n30,Nice,yes\n,Rome,perhaps\n");
    const turned = await csvWith(table, "member;more;city;age\nyes;1;Nice;30\nperhaps;2;Rome;\n");
    expect(turned.features).toEqual(inOrder.features);
    expect(inOrder.dataset).toBeUndefined();
    const fill = (table.columns[0] as { fill: number }).fill;
    expect(rowsOf(inOrder.features, 7)).toEqual([
      [30, 0, 0, 1, 0, 0, 1],
      [fill, 1, 0, 0, 0, 1, 0.5],
    ]);
    const predictions = await predict(model, rowsOf(inOrder.features, 7));
    expect(predictions.map((one) => one.class)).toHaveLength(2);
  });

  it("judges the same rows the same, whether prepared by csv or by the model", async () => {
    const { data, run, model } = await trained();
    const again = await csv(people, {
      target: "plan",
      fraction: 0.25,
      table: model.table as NonNullable<typeof model.table>,
    });
    expect(again.test.features).toEqual(data.test.features);
    expect(await evaluateOn(model, again.test)).toEqual(await run.evaluateOn(data.test));
    const all = await csvWith(data.table, people);
    expect(all.dataset?.count).toBe(12);
  });

  it("says which column it lacks, and which number is none", async () => {
    const { data } = await trained();
    const of = (text: string) =>
      csvWith(data.table, text, { name: "new.csv" }).catch((error: unknown) => (error as Error).message);
    expect(await of("age,member\n3,yes\n")).toMatch(
      /^new\.csv lacks the column "city" that the model was trained on; it has age, member$/,
    );
    expect(await of("age,city,member\nold,Nice,yes\n")).toMatch(/^new\.csv:2:1: "old" in column "age" is no number/);
    expect(await of("age,city,member,plan\n1,Nice,yes,gold\n")).toMatch(
      /^new\.csv:2:4: "gold" is none of the classes basic, full/,
    );
  });

  it("takes rows without a header by their places", async () => {
    const data = await csv("1,5,u\n2,6,v\n4,9,u\n3,8,v\n", { target: "3", fraction: 0.25 });
    expect((await csvWith(data.table, "7,8\n9,10\n")).features).toEqual(Float32Array.of(7, 8, 9, 10));
    expect((await csvWith(data.table, "7,8,u\n")).dataset?.count).toBe(1);
    await expect(csvWith(data.table, "7\n")).rejects.toThrow(/has 1 columns and no header/);
  });

  it("predicts numbers in their own unit", async () => {
    const text = `x,y\n${Array.from({ length: 80 }, (_, i) => `${i % 9},${1000 + 50 * (i % 9) + 0.1 * i}`).join("\n")}`;
    const { training, test } = await csv(text, { target: "y" });
    const run = await train(network([dense(1, 8), tanh, dense(8, 1)]), training, {
      loss: meanSquaredError(),
      optimizer: adam(0.05),
      epochs: 60,
    });
    expect((await run.evaluateOn(test)).r2).toBeGreaterThan(0.98);
  });

  it("with a damaged table is refused", async () => {
    const { run } = await trained();
    const bytes = await saveModel(run);
    const text = new TextDecoder("latin1").decode(bytes);
    const broken = text.replace('flagged\\":true', 'flagged\\":1234');
    expect(broken).not.toBe(text);
    await expect(loadModel(Uint8Array.from(broken, (c) => c.charCodeAt(0)))).rejects.toThrow(FormatError);
  });
});
