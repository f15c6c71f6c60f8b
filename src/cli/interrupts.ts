import process from "node:process";
import { exitCodes } from "./exit-codes.js";

/** npm passes a Ctrl-C on that the terminal has delivered already: what follows within this time is the same press. */
const samePress = 500;

/** Ctrl-C: the first press asks the work at hand to stop by itself where it can, a second one leaves at once. */
class Interrupts {
  #controller: AbortController | undefined;
  #pressed: number | undefined;
  #unfinished: Promise<unknown> = Promise.resolve();

  listen(): void {
    process.on("SIGINT", () => this.#press());
  }

  /** Aborted by the first Ctrl-C. Until someone has asked for it, the first Ctrl-C leaves at once. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  /** Waits for work that not even a second Ctrl-C cuts short: the milliseconds of writing a file. */
  finish<T>(work: Promise<T>): Promise<T> {
    this.#unfinished = work;
    return work;
  }

  #press(): void {
    const now = performance.now();
    if (this.#pressed !== undefined && now - this.#pressed < samePress) return;
    const again = this.#pressed !== undefined;
    this.#pressed = now;
    if (this.#controller !== undefined && !again) this.#controller.abort();
    else void this.#leave();
  }

  async #leave(): Promise<never> {
    await this.#unfinished.catch(() => {});
    process.exit(exitCodes.interrupted);
  }
}

export const interrupts = new Interrupts();
