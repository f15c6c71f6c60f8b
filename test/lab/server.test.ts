import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { serveFolder } from "../../src/cli/static-server.js";
import { folder } from "../cli/run.js";

/** A site with a secret beside it. */
async function site() {
  const base = folder();
  mkdirSync(join(base, "site", "assets"), { recursive: true });
  writeFileSync(join(base, "site", "index.html"), "<p>the lab</p>");
  writeFileSync(join(base, "site", "assets", "a.js"), "1");
  writeFileSync(join(base, "site-secret"), "secret");
  symlinkSync(join(base, "site-secret"), join(base, "site", "link"));
  const served = await serveFolder(join(base, "site"), 0);
  onTestFinished(() => served.close());
  return served;
}

/** A request as written, without the cleaning up that URL does. */
function ask(address: string, path: string, { method = "GET", host = "" } = {}) {
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(address);
      const headers = host === "" ? {} : { host };
      const asked = request({ hostname, port, path, method, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
      });
      asked.on("error", reject).end();
    },
  );
}

describe("the server of the lab", () => {
  it("serves a folder with its types, isolated from other origins", async () => {
    const { address } = await site();
    expect(new URL(address).hostname).toBe("127.0.0.1");
    const page = await ask(address, "/");
    expect(page).toMatchObject({ status: 200, text: "<p>the lab</p>" });
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    expect((await ask(address, "/assets/a.js?x=1")).headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(await ask(address, "/", { method: "HEAD" })).toMatchObject({ status: 200, text: "" });
  });

  it.each([
    "/../site-secret",
    "/..%2fsite-secret",
    "/%2e%2e/site-secret",
    "/link",
    "/assets",
    "/nothing",
    "/%00",
    "/%",
  ])("serves nothing outside it: %s", async (path) => {
    const { status, text } = await ask((await site()).address, path);
    expect(status).toBe(404);
    expect(text).not.toContain("secret");
  });

  it("refuses other names for this machine, and other methods", async () => {
    const { address } = await site();
    expect((await ask(address, "/", { host: "example.org" })).status).toBe(403);
    expect((await ask(address, "/", { method: "POST" })).status).toBe(405);
  });

  it("says when a port is taken", async () => {
    const { address } = await site();
    const port = Number(new URL(address).port);
    await expect(serveFolder(folder(), port)).rejects.toThrow(`port ${port} is taken; choose another`);
  });
});
