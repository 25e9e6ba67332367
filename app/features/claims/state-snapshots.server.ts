// Live states in memory, so that a request costs no look into the database. Whoever changes a drop tells all processes; each reads it anew
// once, however many ask meanwhile.
import { createHash } from 'node:crypto'
import { type StateFacts, stateDocument } from '../../domain/drops/state-document.ts'
import type { LoadedState } from './load-drop-state.server.ts'

export interface RenderedState {
  body: Buffer
  /** As it stands in the header, with its quotes. */
  etag: string
}

/** Null: there is no such drop. */
export type StateAnswer = RenderedState | null

export interface StateSnapshots {
  /** At once when it is known, else when it has been read. Errors: rejects when it cannot be read and was not known. */
  get(shopDomain: string, handle: string): StateAnswer | Promise<StateAnswer>
  /** Something of the shop has changed. */
  changed(shopId: number): void
  /** Anything may have changed. */
  allChanged(): void
  /** How often the database was asked. */
  reads(): number
}

export interface SnapshotOptions {
  load(shopDomain: string, handle: string): Promise<LoadedState>
  /** Business time, epoch milliseconds. */
  now(): number
  /** False while nobody would tell of a change. */
  isHearing(): boolean
  onError(error: unknown): void
  /** Milliseconds that never run backwards. */
  elapsed?: () => number
}

interface Snapshot {
  shopId: number | null
  facts: StateFacts | null
  rendered: RenderedState | null
  /** Business time until which `rendered` holds; it holds from `from` on. */
  from: number
  until: number
}

interface Entry {
  snapshot: Snapshot | null
  /** Counts the changes that were told of, and those that `snapshot` has seen. */
  changes: number
  seen: number
  readAt: number
  triedAt: number
  reading: Promise<Snapshot> | null
}

/** While nobody tells, what is older is read again. */
const UNTOLD_MS = 2_000
/** What there is not, or not yet, is looked for again after so long; a new drop is told of. */
const MISSING_MS = 5_000
/** After a failure the next try waits. */
const RETRY_MS = 500
/** Who asks during a read waits so long for it, then gets what was known. */
const PATIENCE_MS = 250
/** Beyond these the ones longest unread are forgotten. */
const MOST_ENTRIES = 2_000

export function createStateSnapshots(options: SnapshotOptions): StateSnapshots {
  const { load, now, isHearing, onError, elapsed = () => performance.now() } = options
  const entries = new Map<string, Entry>()
  let reads = 0

  function isCurrent(entry: Entry, snapshot: Snapshot): boolean {
    if (entry.seen !== entry.changes) return false
    const age = elapsed() - entry.readAt
    return age < (snapshot.facts === null ? MISSING_MS : isHearing() ? Number.POSITIVE_INFINITY : UNTOLD_MS)
  }

  /** The one read that is under way, or a new one. */
  function read(key: string, entry: Entry, shopDomain: string, handle: string): Promise<Snapshot> {
    entry.reading ??= (async () => {
      const seen = entry.changes
      entry.triedAt = elapsed()
      reads += 1
      try {
        const { shopId, facts } = await load(shopDomain, handle)
        const snapshot: Snapshot = { shopId, facts, rendered: null, from: 0, until: 0 }
        entry.snapshot = snapshot
        entry.seen = seen
        entry.readAt = elapsed()
        return snapshot
      } catch (error) {
        if (!entry.snapshot) entries.delete(key)
        throw error
      } finally {
        entry.reading = null
      }
    })()
    return entry.reading
  }

  async function refreshed(
    key: string,
    entry: Entry,
    shopDomain: string,
    handle: string,
  ): Promise<StateAnswer> {
    const known = entry.snapshot
    if (!known) return render(await read(key, entry, shopDomain, handle))
    if (!entry.reading && elapsed() - entry.triedAt < RETRY_MS && entry.triedAt > entry.readAt)
      return render(known)
    const reading = read(key, entry, shopDomain, handle).catch((error: unknown) => {
      // What was known is shown on: it grows stale by itself, and says so.
      onError(error)
      return known
    })
    return render(await Promise.race([reading, afterPatience(known)]))
  }

  function render(snapshot: Snapshot): StateAnswer {
    if (!snapshot.facts) return null
    const at = now()
    // The business clock may be set back.
    if (snapshot.rendered && at >= snapshot.from && at < snapshot.until) return snapshot.rendered
    const { text, until } = stateDocument(snapshot.facts, at)
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 12)
    snapshot.rendered = { body: Buffer.from(text), etag: `"${hash}"` }
    snapshot.from = at
    snapshot.until = until ?? Number.POSITIVE_INFINITY
    return snapshot.rendered
  }

  function makeRoom(): void {
    if (entries.size < MOST_ENTRIES) return
    const oldest = [...entries].toSorted(([, left], [, right]) => left.readAt - right.readAt)
    for (const [key] of oldest.slice(0, MOST_ENTRIES / 4)) entries.delete(key)
  }

  return {
    get(shopDomain, handle) {
      const key = `${shopDomain}/${handle}`
      let entry = entries.get(key)
      if (!entry) {
        makeRoom()
        entry = { snapshot: null, changes: 0, seen: 0, readAt: elapsed(), triedAt: 0, reading: null }
        entries.set(key, entry)
      }
      if (entry.snapshot && isCurrent(entry, entry.snapshot)) return render(entry.snapshot)
      return refreshed(key, entry, shopDomain, handle)
    },
    changed(shopId) {
      for (const entry of entries.values()) {
        const of = entry.snapshot?.shopId
        // One that is being read, or whose shop was not known, may be meant.
        if (of === shopId || of == null) entry.changes += 1
      }
    },
    allChanged() {
      for (const entry of entries.values()) entry.changes += 1
    },
    reads: () => reads,
  }
}

function afterPatience(known: Snapshot): Promise<Snapshot> {
  return new Promise((resolve) => setTimeout(() => resolve(known), PATIENCE_MS).unref())
}
