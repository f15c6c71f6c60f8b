import { createEffect, createSignal, onCleanup, onMount, Show } from "solid-js";
import { useTexts } from "../model/context.js";
import { en } from "../texts/en.js";
import { zh } from "../texts/zh.js";
import { usePalette } from "./palette.js";
import { pngOf, saveFile } from "./save-picture.js";

interface FittedCanvasProps {
  readonly label: string;
  readonly class?: string;
  /** The height in CSS pixels for a width. */
  readonly height: (width: number) => number;
  /** Draws in CSS pixels; called again when a signal it reads, or the width, changes. */
  readonly draw: (context: CanvasRenderingContext2D, width: number, height: number) => void;
  /** The name of the picture's file, without ending; no save button when left out. */
  readonly save?: string;
  /** The pointer, in CSS pixels; undefined when it has left. */
  readonly onPoint?: (at: { x: number; y: number } | undefined) => void;
  readonly onPress?: (at: { x: number; y: number }) => void;
}

/** A canvas as wide as its place and as fine as the screen. */
export function FittedCanvas(props: FittedCanvasProps) {
  let canvas!: HTMLCanvasElement;
  const t = useTexts({ en, zh });
  const palette = usePalette();
  const [width, setWidth] = createSignal(0);
  /** What is drawn, on the page's paper. */
  const savePng = async () => {
    const copy = document.createElement("canvas");
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = copy.getContext("2d") as CanvasRenderingContext2D;
    context.fillStyle = palette().paper;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(canvas, 0, 0);
    saveFile(`${props.save}.png`, await pngOf(copy), "image/png");
  };
  onMount(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(canvas.parentElement as HTMLElement);
    onCleanup(() => observer.disconnect());
  });
  createEffect(() => {
    const context = canvas.getContext("2d");
    if (width() === 0 || context === null) return;
    const fine = Math.min(3, devicePixelRatio || 1);
    const height = props.height(width());
    const [pixelsWide, pixelsHigh] = [Math.round(width() * fine), Math.round(height * fine)];
    if (canvas.width !== pixelsWide) canvas.width = pixelsWide;
    if (canvas.height !== pixelsHigh) canvas.height = pixelsHigh;
    canvas.style.height = `${height}px`;
    context.setTransform(fine, 0, 0, fine, 0, 0);
    props.draw(context, width(), height);
  });
  const place = (event: PointerEvent) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  return (
    <div class={props.class}>
      <canvas
        ref={canvas}
        class="fitted"
        role="img"
        aria-label={props.label}
        onPointerMove={(event) => props.onPoint?.(place(event))}
        onPointerLeave={() => props.onPoint?.(undefined)}
        onPointerDown={(event) => props.onPress?.(place(event))}
      />
      <Show when={props.save}>
        <p class="chart-save">
          <button type="button" class="quiet" onClick={() => void savePng()}>
            {t().savePicture("PNG")}
          </button>
        </p>
      </Show>
    </div>
  );
}
