/** Fails on purpose, so that it is known that a failure in the page is seen. */
import { expect, it } from "vitest";

it("adds wrongly", () => {
  expect([1 + 1, { a: 2 }]).toEqual([3, { a: 2 }]);
});

it("waits for what is refused", async () => {
  await Promise.reject(new Error("refused"));
});

it("adds rightly", () => {
  expect(1 + 1).toBe(2);
});
