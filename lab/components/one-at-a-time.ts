const waiting = new Map<object, () => void>();
let scheduled = false;

/**
 * Does a job soon, in a task of its own: several drawings one after the other leave the page room to answer in between. A job of
 * the same owner that still waits is replaced.
 */
export function oneAtATime(owner: object, job: () => void): void {
  waiting.set(owner, job);
  schedule();
}

export function forget(owner: object): void {
  waiting.delete(owner);
}

function schedule(): void {
  if (scheduled || waiting.size === 0) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    for (const [owner, job] of waiting) {
      waiting.delete(owner);
      schedule();
      job();
      return;
    }
  });
}
