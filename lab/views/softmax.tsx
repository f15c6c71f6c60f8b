import { Page } from "../components/lesson.js";
import { useTexts } from "../model/context.js";
import { en } from "../texts/en/softmax.js";
import { zh } from "../texts/zh/softmax.js";

export default function Softmax() {
  const t = useTexts({ en, zh });
  return <Page title={t().title} lead={t().lead} />;
}
