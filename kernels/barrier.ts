// Where threads meet: none goes on until all have arrived.
//
// Method: one counter that only grows. The n-th meeting of T threads is over when n·T arrivals are counted; each thread
// knows n by itself. A thread that waits first looks again and again (the others are mostly a microsecond behind), then
// sleeps until the last one to arrive wakes it. The counter may wrap around: only differences are compared.
//
// Every thread has an instance of this module over one shared memory, so these two globals are the thread's own.
let met: i32 = 0;
let counted: bool = false;

/** The counter of arrivals; a cache line further how many sleep; then, for whoever begins, the number of the plan to run. */
const SLEEPERS: usize = 64;
export const PLAN: usize = 128;

/**
 * Words: opcode, words, counter, threads, looks before sleeping, milliseconds of sleep (0: none, -1: until woken).
 * @returns false when the others are still missing after that; meeting again goes on waiting, without being counted twice.
 */
export function meet(program: usize): bool {
  const counter = <usize>load<u32>(program, 8);
  if (!counted) {
    met += load<i32>(program, 12);
    counted = true;
    if (atomic.add<i32>(counter, 1) + 1 == met) {
      if (atomic.load<i32>(counter, SLEEPERS) > 0) atomic.notify(counter, -1);
      counted = false;
      return true;
    }
  }
  counted = !(look(counter, load<i32>(program, 16)) || sleep(counter, load<i32>(program, 20)));
  return !counted;
}

function look(counter: usize, times: i32): bool {
  for (; times > 0; times--) if (atomic.load<i32>(counter) - met >= 0) return true;
  return false;
}

/** Counts itself among the sleepers before it looks for the last time, so the last to arrive sees it or is seen. */
function sleep(counter: usize, milliseconds: i32): bool {
  if (milliseconds == 0) return false;
  const timeout = milliseconds < 0 ? -1 : <i64>milliseconds * 1000000;
  atomic.add<i32>(counter, 1, SLEEPERS);
  let over = false;
  let late = false;
  while (!over && !late) {
    const arrived = atomic.load<i32>(counter);
    over = arrived - met >= 0;
    if (!over) late = atomic.wait<i32>(counter, arrived, timeout) == 2;
  }
  atomic.sub<i32>(counter, 1, SLEEPERS);
  return over || atomic.load<i32>(counter) - met >= 0;
}
