import { Page } from "../components/lesson.js";
import { useTexts } from "../model/context.js";
import { en } from "../texts/en/playground.js";
import { zh } from "../texts/zh/playground.js";

export default function Playground() {
  const t = useTexts({ en, zh });
  return <Page title={t().title} lead={t().lead} />;
}
