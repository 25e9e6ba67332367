// Follows the sandbox's movable clock by asking for its offset often: business due dates fall when the sandbox says so.
import type { Clock } from './clock.ts'

const POLL_MS = 200

export interface SandboxClock extends Clock {
  /** Asks now instead of at the next poll. */
  refresh(): Promise<void>
  stop(): void
}

/** Starts following. Until the first answer the machine's time is used. */
export function followSandboxClock(sandboxUrl: string): SandboxClock {
  let offsetMs = 0
  let stopped = false
  const refresh = async () => {
    try {
      const answer = await fetch(new URL('/control/clock', sandboxUrl), { signal: AbortSignal.timeout(2000) })
      const body = (await answer.json()) as { offsetMs?: unknown }
      if (typeof body.offsetMs === 'number') offsetMs = body.offsetMs
    } catch {
      // The sandbox is starting or restarting: the last known offset holds.
    }
  }
  const loop = async () => {
    while (!stopped) {
      await refresh()
      await new Promise((resolve) => setTimeout(resolve, POLL_MS).unref())
    }
  }
  void loop()
  return {
    now: () => new Date(Date.now() + offsetMs),
    refresh,
    stop() {
      stopped = true
    },
  }
}
