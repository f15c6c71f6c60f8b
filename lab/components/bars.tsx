import { For } from "solid-js";
import type { Histogram } from "../worker/histogram.js";

interface BarsProps {
  readonly label: string;
  readonly histogram: Histogram;
}

const [width, height] = [240, 64];

/** A small histogram: bins below 0 and above it in the colors of signs, a line at 0. */
export function Bars(props: BarsProps) {
  const most = () => Math.max(1, ...props.histogram.counts);
  const bin = () => width / props.histogram.counts.length;
  const middle = (i: number) => {
    const { low, high, counts } = props.histogram;
    return low + ((i + 0.5) * (high - low)) / counts.length;
  };
  const zero = () => {
    const { low, high } = props.histogram;
    return high > low ? (-low / (high - low)) * width : -1;
  };
  return (
    <svg class="bars" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={props.label} preserveAspectRatio="none">
      <For each={Array.from(props.histogram.counts)}>
        {(count, i) => (
          <rect
            x={i() * bin() + 0.5}
            width={bin() - 1}
            y={height - (count / most()) * height}
            height={(count / most()) * height}
            class={middle(i()) < 0 ? "negative" : "positive"}
          />
        )}
      </For>
      <line
        x1={zero()}
        x2={zero()}
        y1="0"
        y2={height}
        visibility={zero() >= 0 && zero() <= width ? "visible" : "hidden"}
      />
    </svg>
  );
}
