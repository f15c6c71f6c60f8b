<<<<<<< HEAD
import { createEffect } from "solid-js";
=======
import { createEffect, createMemo } from "solid-js";
>>>>>>> lab
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
<<<<<<< HEAD
=======
  const inks = createMemo(() => Array.from(props.pixels), undefined, {
    equals: (a, b) => a.every((ink, i) => ink === b[i]),
  });
>>>>>>> lab
  createEffect(() => {
    const { paper, ink } = palette();
    const image = new ImageData(8, 8);
    for (let i = 0; i < 64; i++) {
<<<<<<< HEAD
      const [red, green, blue] = mix(channels(paper), channels(ink), (props.pixels[i] ?? 0) / 16);
=======
      const [red, green, blue] = mix(channels(paper), channels(ink), (inks()[i] ?? 0) / 16);
>>>>>>> lab
      image.data.set([red, green, blue, 255], 4 * i);
    }
    canvas.getContext("2d")?.putImageData(image, 0, 0);
  });
  return <canvas ref={canvas} class="digit" width="8" height="8" role="img" aria-label={props.label} />;
}
