import { Page } from "../components/lesson.js";
import { useTexts } from "../model/context.js";
import { en } from "../texts/en/backward.js";
import { zh } from "../texts/zh/backward.js";

export default function Backward() {
  const t = useTexts({ en, zh });
  return <Page title={t().title} lead={t().lead} />;
}
