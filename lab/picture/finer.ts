/** How much finer than a CSS pixel pictures are. */
export const fineness = 2;

/** Canvases that can be drawn again, as fine as pictures are, whatever the screen. */
const drawers = new WeakMap<HTMLCanvasElement, (context: CanvasRenderingContext2D) => void>();

/** @param draw draws in CSS pixels. */
export function drawsFiner(canvas: HTMLCanvasElement, draw: (context: CanvasRenderingContext2D) => void): void {
  drawers.set(canvas, draw);
}

/** What a canvas shows, in a picture's fineness: drawn again, or each pixel enlarged as the page enlarges it. */
export function finerCopy(canvas: HTMLCanvasElement, width: number, height: number): HTMLCanvasElement {
  const copy = document.createElement("canvas");
  const draw = drawers.get(canvas);
  const factor = Math.max(1, Math.round((fineness * width) / canvas.width));
  [copy.width, copy.height] =
    draw === undefined
      ? [factor * canvas.width, factor * canvas.height]
      : [Math.round(fineness * width), Math.round(fineness * height)];
  const context = copy.getContext("2d");
  if (context === null) return canvas;
  if (draw === undefined) {
    context.imageSmoothingEnabled = getComputedStyle(canvas).imageRendering !== "pixelated";
    context.drawImage(canvas, 0, 0, copy.width, copy.height);
  } else {
    context.scale(fineness, fineness);
    draw(context);
  }
  return copy;
}
