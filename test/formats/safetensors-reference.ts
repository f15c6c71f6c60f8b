import type { StoredTensor } from "../../src/formats/safetensors.js";

/** What the reference implementation (the Python package safetensors, 0.8.0) writes for `referenceTensors`. */
export const referenceFile = Uint8Array.from(
  atob(`
8AMAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJrIjoidlwiw6lcbiJ9LCJ1bCI6eyJkdHlwZSI6IlU2NCIsInNoYXBlIjpbMV0sImRhdGFfb2Zmc2
V0cyI6WzAsOF19LCJsIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOlsxXSwiZGF0YV9vZmZzZXRzIjpbOCwxNl19LCJkIjp7ImR0eXBlIjoiRjY0
Iiwic2hhcGUiOlsxXSwiZGF0YV9vZmZzZXRzIjpbMTYsMjRdfSwiYSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMSwyXSwiZGF0YV9vZmZzZX
RzIjpbMjQsMzJdfSwiYiI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzMyLDQwXX0sIu+/riI6eyJkdHlwZSI6
IkYzMiIsInNoYXBlIjpbMCwzXSwiZGF0YV9vZmZzZXRzIjpbNDAsNDBdfSwi8J+YgCI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbXSwiZGF0YV
9vZmZzZXRzIjpbNDAsNDRdfSwidTMyIjp7ImR0eXBlIjoiVTMyIiwic2hhcGUiOlsxXSwiZGF0YV9vZmZzZXRzIjpbNDQsNDhdfSwiaSI6eyJk
dHlwZSI6IkkzMiIsInNoYXBlIjpbMV0sImRhdGFfb2Zmc2V0cyI6WzQ4LDUyXX0sImJmIjp7ImR0eXBlIjoiQkYxNiIsInNoYXBlIjpbMV0sIm
RhdGFfb2Zmc2V0cyI6WzUyLDU0XX0sImYxNiI6eyJkdHlwZSI6IkYxNiIsInNoYXBlIjpbMV0sImRhdGFfb2Zmc2V0cyI6WzU0LDU2XX0sInUx
NiI6eyJkdHlwZSI6IlUxNiIsInNoYXBlIjpbMV0sImRhdGFfb2Zmc2V0cyI6WzU2LDU4XX0sImkxNiI6eyJkdHlwZSI6IkkxNiIsInNoYXBlIj
pbMV0sImRhdGFfb2Zmc2V0cyI6WzU4LDYwXX0sImk4Ijp7ImR0eXBlIjoiSTgiLCJzaGFwZSI6WzFdLCJkYXRhX29mZnNldHMiOls2MCw2MV19
LCJ1Ijp7ImR0eXBlIjoiVTgiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOls2MSw2NF19LCJibyI6eyJkdHlwZSI6IkJPT0wiLCJzaGFwZS
I6WzFdLCJkYXRhX29mZnNldHMiOls2NCw2NV19LCJxXCJcXFxuXHUwMDAxf+KAqCI6eyJkdHlwZSI6IkJPT0wiLCJzaGFwZSI6WzFdLCJkYXRh
X29mZnNldHMiOls2NSw2Nl19fSAgICAgICAFAAAAAAAAAPv/////////AAAAAAAABEAAAIA+5rFhfwAAwD8AAADAAACAPwECAwT5////gD8APA
ECAQL/AQIDAQA=
`),
  (character) => character.charCodeAt(0),
);

export const referenceMetadata = { k: 'v"\u00e9\n' };

export const referenceTensors: ReadonlyMap<string, StoredTensor> = new Map<string, StoredTensor>([
  ["b", { dtype: "F32", shape: [2], data: Float32Array.of(1.5, -2) }],
  ["a", { dtype: "F32", shape: [1, 2], data: Float32Array.of(0.25, 3e38) }],
  ["\u{1f600}", { dtype: "F32", shape: [], data: Float32Array.of(1) }],
  ["\uffee", { dtype: "F32", shape: [0, 3], data: new Float32Array(0) }],
  ["i", { dtype: "I32", shape: [1], data: Int32Array.of(-7) }],
  ["u", { dtype: "U8", shape: [3], data: Uint8Array.of(1, 2, 3) }],
  ["d", { dtype: "F64", shape: [1], data: Float64Array.of(2.5) }],
  ["l", { dtype: "I64", shape: [1], data: BigInt64Array.of(-5n) }],
  ["ul", { dtype: "U64", shape: [1], data: BigUint64Array.of(5n) }],
  ["f16", { dtype: "F16", shape: [1], data: Uint16Array.of(0x3c00) }],
  ["bf", { dtype: "BF16", shape: [1], data: Uint16Array.of(0x3f80) }],
  ["u16", { dtype: "U16", shape: [1], data: Uint16Array.of(0x0201) }],
  ["i16", { dtype: "I16", shape: [1], data: Int16Array.of(0x0201) }],
  ["u32", { dtype: "U32", shape: [1], data: Uint32Array.of(0x04030201) }],
  ["i8", { dtype: "I8", shape: [1], data: Int8Array.of(-1) }],
  ["bo", { dtype: "BOOL", shape: [1], data: Uint8Array.of(1) }],
  ['q"\\\n\u0001\u007f\u2028', { dtype: "BOOL", shape: [1], data: Uint8Array.of(0) }],
]);
