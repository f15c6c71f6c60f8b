import type { Split, Text } from "../../src/index.js";
import type { Pin } from "../model/pin.js";
import type { RunSettings } from "../model/playground-state.js";
import type { Boundary } from "./boundary.js";
import type { Curve } from "./curve.js";
import type { Finding } from "./diagnosis.js";
import type { Square } from "./plane.js";
import type { Look } from "./scope.js";

/** What the page asks of the worker. Each `open` begins a new run; answers carry its number, so that late ones are known. */
export type Request =
  | {
      readonly type: "open";
      readonly run: number;
      readonly settings: RunSettings;
      readonly own?: Split | undefined;
      /** Steps to take before the first snapshot. */
      readonly steps: number;
      /** A run to compare with, to be trained again. */
      readonly pin?: Pin | undefined;
    }
  /** `pace`: steps a second; no limit when left out. */
  | { readonly type: "run"; readonly pace?: number | undefined }
  | { readonly type: "pause" }
  | { readonly type: "step"; readonly count: number }
  /** A weight changed by hand, at whatever step the run has reached. */
  | { readonly type: "edit"; readonly name: string; readonly index: number; readonly value: number }
  | { readonly type: "ask"; readonly id: number; readonly question: Question };

export type Question =
  | { readonly about: "model" }
  | { readonly about: "onnx" }
  /** One example of raw features. */
  | { readonly about: "example"; readonly features: readonly number[] };

/** What each layer makes of one example, and the probabilities (or numbers) at the end. */
export interface Passage {
  readonly layers: readonly Float64Array[];
  readonly result: Float64Array;
}

export interface Answers {
  readonly model: Uint8Array<ArrayBuffer>;
  readonly onnx: Uint8Array<ArrayBuffer>;
  readonly example: Passage;
}

/** Loss and accuracy of one set, as told to the page. */
export interface Score {
  readonly loss: number;
  /** NaN where numbers are predicted. */
  readonly accuracy: number;
}

/** A training at one moment. */
export interface Snapshot {
  readonly steps: number;
  readonly epoch: number;
  readonly training: Score;
  readonly test: Score;
  readonly curve: Curve;
  readonly look: Look;
  readonly boundary?: Boundary | undefined;
  /** Per layer (points × units); empty when units are not drawn. */
  readonly units: readonly Float32Array[];
  /** Of the test set, true class by row; empty where numbers are predicted. */
  readonly confusion: Int32Array;
  /** The class each test example is taken for. */
  readonly named: Uint8Array;
  readonly findings: readonly Finding[];
  readonly diverged: boolean;
  /** Steps a second while it ran; 0 before. */
  readonly speed: number;
}

/** What a run is about, said once. */
export interface Opened {
  readonly inputs: number;
  readonly outputs: number;
  /** Batches in an epoch. */
  readonly batches: number;
  readonly split: Split;
  readonly square?: Square | undefined;
  /** Learned numbers. */
  readonly weights: number;
}

export type Reply =
  | { readonly type: "opened"; readonly run: number; readonly opened: Opened }
  | { readonly type: "progress"; readonly run: number; readonly steps: number; readonly of: number }
  | { readonly type: "snapshot"; readonly run: number; readonly snapshot: Snapshot; readonly running: boolean }
  | {
      readonly type: "pinned";
      readonly run: number;
      readonly curve: Curve;
      readonly training: Score;
      readonly test: Score;
    }
  /** All weights changed by hand so far, as in a link. */
  | { readonly type: "edited"; readonly run: number; readonly edits: string }
  | { readonly type: "failed"; readonly run: number; readonly text: Text }
  | { readonly type: "answer"; readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly type: "no-answer"; readonly id: number; readonly text: Text };
