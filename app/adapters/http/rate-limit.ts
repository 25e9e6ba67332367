// A bounded rate by key, in this process's memory: enough to keep one visitor from keeping the process busy. Several processes each count
// for themselves.

export interface RateLimit {
  /** Counts one; refused ones do not count. */
  take(key: string): RateVerdict
}

export type RateVerdict = { ok: true } | { ok: false; retryAfterSeconds: number }

export interface RateLimitOptions {
  /** So many within `perSeconds` of the first. */
  most: number
  perSeconds: number
  /** Beyond these the oldest keys are forgotten. */
  mostKeys?: number
  /** Milliseconds that never run backwards. */
  now?: () => number
}

interface Window {
  count: number
  endsAt: number
}

export function createRateLimit(options: RateLimitOptions): RateLimit {
  const { most, perSeconds, mostKeys = 10_000, now = () => performance.now() } = options
  // In the order in which windows began, which is the order in which they end.
  const windows = new Map<string, Window>()

  function forget(at: number): void {
    for (const [key, window] of windows) {
      if (window.endsAt > at && windows.size < mostKeys) return
      windows.delete(key)
    }
  }

  return {
    take(key) {
      const at = now()
      const window = windows.get(key)
      if (!window || window.endsAt <= at) {
        windows.delete(key)
        forget(at)
        windows.set(key, { count: 1, endsAt: at + perSeconds * 1000 })
        return { ok: true }
      }
      if (window.count >= most) {
        return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((window.endsAt - at) / 1000)) }
      }
      window.count += 1
      return { ok: true }
    },
  }
}

/** Set by our own server on every request, whatever came in. */
export const TOLD_CLIENT_HEADER = 'x-filigree-told-client'

/** The client that the first of the proxies names; empty when none does. Anybody may name anything. */
export function toldClient(forwardedFor: string | string[] | undefined): string {
  const [first = ''] = String(forwardedFor ?? '').split(',')
  const address = first.trim()
  return /^[0-9a-f.:]{2,45}$/i.test(address) ? address : ''
}

/** The visitor as far as addresses tell: a whole IPv6 network counts as one, since one visitor has all of it. */
export function visitorKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('%')[0]?.toLowerCase().split('::') ?? []
  const before = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
