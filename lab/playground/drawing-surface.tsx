import { createEffect } from "solid-js";
import type { Stroke } from "./rasterize.js";

interface DrawingSurfaceProps {
  readonly label: string;
  readonly strokes: readonly Stroke[];
  readonly color: string;
  readonly onDraw: (strokes: readonly Stroke[]) => void;
}

const side = 256;

/** Paper for finger, pen or mouse. */
export function DrawingSurface(props: DrawingSurfaceProps) {
  let canvas!: HTMLCanvasElement;
  let drawing = false;
  createEffect(() => {
    const context = canvas.getContext("2d");
    if (context === null) return;
    context.clearRect(0, 0, side, side);
    context.strokeStyle = props.color;
    context.lineWidth = side / 11;
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const stroke of props.strokes) {
      context.beginPath();
      context.moveTo(stroke[0] as number, stroke[1] as number);
      context.lineTo((stroke[0] as number) + 0.01, stroke[1] as number);
      for (let i = 2; i < stroke.length; i += 2) context.lineTo(stroke[i] as number, stroke[i + 1] as number);
      context.stroke();
    }
  });
  const place = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * side, ((event.clientY - box.top) / box.height) * side];
  };
  return (
    <canvas
      ref={canvas}
      class="paper"
      width={side}
      height={side}
      role="img"
      aria-label={props.label}
      onPointerDown={(event) => {
        drawing = true;
        canvas.setPointerCapture(event.pointerId);
        props.onDraw([...props.strokes, place(event)]);
      }}
      onPointerMove={(event) => {
        if (!drawing) return;
        const last = props.strokes.at(-1) ?? [];
        props.onDraw([...props.strokes.slice(0, -1), [...last, ...place(event)]]);
      }}
      onPointerUp={() => {
        drawing = false;
      }}
      onPointerCancel={() => {
        drawing = false;
      }}
    />
  );
}
