export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A heading with what stands below it, or nothing where there is nothing to say. */
export function section(title: string, content: string): string {
  return content === "" ? "" : `<section>\n<h2>${escapeHtml(title)}</h2>\n${content}\n</section>`;
}

export function htmlTable(rows: readonly (readonly string[])[], caption: string): string {
  const [header = [], ...body] = rows;
  const head = header.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const lines = body.map(([first = "", ...rest]) => {
    const cells = rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${escapeHtml(first)}</th>${cells}</tr>`;
  });
  return `<div class="scroll" tabindex="0"><table><caption>${escapeHtml(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>${lines.join("\n")}</tbody></table></div>`;
}

export const style = `
:root{color-scheme:light dark;--ink:#1f2328;--faint:#59636e;--line:#d1d9e0;--paper:#fff;--good:26,127,55;--bad:188,76,0}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--faint:#9198a1;--line:#3d444d;--paper:#0d1117;--good:63,185,80;--bad:240,136,62}}
body{margin:0 auto;max-width:1120px;padding:16px;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6em;line-height:1.25}h2{font-size:1.2em;margin:1.6em 0 .5em}
.result{font-size:1.15em;font-weight:600}
dl{display:grid;grid-template-columns:minmax(5.5em,max-content) 1fr;gap:.3em 1.2em;margin:0}dt{color:var(--faint)}dd{margin:0}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:16px}.charts svg{width:100%;height:auto}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;overflow-wrap:normal}caption{text-align:left;color:var(--faint);padding-bottom:.4em}
th,td{padding:.25em .6em;border:1px solid var(--line);text-align:right;white-space:nowrap}th:first-child{text-align:left}
td.good{background:rgba(var(--good),var(--share))}td.bad{background:rgba(var(--bad),var(--share))}
.digits{display:flex;flex-wrap:wrap;gap:16px;padding:0;list-style:none}.digits svg{display:block;width:84px;height:84px;border:1px solid var(--line)}
pre{white-space:pre-wrap;border:1px solid var(--line);border-radius:6px;padding:.7em}`;
