/** The page's style sheet: one column, readable from 360 pixels, light and dark. */
export const style = `
:root{--paper:#fff;--ink:#1f2328;--faint:#59636e;--line:#d1d9e0;--positive:#0550ae;--negative:#953800;--right:#1a7f37;--wrong:#cf222e;--card:#f6f8fa}
@media(prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--faint:#9198a1;--line:#3d444d;--positive:#79c0ff;--negative:#ffa657;--right:#3fb950;--wrong:#ff7b72;--card:#151b23}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
body{margin:0 auto;max-width:52rem;padding:1rem}
h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:2.5rem 0 1rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
h3{font-size:1.125rem;margin:0 0 .5rem}
h3 small{font-weight:400;font-size:.875rem;color:var(--faint);margin-left:.5rem}
p{margin:.5rem 0}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin-top:1rem}
a{color:var(--positive)}
article{border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:1rem 0}
.scroll{overflow-x:auto;padding:.375rem .125rem}
.scroll:focus-visible{outline:2px solid var(--positive);border-radius:.25rem}
math{font-size:1.05em}
.aligned{display:grid;grid-template-columns:max-content max-content;gap:.375rem .375rem;align-items:baseline;width:max-content}
.scroll math[display=block]{text-align:left;margin:0}
.value{display:flex;align-items:center;gap:.5rem;width:max-content}
.matrix{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9375rem;color:var(--faint);background:linear-gradient(var(--faint) 0 0) 0 0/.375rem 2px,linear-gradient(var(--faint) 0 0) 0 100%/.375rem 2px,linear-gradient(var(--faint) 0 0) 100% 0/.375rem 2px,linear-gradient(var(--faint) 0 0) 100% 100%/.375rem 2px;background-repeat:no-repeat;border-left:2px solid var(--faint);border-right:2px solid var(--faint)}
.matrix.single{border:0;background:none}
.matrix td{padding:.125rem .5rem;text-align:right;white-space:nowrap}
.positive{color:var(--positive)}
.negative{color:var(--negative)}
.list{border-collapse:collapse}
.list th{text-align:left;font-weight:600;color:var(--faint)}
.list th,.list td{padding:.25rem 1.25rem .25rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
.note{font-size:.875rem;color:var(--faint);white-space:pre-wrap}
.right::first-letter{color:var(--right)}
.wrong{color:var(--wrong)}
code{background:var(--card);border-radius:.25rem;padding:.0625rem .25rem}
@media print{article{break-inside:avoid}nav{display:none}}
`;
