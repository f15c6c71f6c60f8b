/** One system's process, asked and answered line by line; suspended while it is not its turn, so that it disturbs no other. */
import { spawn } from "node:child_process";
import { platform } from "node:process";
import { createInterface } from "node:readline";

export class Talk {
  /** @type {((line: string | undefined) => void)[]} */
  #waiting = [];
  /** @type {string[]} */
  #lines = [];
  #ended = false;
  #complaint = "";

  /** @param {readonly string[]} command */
  constructor(command) {
    const [program, ...args] = /** @type {[string, ...string[]]} */ (command);
    this.process = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    this.process.stdin.on("error", () => {});
    this.process.stderr.on("data", (text) => {
      this.#complaint = `${this.#complaint}${text}`.slice(-2000);
    });
    const lines = createInterface({ input: this.process.stdout });
    lines.on("line", (line) => {
      if (!line.startsWith("{")) return;
      const next = this.#waiting.shift();
      if (next === undefined) this.#lines.push(line);
      else next(line);
    });
    const end = () => {
      this.#ended = true;
      for (const next of this.#waiting.splice(0)) next(undefined);
    };
    lines.on("close", end);
    this.process.on("error", (error) => {
      this.#complaint += error.message;
      end();
    });
  }

  /** The next line. @returns {Promise<Record<string, unknown>>} */
  async hear() {
    const line =
      this.#lines.shift() ?? (this.#ended ? undefined : await new Promise((next) => this.#waiting.push(next)));
    if (line === undefined) {
      const said = this.#complaint.trim().split("\n").at(-1);
      throw new Error(said === undefined || said === "" ? "the process ended without an answer" : said);
    }
    const answer = JSON.parse(line);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  /** @param {Record<string, unknown>} request */
  ask(request) {
    this.process.stdin.write(`${JSON.stringify(request)}\n`);
    return this.hear();
  }

  suspend() {
    if (platform !== "win32" && !this.#ended) this.process.kill("SIGSTOP");
  }

  wake() {
    if (platform !== "win32" && !this.#ended) this.process.kill("SIGCONT");
  }

  /** Asks it to leave; it is ended by force when it does not. */
  async leave() {
    this.wake();
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.stdin.end(`${JSON.stringify({ do: "leave" })}\n`);
    const force = setTimeout(() => this.process.kill("SIGKILL"), 3000);
    await gone;
    clearTimeout(force);
  }
}
