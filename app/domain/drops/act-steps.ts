// What is to be done at an act, and when a drop is settled after a press: a pure function of the drop and of what was done already. Each
// step is safe to repeat, so a runner that was stopped anywhere is followed by another one that begins the list anew.
import { type Drop, type DropStatus, type Offer, RELEASING_KINDS } from './drop.ts'

export type Step =
  /** Units of a wave: from reserved to available, or back because nothing more is sold. */
  | { key: string; kind: 'release' | 'return'; waveId: string }
  /** Pieces into the online store or out of it, and looked at afterwards. */
  | { key: string; kind: 'list' | 'unlist'; productIds: string[] }
  /** The checkout's rules and prices, and what pages print. */
  | { key: string; kind: 'tell_checkout' | 'tell_storefront' }
  /** Shopify is asked whether it is so. */
  | { key: string; kind: 'verify'; listed: string[]; unlisted: string[] }

/** How a step went, as receipts keep it. */
export interface StepNote {
  key: string
  outcome: 'done' | 'short' | 'failed' | 'retry'
  /** Milliseconds by the machine's clock. */
  ms: number
  evidence: Record<string, string | number | boolean | null>
}

export interface SteppedOffer extends Offer {
  /** Whether the shop had it in its online store before the drop: then it stays there. */
  wasPublished: boolean | null
}

export type SteppedDrop = Pick<Drop, 'acts' | 'waves' | 'status'> & { offers: SteppedOffer[] }

const TELL_CHECKOUT: Step = { key: 'tell_checkout', kind: 'tell_checkout' }
const TELL_STOREFRONT: Step = { key: 'tell_storefront', kind: 'tell_storefront' }

type ActOf = Pick<Drop['acts'][number], 'id' | 'kind'>

/** In this order: stock before listing at the opening, listing before stock at the close. `done` are keys of steps that are behind us. */
export function stepsOfAct(drop: SteppedDrop, act: ActOf, done: ReadonlySet<string> = new Set()): Step[] {
  return planned(drop, act).filter(({ key }) => !done.has(key))
}

function planned(drop: SteppedDrop, act: ActOf): Step[] {
  switch (act.kind) {
    case 'teaser':
      return listing(heroOf(drop))
    case 'early_access':
    case 'open':
    case 'wave':
      return [...releases(drop, act), ...listing(productsOf(drop))]
    case 'close':
      // Storefront and checkout hear of the close when it is done: the drop is settled then.
      return [...ending(drop), verifyGone(drop)]
    case 'after':
      return [TELL_STOREFRONT]
  }
}

/** What brings stock, listing, price and rules to what the drop's status says, whatever was done before. */
export function stepsOfStatus(drop: SteppedDrop): Step[] {
  switch (drop.status) {
    case 'scheduled':
    case 'live':
    case 'held':
      return [TELL_CHECKOUT, TELL_STOREFRONT]
    case 'aborted':
      return [TELL_CHECKOUT, TELL_STOREFRONT, ...ending(drop), verifyGone(drop)]
    case 'draft':
      // Off the shelves first: what the checkout does not know any more, it sells.
      return [...ending(drop), TELL_CHECKOUT, TELL_STOREFRONT]
    case 'closed':
      return [...ending(drop), TELL_CHECKOUT, TELL_STOREFRONT, verifyGone(drop)]
  }
}

function releases(drop: SteppedDrop, act: ActOf): Step[] {
  // Also what an earlier act could not release: nothing that was promised stays in reserve while the drop sells.
  const acts = new Map(drop.acts.map((each, index) => [each.id, index]))
  const until = acts.get(act.id) ?? 0
  return drop.waves
    .filter(
      ({ actId, state }) => state !== 'released' && state !== 'returned' && (acts.get(actId) ?? 0) <= until,
    )
    .map(({ id }) => ({ key: `release/${id}`, kind: 'release', waveId: id }))
}

function listing(productIds: string[]): Step[] {
  return [
    { key: 'list', kind: 'list', productIds },
    { key: 'verify', kind: 'verify', listed: productIds, unlisted: [] },
  ]
}

function ending(drop: SteppedDrop): Step[] {
  const returned: Step[] = drop.waves
    .filter(({ state }) => state !== 'released' && state !== 'returned')
    .map(({ id }) => ({ key: `return/${id}`, kind: 'return', waveId: id }))
  const gone = publishedByDrop(drop)
  return [
    ...(gone.length > 0 ? [{ key: 'unlist', kind: 'unlist' as const, productIds: gone }] : []),
    ...returned,
  ]
}

function verifyGone(drop: SteppedDrop): Step {
  return { key: 'verify', kind: 'verify', listed: [], unlisted: publishedByDrop(drop) }
}

/** Products that stand in the online store because of the drop: gone with it. */
export function publishedByDrop({ offers }: Pick<SteppedDrop, 'offers'>): string[] {
  const kept = new Set(
    offers.filter(({ wasPublished }) => wasPublished !== false).map(({ productId }) => productId),
  )
  return unique(offers.map(({ productId }) => productId)).filter((id) => !kept.has(id))
}

function heroOf({ offers }: SteppedDrop): string[] {
  return unique(offers.filter(({ role }) => role === 'hero').map(({ productId }) => productId))
}

function productsOf({ offers }: SteppedDrop): string[] {
  return unique(offers.map(({ productId }) => productId))
}

function unique(ids: string[]): string[] {
  return [...new Set(ids)]
}

/** What a runner does about acts that are due. After a long stop, what lies behind is not played again for nobody. */
export function planCatchUp<Due extends ActOf>(
  due: readonly Due[],
  status: DropStatus,
): { run: Due[]; skip: Due[] } {
  const sells = status === 'scheduled' || status === 'live'
  if (!sells && status !== 'closed') return { run: [], skip: [] }
  const isOver = status === 'closed' || due.some(({ kind }) => kind === 'close')
  const begins = due.some(({ kind }) => RELEASING_KINDS.includes(kind))
  const isPast = ({ kind }: Due) => {
    if (kind === 'close') return status === 'closed'
    if (kind === 'after') return false
    return isOver || (kind === 'teaser' && begins)
  }
  return { run: due.filter((act) => !isPast(act)), skip: due.filter(isPast) }
}

/** Steps that ended well: they are not done again. */
export function isBehind({ outcome }: Pick<StepNote, 'outcome'>): boolean {
  return outcome === 'done' || outcome === 'short'
}

/** What an execution comes to. `attempts` are those that are behind us, this one among them; `againMs`: until the next, null when there is none. */
export function outcomeOfAct(
  notes: ReadonlyArray<Pick<StepNote, 'outcome'>>,
  attempts: number,
): { outcome: 'done' | 'failed' | 'retry'; againMs: number | null } {
  const againMs = notes.some(({ outcome }) => outcome === 'retry') ? retryAfterMs(attempts) : null
  if (notes.every(isBehind)) return { outcome: 'done', againMs }
  return { outcome: againMs === null ? 'failed' : 'retry', againMs }
}

/** A failed execution is tried again so often, then it is over with an alert; later acts do not wait for it. */
export const MOST_ATTEMPTS = 6
const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 20_000

/** Milliseconds until the next try; null when it is the last. `attempts` are those that are behind us, this one among them. */
export function retryAfterMs(attempts: number): number | null {
  if (attempts >= MOST_ATTEMPTS) return null
  return Math.min(FIRST_RETRY_MS * 3 ** (attempts - 1), LONGEST_RETRY_MS)
}

/** A drop that could not be settled is looked after for ever, ever more rarely. */
export function settleAgainMs(attempts: number): number {
  return Math.min(1_000 * 2 ** Math.min(attempts, 12), 300_000)
}
