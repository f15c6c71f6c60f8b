import { createMemo } from "solid-js";
import { Figure } from "../components/figure.js";
import { FittedCanvas } from "../components/fitted-canvas.js";
import { Legend } from "../components/legend.js";
import { channels, mix, type Palette, usePalette } from "../components/palette.js";
import { useTexts } from "../model/context.js";
import { percent } from "../model/format.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import type { Boundary as BoundaryData } from "../worker/boundary.js";
import type { Opened, Snapshot } from "../worker/protocol.js";

interface BoundaryProps {
  readonly opened: Opened;
  readonly snapshot: Snapshot;
  readonly tests: boolean;
  readonly setTests: (tests: boolean) => void;
}

/** The plane as the network divides it, with the examples on it. */
export function Boundary(props: BoundaryProps) {
  const t = useTexts({ en, zh });
  const palette = usePalette();
  const picture = createMemo(() => props.snapshot.boundary && paint(props.snapshot.boundary, palette()));
  const legend = () =>
    classesOf(props.opened).map((name, i) => ({
      name: t().className(name),
      color: palette().classes[i % 10] as string,
    }));
  return (
    <Figure caption={t().boundaryCaption}>
      <div class="figure-head">
        <h2 class="small-title">{t().boundary}</h2>
      </div>
      <FittedCanvas
        class="boundary"
        save="boundary"
        label={t().boundaryLabel(props.opened.outputs, percent(props.snapshot.test.accuracy))}
        height={(width) => width}
        draw={(context, width) => {
          const image = picture();
          if (image === undefined) return;
          context.imageSmoothingEnabled = true;
          context.drawImage(image, 0, 0, width, width);
          drawPoints(context, width, props.opened, props.tests, palette());
        }}
      />
      <div class="legend">
        <Legend entries={legend()} />
        <label>
          <input
            type="checkbox"
            checked={props.tests}
            onChange={(event) => props.setTests(event.currentTarget.checked)}
          />{" "}
          {t().showTests}
        </label>
      </div>
    </Figure>
  );
}

const classesOf = ({ split }: Opened) => (split.training.target.kind === "class" ? split.training.target.classes : []);

function paint({ side, classes, sure }: BoundaryData, palette: Palette): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const image = new ImageData(side, side);
  const paper = channels(palette.paper);
  const colors = palette.classes.map(channels);
  const chance = 1 / (Math.max(...classes) + 1);
  for (let i = 0; i < classes.length; i++) {
    const certainty = Math.max(0, ((sure[i] as number) / 255 - chance) / (1 - chance));
    const [red, green, blue] = mix(
      paper,
      colors[(classes[i] as number) % 10] as readonly number[],
      0.1 + 0.5 * certainty,
    );
    image.data[4 * i] = red;
    image.data[4 * i + 1] = green;
    image.data[4 * i + 2] = blue;
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}

function drawPoints(
  context: CanvasRenderingContext2D,
  width: number,
  { split, square }: Opened,
  tests: boolean,
  palette: Palette,
): void {
  if (square === undefined) return;
  const radius = Math.max(2, width / 130);
  context.lineWidth = 1;
  const draw = ({ features, target, count }: Opened["split"]["training"], test: boolean) => {
    if (target.kind !== "class") return;
    for (let i = 0; i < Math.min(count, 1500); i++) {
      const x = (((features[2 * i] as number) - square.x) / square.size) * width;
      const y = width - (((features[2 * i + 1] as number) - square.y) / square.size) * width;
      context.beginPath();
      if (test) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
      else context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fillStyle = palette.classes[(target.labels[i] as number) % 10] as string;
      context.strokeStyle = test ? palette.ink : palette.paper;
      context.fill();
      context.stroke();
    }
  };
  draw(split.training, false);
  if (tests) draw(split.test, true);
}
