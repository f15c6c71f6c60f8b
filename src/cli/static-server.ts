import { createReadStream, realpathSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";
import { UsageError } from "../index.js";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
};

/** Only this machine is served; the two policies let a page share memory between threads. */
const host = "127.0.0.1";
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-cache",
};

/**
 * Serves the files under a folder, and nothing else, to this machine.
 * @param port 0 takes any that is free.
 * @throws UsageError when the port is taken or may not be used.
 */
export async function serveFolder(
  folder: string,
  port: number,
): Promise<{ address: string; close: () => Promise<void> }> {
  const root = realpathSync(folder);
  const server = createServer((request, response) => answer(root, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is taken" : "may not be used";
      reject(new UsageError(`port ${port} ${why}; choose another: --port 0 takes any that is free`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  const at = typeof bound === "object" && bound !== null ? bound.port : port;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address: `http://${host}:${at}/`, close };
}

function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  const found = lookUp(root, request);
  const type =
    "path" in found ? (types[extname(found.path)] ?? "application/octet-stream") : "text/plain; charset=utf-8";
  const size = "path" in found ? found.size : Buffer.byteLength(found.text);
  response.writeHead("path" in found ? 200 : found.status, {
    ...headers,
    "Content-Type": type,
    "Content-Length": size,
  });
  if (request.method === "HEAD") response.end();
  else if ("text" in found) response.end(found.text);
  else
    createReadStream(found.path)
      .on("error", () => response.destroy())
      .pipe(response);
}

type Found = { readonly path: string; readonly size: number } | { readonly status: number; readonly text: string };

function lookUp(root: string, { headers: { host: asked }, method, url }: IncomingMessage): Found {
  // A page elsewhere that has its own name resolved to this machine is no reader of ours.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(asked ?? "")) return { status: 403, text: "Not for this host.\n" };
  if (method !== "GET" && method !== "HEAD") return { status: 405, text: "Only GET and HEAD.\n" };
  return fileFor(root, url ?? "/") ?? { status: 404, text: "There is no such file.\n" };
}

/** The file an address means, if it is a file under the root even after links are followed. */
function fileFor(root: string, url: string): { path: string; size: number } | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/)[0] as string);
    if (path.includes("\0")) return undefined;
    const real = realpathSync(join(root, path.endsWith("/") ? `${path}index.html` : path));
    const status = statSync(real);
    return real.startsWith(root + sep) && status.isFile() ? { path: real, size: status.size } : undefined;
  } catch {
    return undefined;
  }
}
