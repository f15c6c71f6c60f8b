/**
 * Rules that carry those of the page's own fonts that a drawing is set in (those of formulas), so that it looks the same where
 * they are not installed. Fonts of the system are not among them.
 * @param used by `family weight style`.
 */
export async function fontRules(used: ReadonlySet<string>): Promise<string> {
  const faces = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => (rule instanceof CSSFontFaceRule ? [{ rule, base: sheet.href }] : [])),
  );
  const rules = faces.flatMap(({ rule: { style }, base }) => {
    const say = (name: string) => style.getPropertyValue(name).replaceAll('"', "");
    const weight = { normal: "400", bold: "700" }[say("font-weight")] ?? say("font-weight");
    const url = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue("src"))?.[1];
    if (url === undefined || !used.has(`${say("font-family")} ${weight} ${say("font-style")}`)) return [];
    const about = `font-family:${say("font-family")};font-weight:${weight};font-style:${say("font-style")}`;
    return [inPlace(new URL(url, base ?? location.href)).then((data) => `@font-face{${about};src:url(${data})}`)];
  });
  return (await Promise.all(rules)).join("");
}

/** A file as an address that holds it. */
async function inPlace(url: URL): Promise<string> {
  const blob = await (await fetch(url)).blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
