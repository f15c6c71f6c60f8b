import { DataError } from "../error.js";
import { inChinese, unnamed } from "./place.js";

/** The text of a table and what messages call it: from a path (Node, plain or `.gz`), from bytes, or the text itself. */
export async function textOf(source: string | Uint8Array, name?: string): Promise<{ text: string; source: string }> {
  if (typeof source !== "string") return { text: decode(await unzipped(source, name), name), source: name ?? unnamed };
  if (/[\r\n]/.test(source)) return { text: source, source: name ?? unnamed };
  const { readFile } = await import("node:fs/promises");
  const bytes = await readFile(source).catch((error: unknown) => {
    const absent = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new DataError(
      `cannot read ${JSON.stringify(source)}: ${absent ? "there is no such file; check the path" : String(error)}`,
      {
        cause: error,
      },
    );
  });
  return { text: decode(await unzipped(bytes, source), source), source: name ?? source };
}

function decode(bytes: Uint8Array, name = unnamed): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DataError(
      {
        en: `${name} is not text in UTF-8; save it as CSV with the encoding UTF-8`,
        zh: `${inChinese(name)}不是 UTF-8 编码的文本；请另存为 UTF-8 编码的 CSV`,
      },
      { cause: error },
    );
  }
}

/** The bytes themselves, or what a gzip file holds. */
async function unzipped(bytes: Uint8Array, name = unnamed): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new DataError(
      {
        en: `${name} is not a whole gzip file; download it again`,
        zh: `${inChinese(name)}不是完整的 gzip 文件；请重新下载`,
      },
      { cause: error },
    );
  }
}
