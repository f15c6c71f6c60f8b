/** A static server on localhost whose pages are cross-origin isolated, so that threads and a fine clock are allowed. */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * @param {Readonly<Record<string, string>>} folders path prefix → folder
 * @param {Readonly<Record<string, { type: string, body: string | Uint8Array }>>} files path → content
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export async function serve(folders, files) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const headers = {
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cache-Control": "no-store",
    };
    const file = files[path];
    if (file !== undefined) {
      response.writeHead(200, { ...headers, "Content-Type": file.type }).end(file.body);
      return;
    }
    for (const [prefix, folder] of Object.entries(folders)) {
      if (!path.startsWith(prefix)) continue;
      const found = normalize(join(folder, path.slice(prefix.length)));
      if (!found.startsWith(folder + sep) || !existsSync(found) || !statSync(found).isFile()) continue;
      const type = types[/** @type {keyof typeof types} */ (extname(found))] ?? "application/octet-stream";
      response.writeHead(200, { ...headers, "Content-Type": type });
      createReadStream(found).pipe(response);
      return;
    }
    response.writeHead(404, headers).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { origin: `http://localhost:${address.port}`, close: () => server.close() };
}
