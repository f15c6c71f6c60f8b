import { createMemo, createSignal, Show } from "solid-js";
import { Figure } from "../components/figure.js";
import { FittedCanvas } from "../components/fitted-canvas.js";
import { NumberField } from "../components/number-field.js";
import { usePalette } from "../components/palette.js";
import { Segmented } from "../components/segmented.js";
import { useTexts } from "../model/context.js";
import { format } from "../model/format.js";
import type { PlaygroundState } from "../model/playground-state.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import { gridOver } from "../worker/plane.js";
import type { Opened, Snapshot } from "../worker/protocol.js";
import { unitSide } from "../worker/unit-side.js";
import { type EdgePlace, edgeAt, layOutDiagram } from "./diagram-layout.js";
import { drawDiagram } from "./draw-diagram.js";

interface DiagramProps {
  readonly opened: Opened;
  readonly snapshot: Snapshot;
  readonly edges: PlaygroundState["edges"];
  readonly setEdges: (edges: PlaygroundState["edges"]) => void;
  readonly setWeight: (name: string, index: number, value: number) => void;
}

/** The network as it is now: every weight a line, every unit a picture. */
export function Diagram(props: DiagramProps) {
  const t = useTexts({ en, zh });
  const palette = usePalette();
  const [pointed, setPointed] = createSignal<EdgePlace>();
  const [chosen, setChosen] = createSignal<EdgePlace>();
  const [width, setWidth] = createSignal(600);
  const widths = createMemo(() => {
    const { opened, snapshot } = props;
    const inner = snapshot.look.layers.map(({ layer }) => snapshot.look.weights.get(`b[${layer}]`)?.length ?? 0);
    return [opened.inputs, ...inner];
  });
  const classes = () => {
    const { target } = props.opened.split.training;
    return target.kind === "class" ? target.classes : [];
  };
  const plane = createMemo(() => {
    const { square, split } = props.opened;
    if (square === undefined || props.snapshot.units.length === 0) return undefined;
    const middle = { ...square, x: -square.size / 2, y: -square.size / 2 };
    return split.training.inputs === 2 ? gridOver(middle, unitSide) : undefined;
  });
  const layout = createMemo(() => layOutDiagram(widths(), width()));
  /** What is pointed at, or else chosen, as long as the network still has it. */
  const shown = () => {
    const edge = pointed() ?? chosen();
    return edge !== undefined && layout().edges.some((own) => own.layer === edge.layer && own.index === edge.index)
      ? edge
      : undefined;
  };
  const value = (edge: EdgePlace, of: "weights" | "gradients") =>
    props.snapshot.look[of].get(`W[${edge.layer}]`)?.[edge.index] ?? 0;
  const nameOf = (layer: number, unit: number) =>
    layer === 0
      ? t().input(props.opened.split.training.featureNames?.[unit] ?? String(unit + 1))
      : t().unit(layer, unit + 1);
  return (
    <Figure
      caption={
        <>
          {t().diagramCaption}
          <span class="screen-only">{t().gap + t().diagramUse}</span>
          {[plane() === undefined ? t().diagramMeans : t().diagramPlane, t().diagramIdle].map((one) => t().gap + one)}
        </>
      }
    >
      <div class="figure-head">
        <h2 class="small-title">{t().diagram}</h2>
        <Segmented
          label={t().edges}
          bare
          value={props.edges}
          choices={(["weights", "gradients"] as const).map((kind) => ({ value: kind, label: t().edgeKinds[kind] }))}
          onChange={(edges) => props.setEdges(edges)}
        />
      </div>
      <FittedCanvas
        class="diagram"
        save="network"
        label={t().diagramLabel(widths().join(" – "))}
        height={(wide) => {
          setWidth(wide);
          return layout().height;
        }}
        draw={(context) =>
          drawDiagram(
            context,
            layout(),
            {
              snapshot: props.snapshot,
              widths: widths(),
              edges: props.edges,
              lit: shown(),
              plane: plane(),
              classes: classes(),
            },
            palette(),
          )
        }
        onPoint={(at) => setPointed(at && edgeAt(layout(), at.x, at.y))}
        onPress={(at) => setChosen(edgeAt(layout(), at.x, at.y))}
      />
      <div class="edge-reading">
        <Show when={shown()} fallback={<span class="screen-only">{t().noEdge}</span>}>
          {(edge) => (
            <>
              <span>{t().from(nameOf(edge().layer, edge().to), nameOf(edge().layer - 1, edge().from))}</span>
              <span>
                {t().weight}{" "}
                <b classList={{ positive: value(edge(), "weights") > 0, negative: value(edge(), "weights") < 0 }}>
                  {format(value(edge(), "weights"), 4)}
                </b>
              </span>
              <span>
                {t().gradient}{" "}
                <b classList={{ positive: value(edge(), "gradients") > 0, negative: value(edge(), "gradients") < 0 }}>
                  {format(value(edge(), "gradients"), 4)}
                </b>
              </span>
            </>
          )}
        </Show>
        <Show when={pointed() === undefined && shown()}>
          {(edge) => (
            <NumberField
              label={t().change}
              value={Number(value(edge(), "weights").toPrecision(4))}
              onChange={(next) => props.setWeight(`W[${edge().layer}]`, edge().index, next)}
            />
          )}
        </Show>
      </div>
    </Figure>
  );
}
