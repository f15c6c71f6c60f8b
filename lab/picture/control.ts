import { paintOf } from "./paint.js";
import { type Run, written } from "./text.js";

/** A number in a field, where the field shows it. */
export function typedRun(field: HTMLInputElement, box: DOMRect, style: CSSStyleDeclaration): Run {
  const probe = document.createElement("span");
  probe.textContent = field.value;
  probe.style.cssText = `position: absolute; white-space: pre; font: ${style.font}`;
  field.after(probe);
  const { width, height } = probe.getBoundingClientRect();
  probe.remove();
  const right = box.right - Number.parseFloat(style.paddingRight);
  return { text: field.value, box: new DOMRect(right - width, box.top + (box.height - height) / 2, width, height) };
}

/** Where a slider stands, or whether one of several choices is taken, as a plain drawing of the control. */
export function controlElements(field: HTMLInputElement, box: DOMRect, left: number, top: number): string {
  const color = paintOf(getComputedStyle(field).color)?.color ?? "none";
  const [x, cy] = [box.left - left, box.top - top + box.height / 2];
  if (field.type === "radio") {
    const cx = x + box.width / 2;
    const ring = `<circle ${written({ cx, cy, r: 6, fill: "none", stroke: color, "stroke-width": 1.2 })}/>`;
    return field.checked ? `${ring}<circle ${written({ cx, cy, r: 3.5, fill: color })}/>` : ring;
  }
  if (field.type !== "range") return "";
  const [least, most] = [Number(field.min), Number(field.max)];
  const share = (field.valueAsNumber - least) / (most - least);
  const cx = x + 7 + share * (box.width - 14);
  const line = { x1: x, x2: x + box.width, y1: cy, y2: cy, stroke: color, "stroke-opacity": 0.35, "stroke-width": 3 };
  return `<line ${written(line)}/><circle ${written({ cx, cy, r: 7, fill: color })}/>`;
}
