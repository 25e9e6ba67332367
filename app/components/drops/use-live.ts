import { useEffect, useState } from 'react'
import type { LiveView } from '#app/features/drops/live-view.server.ts'

export interface Live {
  view: LiveView
  /** The server's clock minus this browser's, in milliseconds: countdowns follow the server. */
  aheadMs: number
  /** False while the line is down: what is shown may be old. */
  isConnected: boolean
}

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15_000
/** A line that says nothing for so long after it was asked for counts as down. */
const SILENCE_MS = 5000

/** Follows a drop's live view. The stream is read with fetch, which carries the session's token; it is opened anew whenever it ends. */
export function useLive(dropId: string, initial: LiveView, now: string): Live {
  const [live, setLive] = useState<Live>({ view: initial, aheadMs: 0, isConnected: true })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `now` belongs to the first view only.
  useEffect(() => {
    // Fresh from the server: not old before the line had its chance.
    setLive({ view: initial, aheadMs: Date.parse(now) - Date.now(), isConnected: true })
    const control = new AbortController()
    void followForEver(dropId, control.signal, (change) => setLive((live) => ({ ...live, ...change })))
    return () => control.abort()
  }, [dropId])
  // While the line is down, a press still brings the page's own newer view.
  return initial.revision > live.view.revision ? { ...live, view: initial } : live
}

async function followForEver(
  dropId: string,
  signal: AbortSignal,
  tell: (change: Partial<Live>) => void,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const silence = setTimeout(() => tell({ isConnected: false }), SILENCE_MS)
    try {
      const answer = await fetch(`/app/drops/${dropId}/events`, {
        signal,
        headers: { accept: 'text/event-stream' },
      })
      if (!answer.ok || !answer.body) throw new Error(`the live view answered ${answer.status}`)
      failures = 0
      for await (const data of readEvents(answer.body)) {
        clearTimeout(silence)
        const { view, now } = JSON.parse(data) as { view: LiveView; now: string }
        tell({ view, aheadMs: Date.parse(now) - Date.now(), isConnected: true })
      }
    } catch {
      // Down: said on the page, and tried again.
      failures += 1
      if (!signal.aborted) tell({ isConnected: false })
    } finally {
      clearTimeout(silence)
    }
    const wait = failures === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
    await pause(wait, signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** The data of each event of a stream. Comments and other fields are passed over. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      rest += decoder.decode(value, { stream: true })
      const events = rest.split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) {
        const data = event
          .split('\n')
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trimStart())
        if (data.length > 0) yield data.join('\n')
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
