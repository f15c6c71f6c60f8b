import { For } from "solid-js";

/** A small network: x (2) → hidden (3) → output (1), with weights of both signs. */
const layers = [
  { x: 40, ys: [70, 170] },
  { x: 180, ys: [30, 120, 210] },
  { x: 320, ys: [120] },
];
const weights = [
  [1.4, -0.8, 0.5, 1.1, -1.5, 0.9],
  [1.2, -1.6, 0.7],
];

const edges = weights.flatMap((row, layer) => {
  const [from, to] = [layers[layer], layers[layer + 1]] as [(typeof layers)[0], (typeof layers)[0]];
  return row.map((weight, i) => ({
    weight,
    layer,
    x1: from.x,
    y1: from.ys[i % from.ys.length] as number,
    x2: to.x,
    y2: to.ys[Math.floor(i / from.ys.length)] as number,
  }));
});

/** The network of the first page; numbers seem to run along its edges, forward and then back. */
export function HomePicture(props: { readonly label: string }) {
  return (
    <svg class="home-picture" viewBox="0 0 360 240" role="img" aria-label={props.label}>
      <For each={edges}>
        {({ weight, layer, ...ends }) => (
          <>
            <line
              {...ends}
              class={weight > 0 ? "edge positive" : "edge negative"}
              stroke-width={1 + 2 * Math.abs(weight)}
            />
            <line {...ends} class="pulse forward" style={{ "animation-delay": `${layer * 0.9}s` }} />
            <line {...ends} class="pulse backward" style={{ "animation-delay": `${2.6 + (1 - layer) * 0.9}s` }} />
          </>
        )}
      </For>
      <For each={layers.flatMap(({ x, ys }) => ys.map((y) => ({ x, y })))}>
        {({ x, y }) => <circle cx={x} cy={y} r="15" />}
      </For>
    </svg>
  );
}
