// A small shared cache for one address, as RFC 9111 and RFC 5861 have it: keeps for s-maxage, gives away the old while it asks anew, asks once
// for all who wait, goes on with the old when the origin fails, and never keeps an error.

export interface CachedAnswer {
  status: number
  body: string
}

export interface StateCache {
  get(): Promise<CachedAnswer>
  /** Requests that reached the origin, by second since the first. */
  originPerSecond(): number[]
  /** Answers of the origin that were neither 200 nor 304, and requests that failed. */
  errors(): number
  notModified(): number
}

interface Kept {
  body: string
  etag: string
  at: number
  freshMs: number
  revalidateMs: number
  ifErrorMs: number
}

/** `fetchOrigin` asks with the signature of this moment; headers are added here. */
export function openStateCache(fetchOrigin: (init?: RequestInit) => Promise<Response>): StateCache {
  const begun = performance.now()
  const seconds: number[] = []
  let kept: Kept | null = null
  let asking: Promise<CachedAnswer> | null = null
  let errors = 0
  let notModified = 0

  async function askOrigin(): Promise<CachedAnswer> {
    const second = Math.floor((performance.now() - begun) / 1000)
    seconds[second] = (seconds[second] ?? 0) + 1
    const before = kept
    try {
      const answer = await fetchOrigin(before ? { headers: { 'if-none-match': before.etag } } : {})
      const body = await answer.text()
      if (answer.status === 304 && before) {
        notModified += 1
        kept = { ...before, at: performance.now(), ...lifetimes(answer) }
        return { status: 200, body: before.body }
      }
      if (answer.status !== 200) throw new Error(`origin answered ${answer.status}`)
      kept = { body, etag: answer.headers.get('etag') ?? '', at: performance.now(), ...lifetimes(answer) }
      return { status: 200, body }
    } catch {
      errors += 1
      const age = before ? performance.now() - before.at : Number.POSITIVE_INFINITY
      if (before && age < before.freshMs + before.ifErrorMs) return { status: 200, body: before.body }
      return { status: 502, body: '' }
    } finally {
      asking = null
    }
  }

  return {
    async get() {
      const age = kept ? performance.now() - kept.at : Number.POSITIVE_INFINITY
      if (kept && age < kept.freshMs) return { status: 200, body: kept.body }
      asking ??= askOrigin()
      if (kept && age < kept.freshMs + kept.revalidateMs) return { status: 200, body: kept.body }
      return asking
    },
    originPerSecond: () => Array.from(seconds, (count) => count ?? 0),
    errors: () => errors,
    notModified: () => notModified,
  }
}

function lifetimes(answer: Response): Pick<Kept, 'freshMs' | 'revalidateMs' | 'ifErrorMs'> {
  const header = answer.headers.get('cache-control') ?? ''
  if (/no-store|private/.test(header)) return { freshMs: 0, revalidateMs: 0, ifErrorMs: 0 }
  const read = (name: string) => Number(new RegExp(`(?:^|[ ,])${name}=(\\d+)`).exec(header)?.[1] ?? 0) * 1000
  return {
    freshMs: read('s-maxage'),
    revalidateMs: read('stale-while-revalidate'),
    ifErrorMs: read('stale-if-error'),
  }
}
