/** Waits that end. What did not happen in time is an error that names it; a bench never hangs on a promise. */

/** How long anything in a bench may take unless the caller knows better. */
export const PATIENCE_MS = 60_000;

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** @param what what the wait is for: "the welcome of 2,000 clients" */
export async function within<T>(what: string, promise: Promise<T>, ms = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(missing(what, ms))), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again and again. @returns the first answer that is not undefined */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  { ms = PATIENCE_MS, everyMs = 20 }: { ms?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + ms;
  for (;;) {
    const answer = await within(what, Promise.resolve(ask()), ms);
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(missing(what, ms));
    await pause(everyMs);
  }
}

function missing(what: string, ms: number): string {
  return `missing after ${ms / 1000} s: ${what}`;
}
