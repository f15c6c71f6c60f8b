import { createSignal, onMount, Show } from "solid-js";
import type { Text } from "../../src/index.js";
import { textOf } from "../model/complaint.js";
import { useStore, useTexts } from "../model/context.js";
import { saveFile } from "../model/save-file.js";
import { en } from "../texts/en.js";
import { zh } from "../texts/zh.js";
import { drawingOf } from "./drawing.js";
import { fontRules } from "./fonts.js";
import { pngOf } from "./png.js";

interface SavePictureProps {
  /** The name of the file, without ending. */
  readonly name: string;
  /** What it shows, in a sentence: the title of the file, and which picture the buttons are for. */
  readonly label: string;
  /** What is written before the buttons, where it is not plain what they save. */
  readonly what?: string;
  /** What is saved; left out: the figure, or the chart, that the buttons stand in. */
  readonly of?: () => HTMLElement;
}

/** Saves a figure as it is shown, with title and caption, in the colors in force: as SVG or as PNG. */
export function SavePicture(props: SavePictureProps) {
  let row!: HTMLParagraphElement;
  const t = useTexts({ en, zh });
  const store = useStore();
  const [error, setError] = createSignal<Text>();
  const figure = () => props.of?.() ?? ((row.closest("figure") ?? row.closest(".chart")) as HTMLElement);
  onMount(() => {
    figure().dataset.picture = props.name;
  });
  const save = async (kind: "SVG" | "PNG") => {
    const { text, fonts, width, height } = drawingOf(figure(), props.label);
    const svg = text(await fontRules(fonts));
    if (kind === "SVG") saveFile(`${props.name}.svg`, svg, "image/svg+xml");
    else saveFile(`${props.name}.png`, await pngOf(svg, width, height), "image/png");
  };
  const button = (kind: "SVG" | "PNG") => (
    <button
      type="button"
      class="quiet"
      aria-label={`${t().savePicture(kind)}: ${props.label}`}
      onClick={() =>
        void save(kind).then(
          () => setError(undefined),
          (reason: unknown) => setError(textOf(reason)),
        )
      }
    >
      {t().savePicture(kind)}
    </button>
  );
  return (
    <p class="chart-save" ref={row}>
      <Show when={error()}>
        {(why) => (
          <span role="alert" class="small warning">
            {t().notSaved(why()[store.state.language])}
          </span>
        )}
      </Show>
      {props.what !== undefined && <span class="small">{props.what}</span>}
      {button("SVG")}
      {button("PNG")}
    </p>
  );
}
