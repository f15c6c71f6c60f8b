import { createEffect, createSignal, Show } from "solid-js";
import { channels, mix, usePalette } from "./palette.js";

interface HeatmapProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly rows: number;
  readonly cols: number;
  /** Row-major. */
  readonly values: ArrayLike<number>;
  /** The size of value that gets the full color (the largest there is). */
  readonly limit?: number;
  /** `signs`: negative and positive in their colors; `ink`: 0 is paper, `limit` is ink. */
  readonly scale?: "signs" | "ink";
  /** What is said of a cell under the pointer. */
  readonly describe?: (row: number, col: number, value: number) => string;
  readonly onHover?: (at: { row: number; col: number } | undefined) => void;
}

/** Many numbers as colors, on a canvas: one pixel a number, enlarged without smoothing. */
export function Heatmap(props: HeatmapProps) {
  let canvas!: HTMLCanvasElement;
  const palette = usePalette();
  const [at, setAt] = createSignal<{ row: number; col: number }>();
  createEffect(() => {
    const { rows, cols, values } = props;
    const context = canvas.getContext("2d");
    if (context === null || rows === 0 || cols === 0) return;
    canvas.width = cols;
    canvas.height = rows;
    context.putImageData(paint(), 0, 0);

    function paint(): ImageData {
      const image = new ImageData(cols, rows);
      const { paper, ink, positive, negative } = palette();
      const [from, up, down] = [channels(paper), channels(props.scale === "ink" ? ink : positive), channels(negative)];
      let limit = props.limit ?? 0;
      if (props.limit === undefined)
        for (let i = 0; i < values.length; i++) limit = Math.max(limit, Math.abs(values[i] as number));
      for (let i = 0; i < rows * cols; i++) {
        const value = values[i] as number;
        const share = Number.isFinite(value) ? Math.min(1, Math.abs(value) / (limit || 1)) : 1;
        image.data.set([...mix(from, value < 0 ? down : up, share), 255], 4 * i);
      }
      return image;
    }
  });
  const move = (event: PointerEvent) => {
    const box = canvas.getBoundingClientRect();
    const row = Math.min(props.rows - 1, Math.floor(((event.clientY - box.top) / box.height) * props.rows));
    const col = Math.min(props.cols - 1, Math.floor(((event.clientX - box.left) / box.width) * props.cols));
    setAt({ row, col });
    props.onHover?.({ row, col });
  };
  const leave = () => {
    setAt(undefined);
    props.onHover?.(undefined);
  };
  return (
    <div class="heatmap">
      <canvas
        ref={canvas}
        role="img"
        aria-label={props.label}
        style={{ "aspect-ratio": `${props.cols} / ${props.rows}` }}
        onPointerMove={move}
        onPointerLeave={leave}
      />
      <Show when={props.describe}>
        {(describe) => (
          <p class="reading" aria-hidden="true">
            <Show when={at()} fallback={"\u00a0"}>
              {(cell) =>
                describe()(cell().row, cell().col, props.values[cell().row * props.cols + cell().col] as number)
              }
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}
