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
/** What there is not, or not yet, is looked for again after so long; where something of the shop changed, after the shorter time. */
const MISSING_MS = 5_000
const MISSING_CHANGED_MS = 1_000
/** After a failure the next try waits. */
const RETRY_MS = 500
/** Who asks during a read waits so long for it, then gets what was known. */
const PATIENCE_MS = 250
/** Beyond these, drops that are over are forgotten, those first that were read longest ago. One that is still to sell never is. */
const MOST_ENTRIES = 2_000
/** Shops of whose drops the names are known. Their number is Shopify's to vouch for: a request names its shop under a signature. */
const MOST_SHOPS = 10_000

/** Which drops a shop has: learnt once something was asked for that it has not, and the answer to every other such name. */
interface Directory {
  shopId: number | null
  /** Null: never learnt. */
  handles: ReadonlySet<string> | null
  changes: number
  seen: number
  readAt: number
  /** The one look for a name that is not known, however many names are asked for. */
  looking: Promise<unknown> | null
}

export function createStateSnapshots(options: SnapshotOptions): StateSnapshots {
  const { load, now, isHearing, onError, elapsed = () => performance.now() } = options
  const entries = new Map<string, Entry>()
  const directories = new Map<string, Directory>()
  let reads = 0

  function isCurrent(entry: Entry, snapshot: Snapshot): boolean {
    if (entry.seen !== entry.changes) return false
    const age = elapsed() - entry.readAt
    return age < (snapshot.facts === null ? 0 : isHearing() ? Number.POSITIVE_INFINITY : UNTOLD_MS)
  }

  /** The one read that is under way, or a new one. */
  function read(key: string, entry: Entry, shopDomain: string, handle: string): Promise<Snapshot> {
    entry.reading ??= (async () => {
      const seen = entry.changes
      const directory = directoryOf(shopDomain)
      const seenOfShop = directory.changes
      entry.triedAt = elapsed()
      reads += 1
      try {
        const { shopId, facts, handles = [] } = await load(shopDomain, handle)
        if (facts === null) {
          // Nobody keeps what is not there by its name.
          entries.delete(key)
          const learnt = { shopId, handles: new Set(handles), seen: seenOfShop, readAt: elapsed() }
          Object.assign(directory, learnt)
        }
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
    const at = now()
    const over = [...entries]
      .filter(([, { snapshot }]) => snapshot?.facts && isOver(snapshot.facts, at))
      .toSorted(([, left], [, right]) => left.readAt - right.readAt)
    for (const [key] of over.slice(0, MOST_ENTRIES / 4)) entries.delete(key)
  }

  function directoryOf(shopDomain: string): Directory {
    const known = directories.get(shopDomain)
    if (known) return known
    const [oldest] = directories.keys()
    if (directories.size >= MOST_SHOPS && oldest !== undefined) directories.delete(oldest)
    const made = { shopId: null, handles: null, changes: 0, seen: 0, readAt: 0, looking: null }
    directories.set(shopDomain, made)
    return made
  }

  /** Whether it is known that the shop has no such drop. */
  function isMissing({ handles, changes, seen, readAt }: Directory, handle: string): boolean {
    if (!handles || handles.has(handle)) return false
    return elapsed() - readAt < (changes === seen ? MISSING_MS : MISSING_CHANGED_MS)
  }

  function added(key: string): Entry {
    makeRoom()
    const entry = { snapshot: null, changes: 0, seen: 0, readAt: elapsed(), triedAt: 0, reading: null }
    entries.set(key, entry)
    return entry
  }

  function answerOf(key: string, entry: Entry, shopDomain: string, handle: string) {
    if (entry.snapshot && isCurrent(entry, entry.snapshot)) return render(entry.snapshot)
    return refreshed(key, entry, shopDomain, handle)
  }

  /** A name that was never seen: looked for alone, so that what the first one finds answers for all who wait. */
  async function lookFor(key: string, shopDomain: string, handle: string): Promise<StateAnswer> {
    const directory = directoryOf(shopDomain)
    while (directory.looking && !directory.handles?.has(handle)) await directory.looking
    const known = entries.get(key)
    if (known) return answerOf(key, known, shopDomain, handle)
    if (isMissing(directory, handle)) return null
    const entry = added(key)
    if (directory.handles?.has(handle)) return refreshed(key, entry, shopDomain, handle)
    const looking = read(key, entry, shopDomain, handle)
    directory.looking = looking
    try {
      return render(await looking)
    } finally {
      directory.looking = null
    }
  }

  return {
    get(shopDomain, handle) {
      const key = `${shopDomain}/${handle}`
      const entry = entries.get(key)
      if (entry) return answerOf(key, entry, shopDomain, handle)
      if (isMissing(directoryOf(shopDomain), handle)) return null
      return lookFor(key, shopDomain, handle)
    },
    changed(shopId) {
      for (const entry of entries.values()) {
        const of = entry.snapshot?.shopId
        // One that is being read, or whose shop was not known, may be meant.
        if (of === shopId || of == null) entry.changes += 1
      }
      for (const directory of directories.values())
        if (directory.shopId === shopId || directory.shopId === null) directory.changes += 1
    },
    allChanged() {
      for (const entry of entries.values()) entry.changes += 1
      for (const directory of directories.values()) directory.changes += 1
    },
    reads: () => reads,
  }
}

function isOver({ status, closesAt }: StateFacts, at: number): boolean {
  return status === 'closed' || status === 'aborted' || Date.parse(closesAt) <= at
}

function afterPatience(known: Snapshot): Promise<Snapshot> {
  return new Promise((resolve) => setTimeout(() => resolve(known), PATIENCE_MS).unref())
}
