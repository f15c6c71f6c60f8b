import type { Text } from "../language/index.js";

// The charts of `src/plot` with a text in every language where the picture will have a string of one.

export interface ChartAxis {
  readonly label: Text;
  readonly scale?: "linear" | "log";
  readonly format?: "plain" | "percent";
  readonly from?: number;
  readonly to?: number;
}

interface Styled {
  readonly name: Text;
  readonly color?: number;
  readonly quiet?: boolean;
}

export interface ChartSeries extends Styled {
  readonly x: readonly number[];
  readonly values: readonly number[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  readonly dashed?: boolean;
}

export type Panel =
  | {
      readonly kind: "lines";
      readonly title?: Text;
      readonly x: ChartAxis;
      readonly y: ChartAxis;
      readonly series: readonly ChartSeries[];
      readonly marks?: readonly { readonly at: number; readonly name: Text }[];
      readonly height?: number;
    }
  | {
      readonly kind: "bars";
      readonly title?: Text;
      readonly format?: "plain" | "percent";
      readonly unit?: string;
      readonly scale?: "linear" | "log";
      readonly bars: readonly (Styled & {
        readonly value: number;
        readonly low?: number;
        readonly high?: number;
        readonly note?: Text;
      })[];
    }
  | {
      readonly kind: "heat";
      readonly title?: Text;
      readonly rows: { readonly label: Text; readonly names: readonly Text[] };
      readonly columns: { readonly label: Text; readonly names: readonly Text[] };
      readonly values: readonly number[];
      readonly texts?: readonly string[];
      readonly format?: "plain" | "percent";
      readonly from?: number;
      readonly to?: number;
    }
  | {
      readonly kind: "plane";
      readonly title?: Text;
      readonly x: ChartAxis;
      readonly y: ChartAxis;
      readonly contours: readonly (readonly (readonly [number, number])[])[];
      readonly paths: readonly (Styled & { readonly points: readonly (readonly [number, number])[] })[];
      readonly goal?: readonly [number, number];
      readonly height?: number;
    };

/** A picture that makes one point: its title is the finding. */
export interface Chart {
  readonly title: Text;
  readonly subtitle?: Text;
  readonly note?: Text;
  readonly panels: readonly Panel[];
  readonly columns?: number;
}
