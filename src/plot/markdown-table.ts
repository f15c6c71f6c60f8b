/** A table in GitHub's Markdown; cells may hold images and formulas. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", "<br>")).join(" | ")} |`;
  const rule = head.map((_, column) => (right.includes(column) ? "---:" : "---"));
  return `${[line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n")}\n`;
}
