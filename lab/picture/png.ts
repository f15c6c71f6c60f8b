import { Complaint } from "../model/complaint.js";
import { fineness } from "./finer.js";

const tooLarge = { en: "it is too large for a PNG", zh: "尺寸超出了 PNG 所能容纳的范围" };

/** An SVG file as a PNG. */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [fineness * width, fineness * height];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Complaint(tooLarge)) : resolve(blob)));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
