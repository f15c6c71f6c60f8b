/** How a run went, at steps that depend on how far it went alone: the same link gives the same curve. */
export interface Curve {
  readonly steps: Float64Array;
  readonly loss: Float64Array;
  readonly testLoss: Float64Array;
  readonly accuracy: Float64Array;
  readonly testAccuracy: Float64Array;
}

export type CurvePoint = { readonly [K in keyof Curve]: number };

const most = 240;

/** Points at every so many steps at first; when they become many, every other one is dropped and twice as many steps lie between them. */
export class CurveRecorder {
  #points: CurvePoint[] = [];
  #every: number;

  constructor(every: number) {
    this.#every = every;
  }

  /** Whether a point belongs at this step. */
  wants(step: number): boolean {
    return step % this.#every === 0;
  }

  add(point: CurvePoint): void {
    this.#points.push(point);
    if (this.#points.length <= most) return;
    this.#every *= 2;
    this.#points = this.#points.filter(({ steps }) => steps % this.#every === 0);
  }

  /** All points, and last the one of `now`. */
  curve(now: CurvePoint): Curve {
    const points = this.#points.at(-1)?.steps === now.steps ? this.#points : [...this.#points, now];
    const column = (key: keyof Curve) => Float64Array.from(points, (point) => point[key]);
    return {
      steps: column("steps"),
      loss: column("loss"),
      testLoss: column("testLoss"),
      accuracy: column("accuracy"),
      testAccuracy: column("testAccuracy"),
    };
  }
}
