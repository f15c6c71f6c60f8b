import { FormatError } from "../../formats/error.js";
import type { Session } from "../session.js";

export { settingOf } from "./state.js";

import { checkSetting, type Setting, type TrainingState } from "./state.js";

/**
 * Puts a session where a checkpoint was made.
 * @throws UsageError when the training is another one, FormatError when the checkpoint lacks numbers.
 */
export function goOnFrom(session: Session, state: TrainingState, setting: Setting): void {
  checkSetting(state.setting, setting);
  for (const [name, own] of session.lasting()) {
    const found = state.lasting.get(name);
    if (found?.length !== own.length) {
      throw new FormatError(
        `the checkpoint has ${found?.length ?? "no"} numbers for ${name}, the training needs ${own.length}; the file is damaged`,
      );
    }
  }
  session.write(state.lasting);
  session.steps = state.steps;
}
