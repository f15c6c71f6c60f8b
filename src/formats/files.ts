import { FileError } from "./error.js";

/**
 * The bytes of a file. Node only.
 * @throws FileError when there is no such file, it is a folder, or it may not be read.
 */
export async function readFileBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile } = await fileSystem();
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    throw explain(error, `cannot read "${path}"`, "there is no such file; check the path");
  }
}

/**
 * Writes a file so that it is there whole or not at all: a temporary file in the same folder, flushed to the disk,
 * takes its name. A link is followed, a file that was there keeps its permissions, and what is no regular file
 * (`/dev/stdout`) is written to directly. Node only.
 * @throws FileError when it may not or cannot be written; the file that was there is then untouched.
 */
export async function writeFileAtomic(path: string, bytes: Uint8Array): Promise<void> {
  const { access, constants, realpath, stat, writeFile } = await fileSystem();
  try {
    const target = await realpath(path).catch(() => path);
    const existing = await stat(target).catch(() => undefined);
    if (existing !== undefined) await access(target, constants.W_OK);
    if (existing === undefined || existing.isFile()) await replaceFile(target, bytes, existing?.mode);
    else await writeFile(target, bytes);
  } catch (error) {
    throw explain(error, `cannot write "${path}"`, "its folder is not there; create the folder first");
  }
}

async function replaceFile(target: string, bytes: Uint8Array, mode: number | undefined): Promise<void> {
  const { open, rename, rm } = await fileSystem();
  const temporary = `${target}.${globalThis.crypto.randomUUID()}.tmp`;
  const file = await open(temporary, "wx");
  try {
    try {
      if (mode !== undefined) await file.chmod(mode & 0o7777);
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function fileSystem(): Promise<typeof import("node:fs/promises")> {
  try {
    return await import("node:fs/promises");
  } catch (error) {
    throw new FileError("files need Node; in a browser pass the bytes themselves", "other", { cause: error });
  }
}

function explain(error: unknown, what: string, missing: string): FileError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const options = { cause: error };
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new FileError(`${what}: ${missing}`, "missing", options);
    case "EISDIR":
      return new FileError(`${what}: it is a folder; give the path of a file`, "folder", options);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new FileError(
        `${what}: no permission; change its permissions or choose another place`,
        "permission",
        options,
      );
    case "ENOSPC":
      return new FileError(`${what}: the disk is full; free some space`, "other", options);
    default:
      return new FileError(`${what}: ${error instanceof Error ? error.message : String(error)}`, "other", options);
  }
}
