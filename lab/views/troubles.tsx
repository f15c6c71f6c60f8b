import { Page } from "../components/lesson.js";
import { useTexts } from "../model/context.js";
import { en } from "../texts/en/troubles.js";
import { zh } from "../texts/zh/troubles.js";

export default function Troubles() {
  const t = useTexts({ en, zh });
  return <Page title={t().title} lead={t().lead} />;
}
