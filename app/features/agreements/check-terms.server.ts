// Holds terms against everything that they must respect before they may stand in a version.
import { sha256Hex } from '#app/adapters/crypto/digest.ts'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { AgreementVersion, Creator, Prisma } from '#app/adapters/db/generated/client.ts'
import { parseTerms, type TermsRefusal } from '#app/domain/agreements/parse-terms.ts'
import { type AgreementTerms, canonicalAgreed, canonicalTerms } from '#app/domain/agreements/terms.ts'
import { type TermsViolation, validateTerms } from '#app/domain/agreements/validate-terms.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import { localDateOf, startOfDay } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'
import { latestAccepted } from './lock-agreement.server.ts'

export type DateProblem = {
  field: 'startsOn'
  reason:
    | 'starts_in_past'
    | 'starts_in_closed_period'
    | 'starts_before_current_version'
    /** Terms that reach back to a time in which nobody knew the creator. */
    | 'starts_before_creator'
}
export type TitleProblem = { field: 'title'; reason: 'missing' | 'too_long' | 'malformed' }
export type RoleProblem = { field: 'role'; reason: 'role_fixed' }
export type TermsProblem = TermsRefusal | TermsViolation | DateProblem | TitleProblem | RoleProblem

export interface CheckedTerms {
  title: string
  terms: AgreementTerms
  /** The terms as they are stored. */
  stored: Prisma.InputJsonObject
  retroactive: boolean
  /** SHA-256 of what is agreed, hex. */
  termsHash: string
  effectiveFrom: Date
}

export type CheckTermsResult = ({ ok: true } & CheckedTerms) | { ok: false; problems: TermsProblem[] }

const LONGEST_TITLE = 120

export interface TermsToCheck {
  title: string
  terms: unknown
  /** To reach back to sales before the acceptance. */
  retroactive: boolean
}

/** Whom it is about, and the versions of the same agreement so far: none for a new one. */
export interface TermsPlace {
  creator: Pick<Creator, 'createdAt'>
  versions: AgreementVersion[]
}

/**
 * A version begins with the first day that its terms name, which lies neither in the past nor in closed books, and after the version that
 * it follows; unless it is meant to reach back, which it may as far as the shop has known the creator.
 */
export async function checkTerms(
  ctx: ShopContext,
  tx: ShopTransaction,
  input: TermsToCheck,
  place: TermsPlace,
): Promise<CheckTermsResult> {
  const problems: TermsProblem[] = []
  const title = input.title.trim()
  if (title === '') problems.push({ field: 'title', reason: 'missing' })
  if (title.length > LONGEST_TITLE) problems.push({ field: 'title', reason: 'too_long' })
  else if (hasUnreadable(title)) problems.push({ field: 'title', reason: 'malformed' })
  const parsed = parseTerms(input.terms)
  if (!parsed.ok) return { ok: false, problems: [...problems, ...parsed.refusals] }
  const { terms } = parsed
  const { retroactive } = input
  const current = latestAccepted(place.versions)
  const today = localDateOf(ctx.clock.now().toISOString(), ctx.shop.timeZone)
  const allowed = validateTerms(terms, {
    currency: ctx.shop.currency,
    maxTotalShareBps: ctx.shop.maxTotalShareBps,
    today,
    standing: current ? storedTerms(current) : null,
    productCollections: await readProductCollections(tx, terms),
  })
  if (!allowed.ok) problems.push(...allowed.violations)
  const effectiveFrom = new Date(startOfDay(terms.startsOn, ctx.shop.timeZone))
  const dateProblem = retroactive
    ? checkReach(terms, place.creator, ctx.shop.timeZone)
    : await checkStart(tx, terms, effectiveFrom, today, current)
  if (dateProblem) problems.push(dateProblem)
  if (problems.length > 0) return { ok: false, problems }
  const termsHash = sha256Hex(canonicalAgreed(terms, retroactive))
  const stored: Prisma.InputJsonObject = JSON.parse(canonicalTerms(terms))
  return { ok: true, title, terms, stored, retroactive, termsHash, effectiveFrom }
}

async function checkStart(
  tx: ShopTransaction,
  terms: AgreementTerms,
  effectiveFrom: Date,
  today: string,
  current: AgreementVersion | undefined,
): Promise<DateProblem | null> {
  if (current && effectiveFrom <= current.effectiveFrom) {
    return { field: 'startsOn', reason: 'starts_before_current_version' }
  }
  if (terms.startsOn < today) return { field: 'startsOn', reason: 'starts_in_past' }
  const closed = await tx.period.count({ where: { status: 'closed', endsAt: { gt: effectiveFrom } } })
  return closed > 0 ? { field: 'startsOn', reason: 'starts_in_closed_period' } : null
}

/** Nobody earned anything before the shop knew them. */
function checkReach(
  terms: AgreementTerms,
  creator: TermsPlace['creator'],
  timeZone: string,
): DateProblem | null {
  const knownSince = localDateOf(creator.createdAt.toISOString(), timeZone)
  return terms.startsOn < knownSince ? { field: 'startsOn', reason: 'starts_before_creator' } : null
}

/** Terms about collections may guarantee pieces of these only. */
async function readProductCollections(
  tx: ShopTransaction,
  { scope, guarantee }: AgreementTerms,
): Promise<Map<string, string[]>> {
  if (scope.kind !== 'collections' || guarantee?.kind !== 'restock') return new Map()
  const products = await tx.product.findMany({
    where: { productId: { in: guarantee.productIds.map(BigInt) } },
    select: { productId: true, collectionIds: true },
  })
  return new Map(products.map((product) => [product.productId.toString(), product.collectionIds.map(String)]))
}

/** Terms of a stored version. They were parsed before they were stored: anything else is a bug and throws. */
export function storedTerms(version: { id: string; terms: unknown }): AgreementTerms {
  const parsed = parseTerms(version.terms)
  if (!parsed.ok) throw new Error(`agreement version ${version.id} holds terms that do not parse`)
  return parsed.terms
}
