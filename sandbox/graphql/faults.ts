// What can be made to go wrong at the Admin API and the token endpoint. One object per sandbox, shared with the control API.
import type { Sandbox } from '#sandbox/state/sandbox.ts'

export interface SandboxFaults {
  /** How long an expiring access token lives. Shopify: 3600. */
  tokenLifetimeSeconds: number
  /** Share of GraphQL requests answered with 502, 0 to 1, drawn from a generator seeded by `seed`. */
  graphqlErrorRate: number
  /** How long an answer to a GraphQL request takes, when it is carried out already. */
  graphqlDelayMs: number
  /** The leaky bucket: its size in points and the points restored a second. */
  throttle: { maximumAvailable: number; restoreRate: number }
  /** Every refresh is answered with 400 invalid_grant. */
  refuseRefresh: boolean
  /** Token answers leave out `expires_in`. */
  omitExpiresIn: boolean
  /** How long functions go on seeing a configuration that was changed. Shopify: mostly under a minute. */
  functionConfigDelayMs: number
  seed: number
}

interface FaultState {
  faults: SandboxFaults
  random: () => number
}

const states = new WeakMap<Sandbox, FaultState>()

export function defaultFaults(): SandboxFaults {
  return {
    tokenLifetimeSeconds: 3600,
    graphqlErrorRate: 0,
    graphqlDelayMs: 0,
    throttle: { maximumAvailable: 2000, restoreRate: 100 },
    refuseRefresh: false,
    omitExpiresIn: false,
    functionConfigDelayMs: 0,
    seed: 1,
  }
}

function stateOf(sandbox: Sandbox): FaultState {
  const known = states.get(sandbox)
  if (known) return known
  const fresh = { faults: defaultFaults(), random: seededRandom(1) }
  states.set(sandbox, fresh)
  return fresh
}

/** The faults in force now. Change them with `setFaults`. */
export function faultsOf(sandbox: Sandbox): Readonly<SandboxFaults> {
  return stateOf(sandbox).faults
}

/** Changes the named faults and answers all of them; a given `seed` restarts the generator. Values are the caller's to validate. */
export function setFaults(sandbox: Sandbox, change: Partial<SandboxFaults>): SandboxFaults {
  const state = stateOf(sandbox)
  state.faults = { ...state.faults, ...change, throttle: { ...state.faults.throttle, ...change.throttle } }
  if (change.seed !== undefined) state.random = seededRandom(change.seed)
  return state.faults
}

/** Back to a Shopify in good health. */
export function clearFaults(sandbox: Sandbox): SandboxFaults {
  return setFaults(sandbox, defaultFaults())
}

/** Draws once: is this request to fail? */
export function drawsServerError(sandbox: Sandbox): boolean {
  const { faults, random } = stateOf(sandbox)
  return faults.graphqlErrorRate > 0 && random() < faults.graphqlErrorRate
}

/** mulberry32: small, fast, and the same sequence on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
