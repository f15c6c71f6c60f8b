import { createMemo, For, type JSX, Show } from "solid-js";
import { format, shape } from "../model/format.js";
import { elided } from "./elided.js";
import { Formula } from "./formula.js";
import { MatrixCell } from "./matrix-cell.js";

export interface CellAt {
  readonly row: number;
  readonly col: number;
}

/** What to draw attention to: whole rows and columns, single cells. */
export interface Highlight {
  readonly rows?: readonly number[];
  readonly cols?: readonly number[];
  readonly cells?: readonly CellAt[];
  /** The one cell that it is all about, with a ring. */
  readonly picked?: CellAt | undefined;
}

export interface MatrixProps {
  /** The name, as LaTeX: `W^{[1]}`. */
  readonly tex: string;
  /** The name as plain text, for labels that are read out: `W[1]`. */
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  /** Row-major. */
  readonly values: ArrayLike<number>;
  /** What rows and columns are, under the shape: `examples × inputs`. */
  readonly axes?: string;
  readonly rowLabels?: readonly string[];
  readonly colLabels?: readonly string[];
  /** Makes cells editable; called with the position in `values`. */
  readonly onEdit?: (index: number, value: number) => void;
  /** The cell under the pointer or the keyboard's focus; undefined when there is none any more. */
  readonly onFocusCell?: (at: CellAt | undefined) => void;
  readonly highlight?: Highlight;
  /** Significant digits (3). */
  readonly digits?: number;
  /** Rows and columns shown at most; the middle of more is left out (10). */
  readonly most?: number;
  /** Shown below: a remark, a button. */
  readonly children?: JSX.Element;
}

/** A matrix with its name, its shape, and every number in the color of its sign. Arrow keys move from cell to cell. */
export function Matrix(props: MatrixProps) {
  let table!: HTMLTableElement;
  const rows = createMemo(() => elided(props.rows, props.most ?? 10));
  const cols = createMemo(() => elided(props.cols, props.most ?? 10));
  const alive = () => props.onEdit !== undefined || props.onFocusCell !== undefined;
  const shades = (row: number, col: number) => {
    const { rows: inRows, cols: inCols, cells } = props.highlight ?? {};
    return inRows?.includes(row) || inCols?.includes(col) || cells?.some((one) => one.row === row && one.col === col);
  };
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const from = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
    if (step === undefined || from === null) return;
    const field = event.target instanceof HTMLInputElement ? event.target : undefined;
    if (field !== undefined && step[1] !== 0 && !atEdge(field, step[1])) return;
    const [row, col] = [Number(from.dataset.row) + step[0], Number(from.dataset.col) + step[1]];
    const to = table.querySelector<HTMLElement>(`[data-row="${row}"][data-col="${col}"]`);
    if (to === null) return;
    event.preventDefault();
    const target = to.querySelector("input") ?? to;
    target.focus();
    if (target instanceof HTMLInputElement) target.select();
  };
  return (
    <div class="matrix">
      <table ref={table} onKeyDown={move} onPointerLeave={() => props.onFocusCell?.(undefined)}>
        <caption>
          <Formula tex={props.tex} /> <span class="shape">{shape(props.rows, props.cols)}</span>
          <Show when={props.axes}>
            <small>{props.axes}</small>
          </Show>
        </caption>
        <Show when={props.colLabels}>
          <thead>
            <tr>
              <Show when={props.rowLabels}>
                <td />
              </Show>
              <For each={cols()}>
                {(col) => <th scope="col">{col === undefined ? "…" : props.colLabels?.[col]}</th>}
              </For>
            </tr>
          </thead>
        </Show>
        <tbody>
          <For each={rows()}>
            {(row, atRow) => (
              <tr>
                <Show when={props.rowLabels}>
                  <th scope="row">{row === undefined ? "⋮" : props.rowLabels?.[row]}</th>
                </Show>
                <For each={cols()}>
                  {(col, atCol) => (
                    <Show
                      when={row !== undefined && col !== undefined && { row, col }}
                      fallback={<td class="elided">{row === undefined ? "⋮" : "…"}</td>}
                    >
                      {(cell) => (
                        <MatrixCell
                          name={`${props.name}[${cell().row + 1}, ${cell().col + 1}]`}
                          at={[atRow(), atCol()]}
                          value={props.values[cell().row * props.cols + cell().col] as number}
                          shown={format(props.values[cell().row * props.cols + cell().col] as number, props.digits)}
                          picked={
                            props.highlight?.picked?.row === cell().row && props.highlight.picked.col === cell().col
                          }
                          lit={shades(cell().row, cell().col) === true}
                          alive={alive()}
                          onEdit={
                            props.onEdit && ((value) => props.onEdit?.(cell().row * props.cols + cell().col, value))
                          }
                          onFocus={() => props.onFocusCell?.(cell())}
                          onBlur={() => props.onFocusCell?.(undefined)}
                        />
                      )}
                    </Show>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      {props.children}
    </div>
  );
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Whether the text cursor cannot go further that way. */
function atEdge({ selectionStart, selectionEnd, value }: HTMLInputElement, direction: number): boolean {
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  return direction < 0 ? selectionStart === 0 && selectionEnd === 0 : selectionEnd === value.length;
}
