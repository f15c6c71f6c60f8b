import { elided } from "../components/elided.js";

/** A unit's place: `unit` is its number from 0, undefined for the mark of units left out. */
export interface NodePlace {
  readonly layer: number;
  readonly unit: number | undefined;
  readonly x: number;
  readonly y: number;
}

/** A weight's place: W[layer], row `to`, column `from`. */
export interface EdgePlace {
  readonly layer: number;
  readonly to: number;
  readonly from: number;
  readonly index: number;
  readonly a: NodePlace;
  readonly b: NodePlace;
}

export interface DiagramLayout {
  readonly width: number;
  readonly height: number;
  /** Half the side of a unit. */
  readonly radius: number;
  readonly nodes: readonly NodePlace[];
  readonly edges: readonly EdgePlace[];
}

const mostUnits = 9;

/** Where units and weights are drawn: a column a layer, the middle of long columns left out. */
export function layOutDiagram(widths: readonly number[], width: number): DiagramLayout {
  const columns = widths.map((units) => elided(units, mostUnits));
  const tallest = Math.max(...columns.map((column) => column.length));
  const radius = Math.max(9, Math.min(20, width / (4.2 * widths.length)));
  const pitch = 2 * radius + 10;
  const height = tallest * pitch + 16;
  const margin = radius + 4;
  const gap = widths.length === 1 ? 0 : (width - 2 * margin) / (widths.length - 1);
  const nodes = columns.flatMap((column, layer) =>
    column.map(
      (unit, i): NodePlace => ({
        layer,
        unit,
        x: margin + layer * gap,
        y: height / 2 + (i - (column.length - 1) / 2) * pitch,
      }),
    ),
  );
  const edges = nodes.flatMap((b) =>
    nodes.flatMap((a): EdgePlace[] => {
      if (a.layer !== b.layer - 1 || a.unit === undefined || b.unit === undefined) return [];
      return [{ layer: b.layer, to: b.unit, from: a.unit, index: b.unit * (widths[a.layer] as number) + a.unit, a, b }];
    }),
  );
  return { width, height, radius, nodes, edges };
}

/** The edge nearest to a point, if it is near. */
export function edgeAt({ edges, radius }: DiagramLayout, x: number, y: number): EdgePlace | undefined {
  let [nearest, best]: [EdgePlace | undefined, number] = [undefined, 7];
  for (const edge of edges) {
    const [from, to] = [edge.a.x + radius, edge.b.x - radius];
    if (x < from || x > to) continue;
    const along = alongCurve((x - from) / (to - from));
    const rise = edge.b.y - edge.a.y;
    const curveY = edge.a.y + rise * (3 * along ** 2 - 2 * along ** 3);
    const slope = (rise * 6 * along * (1 - along)) / (to - from);
    const distance = Math.abs(y - curveY) / Math.hypot(1, slope);
    if (distance < best) [nearest, best] = [edge, distance];
  }
  return nearest;
}

/** The parameter t at which the curve drawn (controls in the middle) has gone the share `x` of its way across; by halving. */
function alongCurve(x: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 12; i++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < x) low = t;
    else high = t;
  }
  return (low + high) / 2;
}
