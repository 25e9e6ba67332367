// Plays a drop's whole timeline on a clock of its own, in a shop on paper: planned, judged and followed by the rules that the runner of acts
// follows, and the checkout is asked a second before and after each edge of its window.
import {
  outcomeOfAct,
  planCatchUp,
  publishedByDrop,
  type StepNote,
  stepsOfAct,
  stepsOfStatus,
} from './act-steps.ts'
import type { CheckoutConfig } from './checkout-rules.ts'
import { allowedStatements, type DropFacts, type Statement } from './claim-log.ts'
import { type Act, actOf, type Drop, RELEASING_KINDS, type Wave } from './drop.ts'
import { pressDrop, statusAfterAct } from './drop-state.ts'
import type { PreflightItem } from './preflight.ts'
import {
  countOf,
  openPretendShop,
  type PretendDrop,
  type PretendFacts,
  type PretendShop,
  perform,
  placeOf,
  reserve,
  rewriteCheckout,
  steppedOf,
} from './pretend-shop.ts'
import type {
  Counted,
  GateAnswer,
  GateQuestion,
  PieceShown,
  Rehearsal,
  RehearsalFinding,
  RehearsedAct,
  UnitsOf,
} from './rehearsal.ts'
import { holdUntil } from './restock.ts'
import { saidOnStorefront } from './said-on-storefront.ts'
import { type Bucket, judgeStock } from './scarcity.ts'
import { storefrontConfigs } from './storefront-config.ts'
import { clockChangeBetween, phaseAt, sellingWindow } from './timeline.ts'

/** The real shop's figures, read once. */
export interface RehearsalFacts extends PretendFacts {
  now: string
  /** As preflight finds them now, for the drop as a whole. */
  preflight: readonly PreflightItem[]
  /** People who wait for a restock, by variant. */
  waiting: ReadonlyMap<string, number>
  /** Whether the drop's agreement rates sales then; null: it needs none. */
  agreementRates: ((at: string) => boolean) | null
}

export interface Stage {
  shop: PretendShop
  facts: RehearsalFacts
  acts: RehearsedAct[]
  findings: RehearsalFinding[]
  /** Restocks that were announced already. */
  told: Set<string>
  /** How the checkout was told, in order of time. */
  configs: Array<{ from: string; config: CheckoutConfig }>
  isDraft: boolean
}

/** Sets the stage, and schedules the drop where it is a draft. */
export function openStage(drop: PretendDrop, facts: RehearsalFacts): Stage {
  const shop = openPretendShop(drop, facts)
  const stage: Stage = {
    shop,
    facts,
    acts: [],
    findings: findingsOfNow(drop, facts),
    told: new Set(),
    configs: [],
    isDraft: drop.status === 'draft',
  }
  const steps: StepNote[] = []
  const before = countsOf(shop)
  if (drop.status === 'draft') {
    const pressed = pressDrop(drop, { kind: 'schedule' }, facts.now)
    if (!pressed.ok) find(stage, 'red', null, 'cannot_be_scheduled', { refusal: pressed.reason })
    for (const wave of drop.waves) {
      const note = { key: `reserve/${wave.id}`, ms: 0, ...reserve(shop, wave) }
      steps.push(note)
      if (note.outcome !== 'done') notReserved(stage, wave, note)
    }
  }
  shop.drop = { ...shop.drop, status: 'scheduled' }
  for (const step of stepsOfStatus(steppedOf(shop))) {
    const performed = perform(shop, step, facts.now)
    steps.push({ key: step.key, ms: 0, ...performed })
    if (performed.outcome !== 'done') stepFails(stage, null, step.key, performed.evidence)
  }
  noteConfig(stage, facts.now)
  stage.acts.push({
    ...playedAs(stage, { id: null, kind: 'schedule', at: facts.now }, steps, before),
    outcome: 'done',
  })
  return stage
}

/** The next act, at its very time. */
export function playAct(stage: Stage, act: Act): void {
  const { shop } = stage
  stage.configs.push(...rewriteCheckout(shop, act.at))
  const before = countsOf(shop)
  const listed = new Map(shop.listed)
  const { run } = planCatchUp([act], shop.drop.status)
  const notes: StepNote[] = []
  if (run.length > 0)
    for (const step of stepsOfAct(steppedOf(shop), act)) {
      const performed = perform(shop, step, act.at)
      notes.push({ key: step.key, ms: 0, ...performed })
      if (performed.outcome !== 'done') stepFails(stage, act.id, step.key, performed.evidence)
    }
  const outcome = run.length === 0 ? 'skipped' : outcomeOfAct(notes, 1).outcome
  const status = statusAfterAct(shop.drop.status, act.kind)
  const isNews = status !== shop.drop.status
  shop.drop = {
    ...shop.drop,
    status,
    acts: shop.drop.acts.map((each) => (each.id === act.id ? { ...each, status: 'done' } : each)),
  }
  if (isNews && status === 'closed') judgeClose(stage, act)
  // A close is told of at once; at an opening nothing is flipped.
  if (isNews && status === 'closed')
    for (const step of stepsOfStatus(steppedOf(shop)))
      notes.push({ key: step.key, ms: 0, ...perform(shop, step, act.at) })
  noteConfig(stage, act.at)
  judgeMoment(stage, act)
  stage.acts.push({ ...playedAs(stage, act, notes, before, listed), outcome })
}

function noteConfig({ shop, configs }: Stage, from: string): void {
  if (shop.config && shop.config !== configs.at(-1)?.config) configs.push({ from, config: shop.config })
}

/** What the drop did not put into the online store it does not take away. */
function judgeClose(stage: Stage, act: Act): void {
  const gone = publishedByDrop(stage.shop.drop)
  const kept = stage.shop.drop.offers.filter(({ productId }) => !gone.includes(productId))
  const title = kept.map((offer) => offer.title).join(', ')
  if (kept.length > 0) find(stage, 'amber', act.id, 'goes_on_selling', { title })
}

/** What is wrong at an act although all its steps succeed. */
function judgeMoment(stage: Stage, act: Act): void {
  const { shop, facts } = stage
  const [hero] = shop.drop.offers
  const sells = act.kind === 'early_access' || act.kind === 'open'
  if (sells && hero && countOf(shop, hero.inventoryItemId).available <= 0)
    find(stage, 'red', act.id, 'opens_sold_out', { title: hero.title })
  const rates = facts.agreementRates
  const isSelling = RELEASING_KINDS.includes(act.kind) || act.kind === 'close'
  if (rates && isSelling && !rates(act.at)) find(stage, 'red', act.id, 'agreement_not_in_force', {})
}

/** The moments beside each edge of the window, for everybody and for those who are let in early. */
export function gateQuestions(drop: Pick<Drop, 'acts' | 'earlyAccess'>): GateQuestion[] {
  const window = sellingWindow(drop.acts)
  if (!window) return []
  const { early, open, close } = window
  const edges = [
    ...(early ? [{ edge: 'early_access' as const, at: early }] : []),
    { edge: 'open' as const, at: open },
    { edge: 'close' as const, at: close },
  ]
  const buyers = early && drop.earlyAccess ? (['anybody', 'early'] as const) : (['anybody'] as const)
  return edges.flatMap(({ edge, at }) =>
    (['before', 'after'] as const).flatMap((side) =>
      buyers.map((buyer) => ({ edge, side, buyer, at: shifted(at, side === 'before' ? -1_000 : 1_000) })),
    ),
  )
}

/**
 * Whether that buyer is let in then by the timelines: by this drop's, or by that of another one which sells the piece too. Null: another drop
 * lets some people in early then, and who they are is not this drop's to say; or the piece stays in the online store after the close, and the
 * checkout lets go of it as soon as it was told.
 */
export function isLetIn(
  { acts, offers }: Pick<PretendDrop, 'acts' | 'offers'>,
  others: readonly Drop[],
  productId: string,
  { at, buyer }: GateQuestion,
): boolean | null {
  const phase = phaseAt(acts, at)
  if (phase === 'open' || (phase === 'early' && buyer === 'early')) return true
  const phases = others
    .filter(
      ({ offers, status }) => status !== 'held' && offers.some((offer) => offer.productId === productId),
    )
    .map((other) => phaseAt(other.acts, at))
  if (phases.includes('open')) return true
  const staysOnSale = phase === 'over' && !publishedByDrop({ offers }).includes(productId)
  return staysOnSale || phases.includes('early') ? null : false
}

/** What the checkout knew at a moment of the rehearsal; null: nothing. */
export function configAt({ configs }: Stage, at: string): CheckoutConfig | null {
  return configs.findLast(({ from }) => Date.parse(from) <= Date.parse(at))?.config ?? null
}

export function endRehearsal(
  { shop, facts, acts, findings, isDraft }: Stage,
  checkout: GateAnswer[],
): Rehearsal {
  const { drop } = shop
  const wrong = checkout.filter(({ lets, expected }) => expected !== null && lets !== expected)
  const all: RehearsalFinding[] = [
    ...findings,
    ...wrong.map(({ edge, side, at, buyer, lets }) => ({
      light: 'red' as const,
      actId: actOf(drop.acts, edge)?.id ?? null,
      reason: 'checkout_disagrees' as const,
      facts: { edge, side, at, buyer, lets: lets ? 'yes' : 'no' },
    })),
  ]
  const order = new Map(acts.map(({ actId }, index) => [actId, index]))
  const rank = ({ light, actId }: RehearsalFinding) => (light === 'red' ? 0 : 100) + (order.get(actId) ?? 0)
  return {
    dropId: drop.id,
    revision: drop.revision,
    at: facts.now,
    timeZone: drop.timeZone,
    isDraft,
    acts,
    checkout,
    findings: all.sort((left, right) => rank(left) - rank(right)),
  }
}

function findingsOfNow(drop: PretendDrop, facts: RehearsalFacts): RehearsalFinding[] {
  const findings: RehearsalFinding[] = facts.preflight.flatMap(({ light, check, reason, facts: told }) =>
    // Overlaps are told with their times below.
    light === 'green' || check === 'overlap'
      ? []
      : [{ light, actId: null, reason: 'preflight', check, because: reason, facts: told }],
  )
  const [first, last] = [drop.acts[0], drop.acts.at(-1)]
  const change = first && last ? clockChangeBetween(first.at, last.at, drop.timeZone) : null
  if (change) findings.push({ light: 'amber', actId: null, reason: 'clocks_change', facts: { ...change } })
  return [...findings, ...overlapFindings(drop, facts.others)]
}

function overlapFindings(drop: PretendDrop, others: readonly Drop[]): RehearsalFinding[] {
  const mine = sellingWindow(drop.acts)
  if (!mine) return []
  return others.flatMap((other): RehearsalFinding[] => {
    const theirs = sellingWindow(other.acts)
    if (!theirs) return []
    const from = later(mine.early ?? mine.open, theirs.early ?? theirs.open)
    const until = Date.parse(mine.close) < Date.parse(theirs.close) ? mine.close : theirs.close
    const shared = drop.offers.filter(({ variantId }) =>
      other.offers.some((offer) => offer.variantId === variantId),
    )
    if (Date.parse(from) >= Date.parse(until) || shared.length === 0) return []
    const pieces = shared.map(({ title }) => title).join(', ')
    const act = drop.acts.findLast(({ at }) => Date.parse(at) <= Date.parse(from))
    return [
      {
        light: 'amber',
        actId: act?.id ?? null,
        reason: 'overlap',
        facts: { title: other.title, pieces, from, until },
      },
    ]
  })
}

type PlainReason = Exclude<RehearsalFinding['reason'], 'preflight'>

function find(
  { findings }: Stage,
  light: 'red' | 'amber',
  actId: string | null,
  reason: PlainReason,
  facts: RehearsalFinding['facts'],
): void {
  findings.push({ light, actId, reason, facts })
}

function notReserved(stage: Stage, wave: Wave, { evidence }: StepNote): void {
  const level = stage.shop.levels.get(placeOf(wave))
  const facts = { title: titleOf(stage, wave.variantId), units: wave.units, available: level?.available ?? 0 }
  find(stage, 'red', wave.actId, 'not_reserved', { ...facts, because: String(evidence.reason) })
}

function stepFails(stage: Stage, actId: string | null, key: string, evidence: StepNote['evidence']): void {
  const [step = '', waveId] = key.split('/')
  const wave = stage.shop.drop.waves.find(({ id }) => id === waveId)
  const because = String(evidence.reason ?? 'short')
  // That nothing was set aside has been said once, with what is missing.
  if (because === 'never_reserved') return
  const title = wave ? titleOf(stage, wave.variantId) : ''
  find(stage, 'red', actId, 'step_fails', { step, because, title })
}

function titleOf({ shop }: Stage, variantId: string): string {
  return shop.drop.offers.find((offer) => offer.variantId === variantId)?.title ?? ''
}

type Counts = Map<string, Counted>

function countsOf(shop: PretendShop): Counts {
  return new Map(
    shop.drop.offers.map(({ inventoryItemId }) => [inventoryItemId, countOf(shop, inventoryItemId)]),
  )
}

interface Played {
  id: string | null
  kind: RehearsedAct['kind']
  at: string
}

function playedAs(
  stage: Stage,
  { id, kind, at }: Played,
  notes: readonly StepNote[],
  before: Counts,
  listedBefore: ReadonlyMap<string, boolean> = stage.shop.listed,
): Omit<RehearsedAct, 'outcome'> {
  const { shop } = stage
  const { offers } = shop.drop
  const released = unitsMoved(stage, notes, 'release')
  const titles = (isListed: boolean) =>
    offers
      .filter(
        ({ productId }) =>
          (shop.listed.get(productId) ?? false) === isListed &&
          (listedBefore.get(productId) ?? false) !== isListed,
      )
      .map(({ title }) => title)
  return {
    actId: id,
    kind,
    at,
    steps: notes.map(({ key, outcome, evidence }) => ({ key, outcome, evidence })),
    published: titles(true),
    unpublished: titles(false),
    released: released.map(({ title, units }) => ({ title, units })),
    returned: unitsMoved(stage, notes, 'return').map(({ title, units }) => ({ title, units })),
    announced: announcedAt(stage, at),
    mailed: mailedAt(stage, id, at, released),
    stock: offers.map(({ title, inventoryItemId }) => ({
      title,
      before: before.get(inventoryItemId) ?? { available: 0, reserved: 0 },
      after: countOf(shop, inventoryItemId),
    })),
    shows: showsAt(stage, at),
  }
}

function unitsMoved(
  stage: Stage,
  notes: readonly StepNote[],
  kind: 'release' | 'return',
): Array<UnitsOf & { variantId: string }> {
  return notes.flatMap(({ key, evidence }) => {
    const [step, waveId] = key.split('/')
    const units = Number(evidence.units ?? 0)
    const wave = stage.shop.drop.waves.find(({ id }) => id === waveId)
    if (step !== kind || !wave || units === 0) return []
    const { variantId } = wave
    return [{ variantId, title: titleOf(stage, variantId), units }]
  })
}

/** Restocks that may be spoken of from this moment on, and could not before. */
function announcedAt(stage: Stage, at: string): RehearsedAct['announced'] {
  return statementsAt(stage, at)
    .filter(({ kind, variantId, value }) => kind === 'wave' && isNew(stage.told, `${variantId}|${value}`))
    .map(({ variantId, value }) => {
      const [units = '0', time = at] = value.split('@')
      return { title: titleOf(stage, variantId ?? ''), units: Number(units), for: time }
    })
}

function isNew(told: Set<string>, key: string): boolean {
  if (told.has(key)) return false
  told.add(key)
  return true
}

function statementsAt(stage: Stage, at: string): Statement[] {
  const { shop, facts } = stage
  const { drop } = shop
  const window = sellingWindow(drop.acts)
  if (!window) return []
  const dropFacts: DropFacts = {
    status: drop.status,
    sellsFrom: window.early ?? window.open,
    closesAt: window.close,
    rule: drop.scarcity,
    locks: { checkout: shop.config !== null, listing: true },
    stocks: stocksAt(stage, at),
    waves: comingWaves(drop).map((wave) => ({ ...wave, adjustmentId: null })),
    otherWaves: facts.others.flatMap(comingWaves),
  }
  return allowedStatements(dropFacts, at)
}

function comingWaves({ acts, waves }: Drop) {
  return waves
    .filter(({ state }) => state === 'planned' || state === 'reserved')
    .map(({ id, actId, variantId, units, state }) => ({
      id,
      at: acts.find((act) => act.id === actId)?.at ?? '',
      units,
      isBacked: state === 'reserved',
      variantId,
    }))
}

function stocksAt({ shop, facts }: Stage, at: string) {
  return facts.pieces.map((piece) => ({
    variantId: piece.variantId,
    isCounted: piece.isCounted,
    sellsBeyondStock: piece.sellsBeyondStock,
    locations: piece.levels.map(({ locationId }) => {
      const place = placeOf({ inventoryItemId: piece.inventoryItemId, locationId })
      const level = shop.levels.get(place) ?? { available: 0, reserved: 0 }
      const own = shop.drop.waves
        .filter((wave) => wave.state === 'reserved' && placeOf(wave) === place)
        .reduce((sum, { units }) => sum + units, 0)
      return { locationId, available: level.available, heldBack: Math.max(0, level.reserved - own) }
    }),
    incoming: 0,
    confirmedAt: at,
  }))
}

/** Who waits is written to as far as there are units, and as long as there is time to buy. */
function mailedAt(
  stage: Stage,
  actId: string | null,
  at: string,
  released: ReadonlyArray<UnitsOf & { variantId: string }>,
): UnitsOf[] {
  const close = actOf(stage.shop.drop.acts, 'close')?.at
  return released.flatMap(({ variantId, title, units }) => {
    const people = Math.min(units, stage.facts.waiting.get(variantId) ?? 0)
    if (people === 0 || !close) return []
    if (holdUntil(new Date(at), new Date(close))) return [{ title, units: people }]
    find(stage, 'amber', actId, 'no_time_for_mail', { title, count: people })
    return []
  })
}

function showsAt(stage: Stage, at: string): PieceShown[] {
  const { shop, facts } = stage
  const configs = storefrontConfigs(shop.drop, facts.storefront)
  // "Lanterns – Garnet": the piece, then its kind.
  const kindOf = (variantId: string) => titleOf(stage, variantId).split(' – ').at(-1) ?? ''
  const stocks = stocksAt(stage, at)
  return shop.drop.offers.flatMap(({ productId, variantId, title }): PieceShown[] => {
    const config = configs.get(productId)
    const stock = stocks.find((each) => each.variantId === variantId)
    if (!config) return []
    const isListed = shop.listed.get(productId) === true
    const seconds = Math.floor(Date.parse(at) / 1000)
    const bucket: Bucket = stock ? bucketOf(stage, stock, at) : 'open'
    return [{ title, isListed, ...saidOnStorefront(config, seconds, bucket, kindOf) }]
  })
}

function bucketOf({ shop, facts }: Stage, stock: ReturnType<typeof stocksAt>[number], at: string): Bucket {
  const window = sellingWindow(shop.drop.acts)
  // Before the first sale nothing can be nearly gone.
  if (!window || Date.parse(at) < Date.parse(window.early ?? window.open)) return 'open'
  const waves = [shop.drop, ...facts.others]
    .flatMap(comingWaves)
    .filter(({ variantId }) => variantId === stock.variantId)
  return judgeStock(stock, waves, shop.drop.scarcity, at).bucket
}

function shifted(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString()
}

function later(left: string, right: string): string {
  return Date.parse(left) > Date.parse(right) ? left : right
}
