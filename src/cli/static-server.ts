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
  const refuse = (status: number, text: string) => {
    response.writeHead(status, { ...headers, "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  };
  // A page elsewhere that has its name resolved to this machine is no reader of ours.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) return refuse(403, "Not for this host.");
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "Only GET and HEAD.");
  const file = fileFor(root, request.url ?? "/");
  if (file === undefined) return refuse(404, "There is no such file.");
  const type = types[extname(file.path)] ?? "application/octet-stream";
  response.writeHead(200, { ...headers, "Content-Type": type, "Content-Length": file.size });
  if (request.method === "HEAD") response.end();
  else
    createReadStream(file.path)
      .on("error", () => response.destroy())
      .pipe(response);
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
