// The drop's form as texts, and the plan that they mean. The browser's check and the server read them by the same code.
import { ACT_KINDS, type ActKind, type Drop, type DropPrice } from '#app/domain/drops/drop.ts'
import { localOf } from '#app/domain/drops/timeline.ts'
import type { TypedAct, TypedPlan, TypedWave } from '#app/domain/drops/typed-plan.ts'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { parsePercent, toPercentText } from '#app/domain/money/percent.ts'

export interface WaveText extends Omit<TypedWave, 'units'> {
  units: string
}

export interface PickedPiece {
  variantId: string
  title: string
}

export type DropFormValues = {
  /** Of the drop to be made; empty when editing. */
  formId: string
  /** Of the drop that is edited. */
  revision: string
  title: string
  handle: string
  creatorId: string
  agreementId: string
  acts: TypedAct[]
  /** The first is the hero. */
  pieces: PickedPiece[]
  waves: WaveText[]
  /** Empty: no limit. */
  limit: string
  /** Separated by commas. */
  earlyTags: string
  earlyTiers: string
  earlyPastBuyers: boolean
  earlyPasses: boolean
  /** none | percent | amount */
  priceKind: string
  priceOff: string
  lowAt: string
  lastAt: string
  /** Empty: nothing is said of arrival. */
  arrivalBasis: string
  arrivalFrom: string
  arrivalTo: string
  story: string
}

const BLANK: DropFormValues = {
  formId: '',
  revision: '',
  title: '',
  handle: '',
  creatorId: '',
  agreementId: '',
  acts: [],
  pieces: [],
  waves: [],
  limit: '',
  earlyTags: '',
  earlyTiers: '',
  earlyPastBuyers: false,
  earlyPasses: false,
  priceKind: 'none',
  priceOff: '',
  lowAt: '5',
  lastAt: '2',
  arrivalBasis: '',
  arrivalFrom: '',
  arrivalTo: '',
  story: '',
}

export function emptyDropForm(given: { formId: string; acts: TypedAct[] }): DropFormValues {
  return { ...BLANK, ...given }
}

/** `price.minor` as text: it has come over the wire. */
export interface EditedDrop extends Omit<Drop, 'price' | 'status' | 'id'> {
  price: { kind: 'percent'; bps: number } | { kind: 'amount'; minor: string } | null
}

/** `timeZone`: the shop's now, in which what is typed is read; the drop may have been planned in another one. */
export function dropFormFrom(drop: EditedDrop, currency: string, timeZone: string): DropFormValues {
  const { earlyAccess, price, arrival } = drop
  return {
    ...BLANK,
    revision: String(drop.revision),
    title: drop.title,
    handle: drop.handle,
    creatorId: drop.creatorId ?? '',
    agreementId: drop.agreementId ?? '',
    acts: inEditorOrder(drop.acts.map(({ id, kind, at }) => ({ id, kind, local: localOf(at, timeZone) }))),
    pieces: drop.offers.map(({ variantId, title }) => ({ variantId, title })),
    waves: drop.waves.map(({ id, actId, variantId, locationId, units }) => ({
      id,
      actId,
      variantId,
      locationId,
      units: String(units),
    })),
    limit: drop.limitPerCustomer === null ? '' : String(drop.limitPerCustomer),
    earlyTags: earlyAccess?.tags.join(', ') ?? '',
    earlyTiers: earlyAccess?.tiers.join(', ') ?? '',
    earlyPastBuyers: earlyAccess?.pastBuyers ?? false,
    earlyPasses: earlyAccess?.passes ?? false,
    priceKind: price?.kind ?? 'none',
    priceOff: priceText(price, currency),
    lowAt: String(drop.scarcity.lowAt),
    lastAt: String(drop.scarcity.lastAt),
    arrivalBasis: arrival?.basis ?? '',
    arrivalFrom: arrival ? String(arrival.fromDays) : '',
    arrivalTo: arrival ? String(arrival.toDays) : '',
    story: drop.story ?? '',
  }
}

function priceText(price: EditedDrop['price'], currency: string): string {
  if (price === null) return ''
  return price.kind === 'percent' ? toPercentText(price.bps) : toDecimalText(BigInt(price.minor), currency)
}

/** The kinds in their only order, waves by time: what is typed moves no row but a wave among waves. */
export function inEditorOrder(acts: readonly TypedAct[]): TypedAct[] {
  const rank = ({ kind }: TypedAct) => ACT_KINDS.indexOf(kind)
  return [...acts].sort(
    (left, right) =>
      rank(left) - rank(right) || (left.local < right.local ? -1 : left.local > right.local ? 1 : 0),
  )
}

/** The form as it was posted. What is missing or of another kind than a form sends is empty. */
export function dropFormPosted(text: (name: string) => string): DropFormValues {
  const entries = Object.entries(BLANK).map(([name, usual]) => {
    if (typeof usual === 'boolean') return [name, text(name) === 'true']
    return [name, Array.isArray(usual) ? listIn(text(name)) : text(name)]
  })
  const posted = Object.fromEntries(entries) as DropFormValues
  return {
    ...posted,
    acts: posted.acts.flatMap((act) => {
      const kind = ACT_KINDS.find((known) => known === textOf(act, 'kind'))
      return kind ? [{ id: textOf(act, 'id'), kind, local: textOf(act, 'local') }] : []
    }),
    pieces: posted.pieces.map((piece) => ({ variantId: textOf(piece, 'variantId'), title: '' })),
    waves: posted.waves.map((wave) => ({
      id: textOf(wave, 'id'),
      actId: textOf(wave, 'actId'),
      variantId: textOf(wave, 'variantId'),
      locationId: textOf(wave, 'locationId'),
      units: textOf(wave, 'units'),
    })),
  }
}

function textOf(value: unknown, name: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : ''
  return typeof found === 'string' ? found.slice(0, 200) : ''
}

/** Longer lists come from no form. */
const MOST_ROWS = 100

function listIn(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed.slice(0, MOST_ROWS) : []
  } catch {
    return []
  }
}

export function typedPlanOf(values: DropFormValues, currency: string): TypedPlan {
  const has = (kind: ActKind) => values.acts.some((act) => act.kind === kind)
  return {
    handle: values.handle.trim(),
    title: values.title,
    creatorId: values.creatorId || null,
    agreementId: values.agreementId || null,
    limitPerCustomer: values.limit.trim() === '' ? null : countOf(values.limit),
    // Somebody is let in early exactly when there is a time for it.
    earlyAccess: has('early_access')
      ? {
          tags: namesIn(values.earlyTags),
          tiers: namesIn(values.earlyTiers),
          pastBuyers: values.earlyPastBuyers,
          passes: values.earlyPasses,
        }
      : null,
    price: priceOf(values, currency),
    scarcity: { version: 1, lowAt: countOf(values.lowAt), lastAt: countOf(values.lastAt) },
    arrival: arrivalOf(values),
    story: values.story.trim() || null,
    acts: values.acts,
    variantIds: values.pieces.map(({ variantId }) => variantId),
    waves: values.waves.map((wave) => ({ ...wave, units: countOf(wave.units) })),
  }
}

function arrivalOf({ arrivalBasis, arrivalFrom, arrivalTo }: DropFormValues): TypedPlan['arrival'] {
  const basis = (['in_stock', 'made_to_order', 'incoming'] as const).find((known) => known === arrivalBasis)
  return basis ? { basis, fromDays: countOf(arrivalFrom), toDays: countOf(arrivalTo) } : null
}

function priceOf({ priceKind, priceOff }: DropFormValues, currency: string): DropPrice | null | 'malformed' {
  if (priceKind === 'percent') {
    const read = parsePercent(priceOff)
    return read.ok ? { kind: 'percent', bps: read.bps } : 'malformed'
  }
  if (priceKind === 'amount') {
    const read = parseAmount(priceOff.trim().replace(',', '.'), currency)
    return read.ok ? { kind: 'amount', minor: read.minor } : 'malformed'
  }
  return null
}

/** NaN for what is no whole number. */
function countOf(text: string): number {
  return /^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN
}

export function namesIn(text: string): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ]
}

/** A handle made of a title: "Rosé Signet!" is "rose-signet". */
export function handleFrom(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
}
