/**
 * The cases that `retrograd bench` has, for the peers as well: from the built library, in Node and in a page (which is served
 * the same folders).
 */

/** @typedef {import("../src/measure/cases.js").Case} Case @typedef {import("../src/measure/cases.js").CaseData} CaseData */

/** @returns {Promise<typeof import("../src/measure/cases.js")>} */
async function built() {
  try {
    return await import(`${new URL("../dist/modules/", import.meta.url)}measure/cases.js`);
  } catch (cause) {
    throw new Error("the library is not built; run `npm run build` first", { cause });
  }
}

export const { agreement, caseNamed, cases, dataOf, flopsOf, generator, parametersOf } = await built();
