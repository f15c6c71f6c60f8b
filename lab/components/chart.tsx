import * as Plot from "@observablehq/plot";
import { createEffect, createSignal, type JSX, onCleanup, onMount } from "solid-js";
import { SavePicture } from "../picture/save-picture.js";
import { forget, oneAtATime } from "./one-at-a-time.js";
import { type Palette, usePalette } from "./palette.js";

interface ChartProps {
  /** What it shows, in a sentence: read out in place of the picture, and its file's title. */
  readonly label: string;
  /** Height in CSS pixels (240). */
  readonly height?: number;
  /** The marks and scales, for a width in CSS pixels (of a page of usual letters) and the colors in force; called again when either changes, or a signal it reads. */
  readonly options: (frame: { readonly width: number; readonly palette: Palette }) => Plot.PlotOptions;
  /** The name of the picture's file, without ending. */
  readonly save: string;
  /** What belongs to the picture below it, such as a legend. */
  readonly children?: JSX.Element;
}

/** On very wide screens the page's letters are larger, and a chart's with them. */
const enlarged = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** A chart by Observable Plot: as wide as its place, in the page's colors, with its picture to take away. */
export function Chart(props: ChartProps) {
  let host!: HTMLDivElement;
  const palette = usePalette();
  const [width, setWidth] = createSignal(0);
  onMount(() => {
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.round((entry?.contentRect.width ?? 0) / enlarged())),
    );
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
      // Room between the name of the axis and its highest number.
      marginTop: 28,
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
      for (const side of ["width", "height"] as const) svg.setAttribute(side, `${given[side] * enlarged()}`);
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", label);
      // The label above says it all; Plot's own, inside a picture, are not allowed.
      for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
      host.replaceChildren(svg);
    });
  });
  return (
    <div class="chart">
      <div ref={host} style={{ "min-height": `${(props.height ?? 240) / 16}rem` }} />
      {props.children}
      <p class="picture-caption" aria-hidden="true">
        {props.label}
      </p>
      <SavePicture name={props.save} label={props.label} />
    </div>
  );
}
