import { Page } from "../components/lesson.js";
import { useTexts } from "../model/context.js";
import { en } from "../texts/en/activations.js";
import { zh } from "../texts/zh/activations.js";

export default function Activations() {
  const t = useTexts({ en, zh });
  return <Page title={t().title} lead={t().lead} />;
}
