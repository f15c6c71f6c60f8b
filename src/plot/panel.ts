/** How numbers are written on an axis, in a cell, behind a bar. */
export type NumberFormat = "plain" | "percent";

export interface Axis {
  readonly label: string;
  /** On a logarithmic axis equal factors take equal room; only for numbers above 0. */
  readonly scale?: "linear" | "log";
  readonly format?: NumberFormat;
  /** The range to show at least. */
  readonly from?: number;
  readonly to?: number;
}

/** What is shown of a series: in a color of its own, or in the background to compare with. */
interface Styled {
  readonly name: string;
  /** Which color (its position when left out). */
  readonly color?: number;
  readonly quiet?: boolean;
}

export interface LineSeries extends Styled {
  readonly x: readonly number[];
  /** One for each x; what is not finite leaves a gap. */
  readonly values: readonly number[];
  /** A band around the curve. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  readonly dashed?: boolean;
}

/** Curves over an axis, each named beside its end. */
export interface LinesPanel {
  readonly kind: "lines";
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
  /** Values to compare with, as lines across. */
  readonly marks?: readonly { readonly at: number; readonly name: string }[];
  readonly height?: number;
}

export interface Bar extends Styled {
  readonly value: number;
  /** The ends of a whisker. */
  readonly low?: number;
  readonly high?: number;
  /** Said behind the value. */
  readonly note?: string;
}

/** Lying bars from 0, each with its name above or beside it and its value behind. */
export interface BarsPanel {
  readonly kind: "bars";
  readonly title?: string;
  readonly format?: NumberFormat;
  readonly unit?: string;
  readonly bars: readonly Bar[];
  /** Lengths go by the logarithm from the smallest power of ten. */
  readonly scale?: "linear" | "log";
}

/** A table of numbers as shades: the larger the darker. */
export interface HeatPanel {
  readonly kind: "heat";
  readonly title?: string;
  readonly rows: { readonly label: string; readonly names: readonly string[] };
  readonly columns: { readonly label: string; readonly names: readonly string[] };
  /** Row-major; what is not finite is crossed out. */
  readonly values: readonly number[];
  /** What stands in each cell instead of its number. */
  readonly texts?: readonly string[];
  readonly format?: NumberFormat;
  readonly from?: number;
  readonly to?: number;
}

export interface PlanePath extends Styled {
  readonly points: readonly (readonly [number, number])[];
}

/** Paths in a plane over lines of equal height. */
export interface PlanePanel {
  readonly kind: "plane";
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly contours: readonly (readonly (readonly [number, number])[])[];
  readonly paths: readonly PlanePath[];
  /** Where the paths lead. */
  readonly goal?: readonly [number, number];
  readonly height?: number;
}

export type Panel = LinesPanel | BarsPanel | HeatPanel | PlanePanel;

/** A picture that makes one point: its title is the finding. */
export interface Figure {
  readonly title: string;
  readonly subtitle?: string;
  /** Small print below: source, seeds, how it was measured. */
  readonly note?: string;
  readonly panels: readonly Panel[];
  /** Panels beside each other (1). */
  readonly columns?: number;
}
