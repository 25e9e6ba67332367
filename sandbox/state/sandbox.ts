// The sandbox: one state, one movable clock, one bus on which the parts tell each other what happened.
import fs from 'node:fs'
import path from 'node:path'
import type { ShopState } from './nouns.ts'

/** Something that happened in a shop; webhooks and live pages listen. `topic` is a webhook topic such as "orders/create". */
export interface ShopEvent {
  shop: string
  topic: string
  /** Numeric id of the noun that the event is about. */
  resourceId: string
  /** Business time. */
  happenedAt: string
  /** Extra facts that the payload needs beyond the noun itself (e.g. the refund's id). */
  detail: Record<string, unknown>
}

export interface SandboxOptions {
  apiKey: string
  apiSecret: string
  /** Origin of the app under test, e.g. http://localhost:3000 */
  appUrl: string
  /** Origin of the sandbox itself, e.g. http://localhost:4000 */
  sandboxUrl: string
  /** JSON file in which the state survives restarts; none: memory only. */
  statePath?: string
  /** Path of shopify.app.toml, whose webhook subscriptions and app proxy are honoured. */
  appTomlPath: string
}

interface PersistedState {
  shops: Record<string, ShopState>
  counters: Record<string, number>
  clockOffsetMs: number
}

export interface SandboxClock {
  now(): Date
  readonly offsetMs: number
  setOffset(offsetMs: number): void
}

export interface Sandbox {
  readonly options: SandboxOptions
  readonly clock: SandboxClock
  readonly shops: Record<string, ShopState>
  /** The shop's state; throws for an unknown domain. */
  shop(domain: string): ShopState
  findShop(domain: string): ShopState | undefined
  /** Next numeric id of a noun, as a string; deterministic. */
  nextId(noun: string): string
  emit(event: ShopEvent): void
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: ShopEvent) => void): () => void
  /** Call after every change; saves soon when a statePath is set. */
  changed(): void
  /** Writes pending changes now. */
  save(): void
  reset(): void
}

const FIRST_ID: Record<string, number> = { order: 5_000_001, sale: 70_000_001, default: 1_000_001 }

/** Opens the sandbox, with the state of `statePath` when that file exists. Errors: a file that is not its own JSON is refused by name. */
export function openSandbox(options: SandboxOptions): Sandbox {
  const persisted = loadState(options.statePath)
  const listeners = new Set<(event: ShopEvent) => void>()
  let saveTimer: NodeJS.Timeout | undefined

  const sandbox: Sandbox = {
    options,
    shops: persisted.shops,
    clock: {
      now: () => new Date(Date.now() + persisted.clockOffsetMs),
      get offsetMs() {
        return persisted.clockOffsetMs
      },
      setOffset(offsetMs) {
        persisted.clockOffsetMs = offsetMs
        sandbox.changed()
      },
    },
    shop(domain) {
      const found = persisted.shops[domain]
      if (!found) throw new Error(`The sandbox has no shop ${domain}.`)
      return found
    },
    findShop: (domain) => persisted.shops[domain],
    nextId(noun) {
      const next = persisted.counters[noun] ?? FIRST_ID[noun] ?? FIRST_ID.default ?? 1
      persisted.counters[noun] = next + 1
      return String(next)
    },
    emit(event) {
      for (const listener of listeners) listener(event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    changed() {
      if (!options.statePath || saveTimer) return
      saveTimer = setTimeout(() => sandbox.save(), 500)
      saveTimer.unref()
    },
    save() {
      clearTimeout(saveTimer)
      saveTimer = undefined
      if (options.statePath) writeAtomically(options.statePath, JSON.stringify(persisted))
    },
    reset() {
      for (const domain of Object.keys(persisted.shops)) delete persisted.shops[domain]
      persisted.counters = {}
      persisted.clockOffsetMs = 0
      sandbox.changed()
    },
  }
  return sandbox
}

function loadState(statePath: string | undefined): PersistedState {
  if (!statePath || !fs.existsSync(statePath)) return { shops: {}, counters: {}, clockOffsetMs: 0 }
  try {
    const parsed = JSON.parse(fs.readFileSync(statePath, 'utf8')) as PersistedState
    if (typeof parsed.shops !== 'object' || typeof parsed.counters !== 'object')
      throw new Error('not a sandbox state')
    return parsed
  } catch (error) {
    throw new Error(
      `${statePath} cannot be read as sandbox state (${(error as Error).message}). Move it away to start afresh.`,
    )
  }
}

function writeAtomically(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(`${file}.new`, text)
  fs.renameSync(`${file}.new`, file)
}
