import { channels, mix, type Palette } from "../components/palette.js";
import type { Snapshot } from "../worker/protocol.js";
import { unitSide } from "../worker/unit-side.js";
import type { DiagramLayout, EdgePlace, NodePlace } from "./diagram-layout.js";

export interface DiagramData {
  readonly snapshot: Snapshot;
  readonly widths: readonly number[];
  readonly edges: "weights" | "gradients";
  readonly lit: EdgePlace | undefined;
  /** What the outputs stand for; empty where they are numbers. */
  readonly classes: readonly string[];
  /** The plane itself: what the two inputs are at each point. */
  readonly plane: Float32Array | undefined;
}

/** Draws edges by sign and size, units as what they say to the plane, and marks of units that hardly learn. */
export function drawDiagram(
  context: CanvasRenderingContext2D,
  layout: DiagramLayout,
  data: DiagramData,
  palette: Palette,
): void {
  context.clearRect(0, 0, layout.width, layout.height);
  drawEdges(context, layout, data, palette);
  for (const node of layout.nodes) drawNode(context, layout, node, data, palette);
}

function drawEdges(
  context: CanvasRenderingContext2D,
  { edges, radius }: DiagramLayout,
  data: DiagramData,
  palette: Palette,
): void {
  const { snapshot, lit } = data;
  const tensors = data.edges === "weights" ? snapshot.look.weights : snapshot.look.gradients;
  const largest = new Map<number, number>();
  for (const { layer, index } of edges) {
    const size = Math.abs(tensors.get(`W[${layer}]`)?.[index] ?? 0);
    largest.set(layer, Math.max(largest.get(layer) ?? 0, Number.isFinite(size) ? size : 0));
  }
  context.lineCap = "round";
  for (const edge of edges) {
    const value = tensors.get(`W[${edge.layer}]`)?.[edge.index] ?? 0;
    const share = Math.min(1, Math.abs(value) / (largest.get(edge.layer) || 1));
    const isLit = lit !== undefined && lit.layer === edge.layer && lit.index === edge.index;
    context.globalAlpha = isLit ? 1 : 0.12 + 0.78 * share;
    context.lineWidth = (isLit ? 2 : 0.6) + 3.4 * share;
    context.strokeStyle = isLit ? palette.accent : value < 0 ? palette.negative : palette.positive;
    const [x1, x2] = [edge.a.x + radius, edge.b.x - radius];
    const middle = (x1 + x2) / 2;
    context.beginPath();
    context.moveTo(x1, edge.a.y);
    context.bezierCurveTo(middle, edge.a.y, middle, edge.b.y, x2, edge.b.y);
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawNode(
  context: CanvasRenderingContext2D,
  { radius }: DiagramLayout,
  node: NodePlace,
  data: DiagramData,
  palette: Palette,
): void {
  const { x, y, layer, unit } = node;
  const units = data.widths[layer] as number;
  if (unit === undefined) {
    context.fillStyle = palette.soft;
    context.font = `${Math.max(10, radius * 0.8)}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText("⋮", x, y);
    return;
  }
  context.fillStyle = palette.paper;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  const look = data.snapshot.look.layers[layer - 1];
  const plane = layer === 0 ? data.plane : data.snapshot.units[layer - 1];
  if (plane !== undefined)
    context.drawImage(pictureOf(plane, unit, units, palette), x - radius, y - radius, 2 * radius, 2 * radius);
  else if (look !== undefined) {
    const largest = Math.max(...look.means.map(Math.abs)) || 1;
    const mean = look.means[unit] ?? 0;
    context.globalAlpha = Math.abs(mean) / largest;
    context.fillStyle = mean < 0 ? palette.negative : palette.positive;
    context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    context.globalAlpha = 1;
  }
  if (layer === data.widths.length - 1 && data.classes.length > 0) drawClass(context, node, radius, data, palette);
  const dead = layer > 0 && look?.dead.includes(unit);
  const saturated = layer > 0 && look?.saturated.includes(unit);
  context.strokeStyle = dead || saturated ? palette.accent : palette.soft;
  context.lineWidth = dead || saturated ? 2.5 : 1;
  context.setLineDash(saturated ? [3, 3] : []);
  context.strokeRect(x - radius, y - radius, 2 * radius, 2 * radius);
  context.setLineDash([]);
  if (dead) {
    context.beginPath();
    context.moveTo(x - radius, y - radius);
    context.lineTo(x + radius, y + radius);
    context.moveTo(x + radius, y - radius);
    context.lineTo(x - radius, y + radius);
    context.stroke();
  }
}

/** The class of an output: its color in the plane, its name elsewhere. */
function drawClass(
  context: CanvasRenderingContext2D,
  { x, y, unit }: NodePlace,
  radius: number,
  { classes, plane }: DiagramData,
  palette: Palette,
): void {
  if (plane !== undefined) {
    context.fillStyle = palette.classes[(unit ?? 0) % palette.classes.length] as string;
    context.fillRect(x + radius - 4, y - radius, 4, 2 * radius);
    return;
  }
  context.fillStyle = palette.ink;
  context.font = `600 ${radius}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(classes[unit ?? 0] ?? "", x, y, 2 * radius - 4);
}

let scratch: HTMLCanvasElement | undefined;

/** A unit's output over the plane, in the colors of signs, as large as it gets. */
function pictureOf(plane: Float32Array, unit: number, units: number, palette: Palette): HTMLCanvasElement {
  scratch ??= document.createElement("canvas");
  const canvas = scratch;
  canvas.width = unitSide;
  canvas.height = unitSide;
  const image = new ImageData(unitSide, unitSide);
  const [paper, up, down] = [channels(palette.paper), channels(palette.positive), channels(palette.negative)];
  let largest = 0;
  for (let i = unit; i < plane.length; i += units) largest = Math.max(largest, Math.abs(plane[i] as number));
  for (let point = 0; point < unitSide * unitSide; point++) {
    const value = plane[point * units + unit] as number;
    const [red, green, blue] = mix(paper, value < 0 ? down : up, Math.min(1, Math.abs(value) / (largest || 1)));
    image.data[4 * point] = red;
    image.data[4 * point + 1] = green;
    image.data[4 * point + 2] = blue;
    image.data[4 * point + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}
