import { Index } from "solid-js";
import { format } from "../model/format.js";
import { Formula } from "./formula.js";

interface HeatTableProps {
  /** What it shows, read out before its numbers. */
  readonly label: string;
  readonly rows: number;
  readonly cols: number;
  /** Row-major. */
  readonly values: ArrayLike<number>;
  /** The size of value that gets the full color (the largest there is). */
  readonly limit?: number;
  /** Names of rows and columns, as LaTeX and as text. */
  readonly rowNames: readonly { readonly tex: string; readonly text: string }[];
  readonly colNames: readonly { readonly tex: string; readonly text: string }[];
  /** A last column and a last row, of sums. */
  readonly sums?: { readonly name: string; readonly rows: readonly number[]; readonly cols: readonly number[] };
  readonly chosen: readonly [row: number, col: number];
  readonly onChoose: (row: number, col: number) => void;
}

/** A small matrix as a heat map that shows its numbers as well; pointer and arrow keys choose a cell. */
export function HeatTable(props: HeatTableProps) {
  let table!: HTMLTableElement;
  const limit = () => props.limit ?? Array.from(props.values).reduce((most, x) => Math.max(most, Math.abs(x) || 0), 0);
  const value = (row: number, col: number) => props.values[row * props.cols + col] as number;
  const color = (x: number) => {
    const share = Number.isFinite(x) ? Math.abs(x) / (limit() || 1) : 0;
    // The number on it must stay readable: less color in the dark.
    const mixed = (most: number) =>
      `color-mix(in srgb, var(--${x < 0 ? "negative" : "positive"}) ${Math.round(share * most)}%, var(--card))`;
    return `light-dark(${mixed(62)}, ${mixed(42)})`;
  };
  const move = (event: KeyboardEvent) => {
    const [down, right] = steps[event.key] ?? [0, 0];
    if (down === 0 && right === 0) return;
    const row = Math.min(props.rows - 1, Math.max(0, props.chosen[0] + down));
    const col = Math.min(props.cols - 1, Math.max(0, props.chosen[1] + right));
    event.preventDefault();
    props.onChoose(row, col);
    table.querySelector<HTMLElement>(`[data-at="${row}.${col}"]`)?.focus();
  };
  const isChosen = (row: number, col: number) => props.chosen[0] === row && props.chosen[1] === col;
  return (
    <table class="heat-table" ref={table} onKeyDown={move} aria-label={props.label}>
      <thead>
        <tr>
          <td />
          <Index each={props.colNames}>
            {(name) => (
              <th scope="col">
                <span class="unseen">{name().text}</span>
                <span aria-hidden="true">
                  <Formula tex={name().tex} />
                </span>
              </th>
            )}
          </Index>
          {props.sums && <th scope="col">{props.sums.name}</th>}
        </tr>
      </thead>
      <tbody>
        <Index each={props.rowNames}>
          {(name, row) => (
            <tr>
              <th scope="row">
                <span class="unseen">{name().text}</span>
                <span aria-hidden="true">
                  <Formula tex={name().tex} />
                </span>
              </th>
              <Index each={props.colNames}>
                {(_, col) => (
                  <td
                    data-at={`${row}.${col}`}
                    tabindex={isChosen(row, col) ? 0 : -1}
                    classList={{ chosen: isChosen(row, col) }}
                    style={{ background: color(value(row, col)) }}
                    onFocus={() => props.onChoose(row, col)}
                    onPointerEnter={() => props.onChoose(row, col)}
                  >
                    {format(value(row, col))}
                  </td>
                )}
              </Index>
              {props.sums && <td class="sum">{tidy(props.sums.rows[row] as number)}</td>}
            </tr>
          )}
        </Index>
        {props.sums && (
          <tr>
            <th scope="row">{props.sums.name}</th>
            <Index each={props.sums.cols}>{(sum) => <td class="sum">{tidy(sum())}</td>}</Index>
            <td class="sum" />
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** What rounding leaves of a sum that is 0. */
const tidy = (sum: number) => format(Math.abs(sum) < 1e-12 ? 0 : sum);

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
