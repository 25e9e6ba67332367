// Cart and checkout validation: pieces of a drop are sold inside its window only, early to those whom it was promised, not beyond its limit.
// Runs for every cart and checkout of the shop, links straight to checkout and express wallets among them. Whatever cannot be read throws:
// the validation is installed so that checkout stops when its function fails.
import type { InputQuery } from '../generated/api.ts'
import { judgePass, type PassVerdict } from './pass.ts'
import { type DropRule, isRecord, type Rules, readRules } from './rules.ts'
import { type Refusal, sentenceOf } from './words.ts'

interface Output {
  operations: Array<{ validationAdd: { errors: Array<{ message: string; target: string }> } }>
}

const PASS_REFUSALS = {
  bad: 'pass_bad',
  revoked: 'pass_revoked',
  expired: 'pass_expired',
  other_email: 'pass_other_email',
} as const

/** Errors: throws when its rules are missing or malformed. */
export function run(input: InputQuery): Output {
  const rules = readRules(input.validation.rules?.jsonValue)
  const pieces = piecesOf(input)
  const language = input.localization.language.isoCode
  const messages = new Set<string>()
  for (const [productId] of pieces) {
    const refusal = refusalOf(input, rules, productId, pieces)
    if (refusal) messages.add(sentenceOf(refusal, language))
  }
  if (messages.size === 0) return { operations: [] }
  const errors = [...messages].map((message) => ({ message, target: '$.cart' }))
  return { operations: [{ validationAdd: { errors } }] }
}

/** Pieces in the cart by numeric product id. */
function piecesOf({ cart }: InputQuery): Map<string, number> {
  const pieces = new Map<string, number>()
  for (const { merchandise, quantity } of cart.lines) {
    if (merchandise.__typename !== 'ProductVariant') continue
    const id = merchandise.product.id.slice(merchandise.product.id.lastIndexOf('/') + 1)
    pieces.set(id, (pieces.get(id) ?? 0) + quantity)
  }
  return pieces
}

/** null: it may be bought. A piece of several drops may be bought when one of them lets it. */
function refusalOf(
  input: InputQuery,
  rules: Rules,
  productId: string,
  pieces: ReadonlyMap<string, number>,
): Refusal | null {
  let first: Refusal | null = null
  for (const drop of rules.drops) {
    if (!drop.products.includes(productId)) continue
    const refusal = windowRefusal(input, rules, drop) ?? limitRefusal(input, drop, pieces)
    if (!refusal) return null
    first ??= refusal
  }
  return first
}

function windowRefusal(input: InputQuery, rules: Rules, drop: DropRule): Refusal | null {
  const { title, from, to } = drop
  if (drop.held) return { reason: 'held', title }
  if (isOpen(input, drop.open)) return null
  if (!isOpen(input, drop.early)) return { reason: 'shut', title, from, to }
  if (hasOwnKey(input, drop)) return null
  const verdict: PassVerdict = drop.pass ? passVerdict(input, rules, drop) : 'none'
  if (verdict === 'good') return null
  return { reason: verdict === 'none' ? 'early_only' : PASS_REFUSALS[verdict], title, from }
}

function isOpen({ shop }: InputQuery, slot: number | null): boolean {
  if (slot === null) return false
  return (shop.localTime as unknown as Record<string, boolean | undefined>)[`s${slot}`] === true
}

/** Early access by what the shop knows of the customer: a tag, a tier, an earlier order. */
function hasOwnKey({ cart }: InputQuery, drop: DropRule): boolean {
  const customer = cart.buyerIdentity?.customer
  if (!customer) return false
  if (drop.past && customer.numberOfOrders > 0) return true
  if (customer.hasTags.some(({ tag, hasTag }) => hasTag && drop.tags.includes(tag))) return true
  const tiers = customer.tiers?.jsonValue
  return Array.isArray(tiers) && tiers.some((tier) => drop.tiers.includes(tier))
}

function passVerdict({ cart, buyerJourney }: InputQuery, { passKey }: Rules, drop: DropRule): PassVerdict {
  return judgePass({
    text: cart.pass?.value,
    key: passKey,
    dropHandle: drop.id,
    earlyFrom: drop.earlyFrom ?? Number.POSITIVE_INFINITY,
    revoked: drop.revoked,
    email: cart.buyerIdentity?.email,
    emailRequired: buyerJourney.step === 'CHECKOUT_COMPLETION',
  })
}

/** Pieces in this cart and those bought before, of all products of the drop together. */
function limitRefusal(
  { cart }: InputQuery,
  drop: DropRule,
  pieces: ReadonlyMap<string, number>,
): Refusal | null {
  if (drop.limit === null) return null
  let inCart = 0
  for (const productId of drop.products) inCart += pieces.get(productId) ?? 0
  const kept = cart.buyerIdentity?.customer?.bought?.jsonValue
  const count = isRecord(kept) ? kept[drop.id] : 0
  const bought = typeof count === 'number' && count > 0 ? count : 0
  if (inCart + bought <= drop.limit) return null
  return { reason: 'over_limit', title: drop.title, limit: drop.limit, bought }
}
