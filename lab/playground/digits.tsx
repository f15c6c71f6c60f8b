import { createMemo, For, Index } from "solid-js";
import { useTexts } from "../model/context.js";
import { SavePicture } from "../picture/save-picture.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import type { Opened, Snapshot } from "../worker/protocol.js";
import { DigitCanvas } from "./digit-canvas.js";

interface DigitsProps {
  readonly opened: Opened;
  readonly snapshot: Snapshot;
}

const shown = 24;

/** Where the network errs on the test digits: the confusion matrix, and the digits themselves. */
export function Digits(props: DigitsProps) {
  const t = useTexts({ en, zh });
  const classes = () => {
    const { target } = props.opened.split.test;
    return target.kind === "class" ? target.classes : [];
  };
  const most = createMemo(() => {
    const { confusion } = props.snapshot;
    const width = classes().length;
    return Math.max(1, ...confusion.filter((_, i) => i % (width + 1) !== 0));
  });
  const samples = createMemo(() => {
    const { test } = props.opened.split;
    const { named } = props.snapshot;
    if (test.target.kind !== "class") return [];
    const { labels } = test.target;
    const rows = Array.from(named, (taken, row) => ({ row, taken, truth: labels[row] as number }));
    return [...rows.filter((one) => one.taken !== one.truth), ...rows.filter((one) => one.taken === one.truth)].slice(
      0,
      shown,
    );
  });
  const pixelsOf = (row: number) => props.opened.split.test.features.subarray(64 * row, 64 * row + 64);
  return (
    <div class="digits">
      <figure class="confusion">
        <h2 class="small-title">{t().confusion}</h2>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <td />
                <For each={classes()}>{(name) => <th scope="col">{name}</th>}</For>
              </tr>
            </thead>
            <tbody>
              <For each={classes()}>
                {(name, row) => (
                  <tr>
                    <th scope="row">{name}</th>
                    <For each={classes()}>
                      {(_, col) => {
                        const count = () => props.snapshot.confusion[row() * classes().length + col()] ?? 0;
                        const right = () => row() === col();
                        return (
                          <td
                            classList={{ right: right(), wrong: !right() && count() > 0 }}
                            style={{
                              "--share": String(right() ? 0.35 : Math.min(0.6, 0.12 + (0.5 * count()) / most())),
                            }}
                          >
                            {count() === 0 ? "·" : count()}
                          </td>
                        );
                      }}
                    </For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
        <figcaption>{t().confusionCaption}</figcaption>
        <SavePicture name="confusion" label={`${t().confusion}. ${t().confusionCaption}`} />
      </figure>
      <figure class="samples">
        <h2 class="small-title">{t().samples}</h2>
        <ul>
          <Index each={samples()}>
            {(sample) => (
              <li class="sample" classList={{ wrong: sample().taken !== sample().truth }}>
                <DigitCanvas
                  pixels={pixelsOf(sample().row)}
                  label={t().isTakenFor(classes()[sample().truth] ?? "", classes()[sample().taken] ?? "")}
                />
                <span aria-hidden="true">{classes()[sample().taken]}</span>
              </li>
            )}
          </Index>
        </ul>
        <figcaption>{t().samplesCaption}</figcaption>
        <SavePicture name="test-digits" label={`${t().samples}. ${t().samplesCaption}`} />
      </figure>
    </div>
  );
}
