import { describe, expect, it } from "vitest";
import { eventsOf, retrograd } from "./run.js";

describe("retrograd lab", () => {
  it("serves the lab at the address it prints, until Ctrl-C", async () => {
    let page: Promise<Response> | undefined;
    const { code, stdout, stderr } = await retrograd(["lab", "--no-open", "--json"], {
      onOutput(written, child) {
        const address = /"address":"([^"]+)"/.exec(written)?.[1];
        if (address === undefined || page !== undefined) return;
        page = fetch(address);
        void page.finally(() => child.kill("SIGINT")).catch(() => {});
      },
    });
    const response = await page;
    expect(response?.status).toBe(200);
    expect(response?.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "The lab is at this address until Ctrl-C.\n" });
    expect(eventsOf(stdout).map(({ event }) => event)).toEqual(["serving", "done"]);
  });

  it("refuses a port that cannot be", async () => {
    const { code, stderr } = await retrograd(["lab", "--no-open", "--port", "70000"]);
    expect(code).toBe(2);
    expect(stderr).toBe('retrograd: --port must be a port, from 0 to 65535, got "70000"\n');
  });
});
