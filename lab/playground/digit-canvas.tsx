import { createEffect, createMemo } from "solid-js";
import { channels, mix, usePalette } from "../components/palette.js";

interface DigitCanvasProps {
  readonly label: string;
  /** 64 numbers from 0 (blank) to 16, row by row. */
  readonly pixels: ArrayLike<number>;
}

/** A digit of 8 × 8 pixels, as ink on paper. */
export function DigitCanvas(props: DigitCanvasProps) {
  let canvas!: HTMLCanvasElement;
  const palette = usePalette();
  const inks = createMemo(() => Array.from(props.pixels), undefined, {
    equals: (a, b) => a.every((ink, i) => ink === b[i]),
  });
  createEffect(() => {
    const { paper, ink } = palette();
    const image = new ImageData(8, 8);
    for (let i = 0; i < 64; i++) {
      const [red, green, blue] = mix(channels(paper), channels(ink), (inks()[i] ?? 0) / 16);
      image.data.set([red, green, blue, 255], 4 * i);
    }
    canvas.getContext("2d")?.putImageData(image, 0, 0);
  });
  return <canvas ref={canvas} class="digit" width="8" height="8" role="img" aria-label={props.label} />;
}
