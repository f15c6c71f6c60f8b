import * as Plot from "@observablehq/plot";
import { createEffect, createSignal, onCleanup, onMount, Show } from "solid-js";
import { useTexts } from "../model/context.js";
import { en } from "../texts/en.js";
import { zh } from "../texts/zh.js";
import { forget, oneAtATime } from "./one-at-a-time.js";
import { type Palette, usePalette } from "./palette.js";
import { saveFile, svgText, svgToPng } from "./save-picture.js";

interface ChartProps {
  /** What it shows, in a sentence: read out in place of the picture, and its file's title. */
  readonly label: string;
  /** Height in CSS pixels (240). */
  readonly height?: number;
  /** The marks and scales, for a width in CSS pixels and the colors in force; called again when either changes, or a signal it reads. */
  readonly options: (frame: { readonly width: number; readonly palette: Palette }) => Plot.PlotOptions;
  /** The name of the picture's file, without ending; no save button when left out. */
  readonly save?: string;
}

/** A chart by Observable Plot: as wide as its place, in the page's colors, with its picture to take away. */
export function Chart(props: ChartProps) {
  let host!: HTMLDivElement;
  const t = useTexts({ en, zh });
  const palette = usePalette();
  const [width, setWidth] = createSignal(0);
  const drawing = () => host.querySelector("svg") as SVGSVGElement;
  onMount(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(host);
    onCleanup(() => observer.disconnect());
  });
  const owner = {};
  onCleanup(() => forget(owner));
  createEffect(() => {
    if (width() === 0) return;
    const { style, ...options } = props.options({ width: width(), palette: palette() });
    const given = {
      width: width(),
      height: props.height ?? 240,
      ...options,
      style: {
        background: "transparent",
        fontFamily: "inherit",
        fontSize: "12px",
        ...(typeof style === "object" && style),
      },
    };
    const { label } = props;
    oneAtATime(owner, () => {
      const svg = Plot.plot(given);
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", label);
      // The label above says it all; Plot's own, inside a picture, are not allowed.
      for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
      host.replaceChildren(svg);
    });
  });
  const savePng = async () => {
    const blob = await svgToPng(drawing(), palette().paper, palette().ink);
    saveFile(`${props.save}.png`, blob, "image/png");
  };
  return (
    <div class="chart">
      <div ref={host} style={{ "min-height": `${props.height ?? 240}px` }} />
      <Show when={props.save}>
        <p class="chart-save">
          <button
            type="button"
            class="quiet"
            onClick={() =>
              saveFile(`${props.save}.svg`, svgText(drawing(), palette().paper, palette().ink), "image/svg+xml")
            }
          >
            {t().savePicture("SVG")}
          </button>
          <button type="button" class="quiet" onClick={() => void savePng()}>
            {t().savePicture("PNG")}
          </button>
        </p>
      </Show>
    </div>
  );
}
