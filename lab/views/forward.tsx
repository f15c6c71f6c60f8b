import { Page } from "../components/lesson.js";
import { useTexts } from "../model/context.js";
import { en } from "../texts/en/forward.js";
import { zh } from "../texts/zh/forward.js";

export default function Forward() {
  const t = useTexts({ en, zh });
  return <Page title={t().title} lead={t().lead} />;
}
