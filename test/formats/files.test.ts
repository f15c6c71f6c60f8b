import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FileError, FormatError } from "../../src/formats/error.js";
import { readFileBytes, writeFileAtomic } from "../../src/formats/files.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "retrograd-files-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const bytes = Uint8Array.of(1, 2, 3);
const isRoot = process.getuid?.() === 0;
const leftovers = async () => (await readdir(folder)).filter((name) => name.endsWith(".tmp"));

async function failure(promise: Promise<unknown>): Promise<FileError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FileError)) throw new Error(`expected a FileError, got ${String(error)}`);
  expect(error).toBeInstanceOf(FormatError);
  return error;
}

describe("writeFileAtomic and readFileBytes", () => {
  it("write, overwrite and read", async () => {
    const path = join(folder, "a.bin");
    await writeFileAtomic(path, bytes);
    expect(await readFileBytes(path)).toEqual(bytes);
    await writeFileAtomic(path, new Uint8Array(0));
    expect(await readFileBytes(path)).toEqual(new Uint8Array(0));
    expect(await leftovers()).toEqual([]);
  });

  it("write part of a larger array", async () => {
    const path = join(folder, "part.bin");
    await writeFileAtomic(path, Uint8Array.of(9, 1, 2, 3, 9).subarray(1, 4));
    expect(await readFileBytes(path)).toEqual(bytes);
  });

  it("follow a link and keep permissions", async ({ skip }) => {
    if (process.platform === "win32") skip("Windows has other links and permissions");
    const path = join(folder, "real.bin");
    await writeFile(path, "old");
    await chmod(path, 0o640);
    await symlink(path, join(folder, "link.bin"));
    await writeFileAtomic(join(folder, "link.bin"), bytes);
    expect(new Uint8Array(await readFile(path))).toEqual(bytes);
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  it("write to a device without replacing it", async ({ skip }) => {
    if (process.platform === "win32") skip("Windows has no /dev/null");
    await writeFileAtomic("/dev/null", bytes);
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });
});

describe("failures", () => {
  it("tell of a file that is not there", async () => {
    const error = await failure(readFileBytes(join(folder, "none.bin")));
    expect(error.message).toBe(`cannot read "${join(folder, "none.bin")}": there is no such file; check the path`);
    expect(error.reason).toBe("missing");
  });

  it("tell of a folder", async () => {
    expect(await failure(readFileBytes(folder))).toMatchObject({
      message: `cannot read "${folder}": it is a folder; give the path of a file`,
      reason: "folder",
    });
    expect((await failure(writeFileAtomic(folder, bytes))).message).toBe(
      `cannot write "${folder}": it is a folder; give the path of a file`,
    );
  });

  it("tell of a folder that is not there", async () => {
    const path = join(folder, "none", "a.bin");
    expect((await failure(writeFileAtomic(path, bytes))).message).toBe(
      `cannot write "${path}": its folder is not there; create the folder first`,
    );
  });

  it("tell of missing permission and leave what was there", async ({ skip }) => {
    if (isRoot || process.platform === "win32") skip("permissions do not bind this user");
    const path = join(folder, "locked.bin");
    await writeFile(path, "old");
    await chmod(path, 0o000);
    for (const attempt of [readFileBytes(path), writeFileAtomic(path, bytes)]) {
      expect(await failure(attempt)).toMatchObject({ reason: "permission" });
    }
    await chmod(path, 0o600);
    expect(await readFile(path, "utf8")).toBe("old");
  });

  it("leave no temporary file when the bytes cannot be written", async () => {
    const path = join(folder, "wrong.bin");
    await writeFile(path, "old");
    const notBytes: unknown = { length: 3 };
    await failure(writeFileAtomic(path, notBytes as Uint8Array));
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await leftovers()).toEqual([]);
  });
});
