import { createSignal } from "solid-js";
import { Matrix } from "../components/matrix.js";
import { Segmented } from "../components/segmented.js";
import { useTexts } from "../model/context.js";
import { SavePicture } from "../picture/save-picture.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";
import type { Snapshot } from "../worker/protocol.js";

interface WeightsProps {
  readonly snapshot: Snapshot;
  readonly setWeight: (name: string, index: number, value: number) => void;
}

/** All numbers of one layer, to read and to change; and their gradients. */
export function Weights(props: WeightsProps) {
  let section!: HTMLElement;
  const t = useTexts({ en, zh });
  const [chosen, setChosen] = createSignal(1);
  const depth = () => props.snapshot.look.layers.length;
  const layer = () => Math.min(chosen(), depth());
  const of = (tensors: Snapshot["look"]["weights"], short: string) => tensors.get(`${short}[${layer()}]`) ?? [];
  const units = () => of(props.snapshot.look.weights, "b").length;
  const inputs = () => of(props.snapshot.look.weights, "W").length / Math.max(1, units());
  return (
    <section class="lesson" aria-labelledby="weights" ref={section}>
      <h2 id="weights">{t().weights}</h2>
      <p class="screen-only">{t().weightsLead}</p>
      <Segmented
        label={t().weights}
        bare
        value={String(layer())}
        choices={Array.from({ length: depth() }, (_, i) => ({ value: String(i + 1), label: t().layer(i + 1) }))}
        onChange={(value) => setChosen(Number(value))}
      />
      <div class="row weights">
        <Matrix
          tex={`W^{[${layer()}]}`}
          name={`W[${layer()}]`}
          rows={units()}
          cols={inputs()}
          values={of(props.snapshot.look.weights, "W")}
          most={9}
          onEdit={(index, value) => props.setWeight(`W[${layer()}]`, index, value)}
        />
        <Matrix
          tex={`b^{[${layer()}]}`}
          name={`b[${layer()}]`}
          rows={units()}
          cols={1}
          values={of(props.snapshot.look.weights, "b")}
          most={9}
          onEdit={(index, value) => props.setWeight(`b[${layer()}]`, index, value)}
        />
        <Matrix
          tex={`\\mathrm{d}W^{[${layer()}]}`}
          name={`dW[${layer()}]`}
          rows={units()}
          cols={inputs()}
          values={of(props.snapshot.look.gradients, "W")}
          most={9}
        />
      </div>
      <SavePicture name={`weights-${layer()}`} label={t().weightsPicture(layer())} of={() => section} />
    </section>
  );
}
