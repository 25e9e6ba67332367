// Holds terms against everything that they must respect before they may stand in a version.
import { sha256Hex } from '#app/adapters/crypto/digest.ts'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { AgreementVersion } from '#app/adapters/db/generated/client.ts'
import { parseTerms, type TermsRefusal } from '#app/domain/agreements/parse-terms.ts'
import { type AgreementTerms, canonicalTerms } from '#app/domain/agreements/terms.ts'
import { type TermsViolation, validateTerms } from '#app/domain/agreements/validate-terms.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import { localDateOf, startOfDay } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'
import { latestAccepted } from './lock-agreement.server.ts'

export type DateProblem = {
  field: 'startsOn'
  reason: 'starts_in_past' | 'starts_in_closed_period' | 'starts_before_current_version'
}
export type TitleProblem = { field: 'title'; reason: 'missing' | 'too_long' | 'malformed' }
export type RoleProblem = { field: 'role'; reason: 'role_fixed' }
export type TermsProblem = TermsRefusal | TermsViolation | DateProblem | TitleProblem | RoleProblem

export interface CheckedTerms {
  title: string
  terms: AgreementTerms
  /** SHA-256 of the canonical terms, hex. */
  termsHash: string
  effectiveFrom: Date
}

export type CheckTermsResult = ({ ok: true } & CheckedTerms) | { ok: false; problems: TermsProblem[] }

const LONGEST_TITLE = 120

/**
 * `versions` are those of the same agreement, empty for a new one. A version begins with the first day that its terms name, which lies
 * neither in the past nor in closed books, and after the version that it follows.
 */
export async function checkTerms(
  ctx: ShopContext,
  tx: ShopTransaction,
  input: { title: string; terms: unknown },
  versions: AgreementVersion[],
): Promise<CheckTermsResult> {
  const problems: TermsProblem[] = []
  const title = input.title.trim()
  if (title === '') problems.push({ field: 'title', reason: 'missing' })
  if (title.length > LONGEST_TITLE) problems.push({ field: 'title', reason: 'too_long' })
  else if (hasUnreadable(title)) problems.push({ field: 'title', reason: 'malformed' })
  const parsed = parseTerms(input.terms)
  if (!parsed.ok) return { ok: false, problems: [...problems, ...parsed.refusals] }
  const { terms } = parsed
  const today = localDateOf(ctx.clock.now().toISOString(), ctx.shop.timeZone)
  const allowed = validateTerms(terms, {
    currency: ctx.shop.currency,
    maxTotalShareBps: ctx.shop.maxTotalShareBps,
    today,
  })
  if (!allowed.ok) problems.push(...allowed.violations)
  const effectiveFrom = new Date(startOfDay(terms.startsOn, ctx.shop.timeZone))
  const dateProblem = await checkStart(tx, terms, effectiveFrom, today, versions)
  if (dateProblem) problems.push(dateProblem)
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, title, terms, termsHash: sha256Hex(canonicalTerms(terms)), effectiveFrom }
}

async function checkStart(
  tx: ShopTransaction,
  terms: AgreementTerms,
  effectiveFrom: Date,
  today: string,
  versions: AgreementVersion[],
): Promise<DateProblem | null> {
  const current = latestAccepted(versions)
  if (current && effectiveFrom <= current.effectiveFrom) {
    return { field: 'startsOn', reason: 'starts_before_current_version' }
  }
  if (terms.startsOn < today) return { field: 'startsOn', reason: 'starts_in_past' }
  const closed = await tx.period.count({ where: { status: 'closed', endsAt: { gt: effectiveFrom } } })
  return closed > 0 ? { field: 'startsOn', reason: 'starts_in_closed_period' } : null
}

/** Terms of a stored version. They were parsed before they were stored: anything else is a bug and throws. */
export function storedTerms(version: { id: string; terms: unknown }): AgreementTerms {
  const parsed = parseTerms(version.terms)
  if (!parsed.ok) throw new Error(`agreement version ${version.id} holds terms that do not parse`)
  return parsed.terms
}
