import { createMemo, For } from "solid-js";
import { reach } from "../../model/activations-state.js";
import { format } from "../../model/format.js";

interface CurvePictureProps {
  /** What is drawn, read out with the value. */
  readonly label: string;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly x: number;
  readonly y: number;
  /** Slope of the tangent; none is drawn when left out. */
  readonly slope?: number;
  readonly kind: "value" | "derivative";
  readonly onMove: (x: number) => void;
}

const width = 460;
const height = 260;
const pad = { left: 42, right: 12, top: 12, bottom: 22 };

/** A curve with a point that pointer and arrow keys move along it. */
export function CurvePicture(props: CurvePictureProps) {
  let svg!: SVGSVGElement;
  const range = createMemo(() => {
    let [low, high] = [0, 1];
    for (let i = 0; i < props.ys.length; i++) {
      low = Math.min(low, props.ys[i] as number);
      high = Math.max(high, props.ys[i] as number);
    }
    const room = 0.06 * (high - low);
    return [low - room, high + room] as const;
  });
  const sx = (x: number) => pad.left + ((x + reach) / (2 * reach)) * (width - pad.left - pad.right);
  const sy = (y: number) => {
    const [low, high] = range();
    return height - pad.bottom - ((y - low) / (high - low)) * (height - pad.top - pad.bottom);
  };
  const path = createMemo(() =>
    Array.from(
      props.xs,
      (x, i) => `${i === 0 ? "M" : "L"}${sx(x).toFixed(1)} ${sy(props.ys[i] as number).toFixed(1)}`,
    ).join(""),
  );
  const ticks = createMemo(() => {
    const [low, high] = range();
    const step = [0.25, 0.5, 1, 2].find((one) => (high - low) / one <= 5) ?? 4;
    const first = Math.ceil(low / step);
    return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
  });
  const move = (event: PointerEvent) => {
    if (event.buttons === 0) return;
    const box = svg.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * width;
    set(((at - pad.left) / (width - pad.left - pad.right)) * 2 * reach - reach);
  };
  const set = (x: number) => props.onMove(Math.min(reach, Math.max(-reach, Math.round(x * 100) / 100)));
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -0.1, ArrowDown: -0.1, ArrowRight: 0.1, ArrowUp: 0.1, PageDown: -1, PageUp: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(props.x + by);
  };
  const tangent = () => {
    const slope = props.slope ?? 0;
    const [low, high] = range();
    // As long on the screen whatever the slope.
    const perX = (width - pad.left - pad.right) / (2 * reach);
    const perY = (height - pad.top - pad.bottom) / (high - low);
    const dx = 90 / Math.hypot(perX, slope * perY);
    return { x1: sx(props.x - dx), y1: sy(props.y - slope * dx), x2: sx(props.x + dx), y2: sy(props.y + slope * dx) };
  };
  return (
    <div
      class={`curve-picture ${props.kind}`}
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={-reach}
      aria-valuemax={reach}
      aria-valuenow={props.x}
      aria-valuetext={`x = ${format(props.x)}, ${format(props.y, 4)}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={move}
      onKeyDown={press}
    >
      <svg ref={svg} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <For each={ticks()}>
          {(tick) => (
            <>
              <line
                class="rule"
                classList={{ zero: tick === 0 }}
                x1={pad.left}
                x2={width - pad.right}
                y1={sy(tick)}
                y2={sy(tick)}
              />
              <text x={pad.left - 6} y={sy(tick) + 4} text-anchor="end">
                {format(tick)}
              </text>
            </>
          )}
        </For>
        <line class="rule zero" x1={sx(0)} x2={sx(0)} y1={pad.top} y2={height - pad.bottom} />
        <For each={[-6, -4, -2, 0, 2, 4, 6]}>
          {(tick) => (
            <text x={sx(tick)} y={height - 6} text-anchor="middle">
              {format(tick)}
            </text>
          )}
        </For>
        <path class="curve" d={path()} />
        {props.slope !== undefined && <line class="tangent" {...tangent()} />}
        <line class="drop" x1={sx(props.x)} x2={sx(props.x)} y1={sy(0)} y2={sy(props.y)} />
        <circle cx={sx(props.x)} cy={sy(props.y)} r={7} />
      </svg>
    </div>
  );
}
