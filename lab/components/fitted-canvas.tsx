import { createEffect, createSignal, onCleanup, onMount } from "solid-js";
import { drawsFiner } from "../picture/finer.js";
import { SavePicture } from "../picture/save-picture.js";

interface FittedCanvasProps {
  readonly label: string;
  readonly class?: string;
  /** The height in CSS pixels for a width. */
  readonly height: (width: number) => number;
  /** Draws in CSS pixels; called again when a signal it reads, or the width, changes. */
  readonly draw: (context: CanvasRenderingContext2D, width: number, height: number) => void;
  /** The name of the picture's file, without ending. */
  readonly save: string;
  /** The pointer, in CSS pixels; undefined when it has left. */
  readonly onPoint?: (at: { x: number; y: number } | undefined) => void;
  readonly onPress?: (at: { x: number; y: number }) => void;
}

/** A canvas as wide as its place and as fine as the screen. */
export function FittedCanvas(props: FittedCanvasProps) {
  let canvas!: HTMLCanvasElement;
  const [width, setWidth] = createSignal(0);
  onMount(() => {
    drawsFiner(canvas, (context) => props.draw(context, width(), props.height(width())));
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
      <SavePicture name={props.save} label={props.label} />
    </div>
  );
}
