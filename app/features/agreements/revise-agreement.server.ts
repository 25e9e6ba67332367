// Changes the draft of an agreement, or begins a new version of terms that are already agreed.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { newRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'
import { type CheckedTerms, checkTerms, type TermsProblem } from './check-terms.server.ts'
import {
  draftOf,
  type LockedAgreement,
  latestAccepted,
  lockAgreement,
  openOffer,
} from './lock-agreement.server.ts'

export interface ReviseAgreementInput {
  agreementId: string
  title: string
  /** JSON of AgreementTerms, from wherever. */
  terms: unknown
  /** Whether it is to reach back to sales before its acceptance. Default no. */
  retroactive?: boolean
  /** Hash of the draft that the form was opened with; null when there was none. */
  basedOn: string | null
}

export type ReviseAgreementResult =
  | { ok: true; versionNumber: number }
  | { ok: false; reason: 'invalid_terms'; problems: TermsProblem[] }
  | {
      ok: false
      reason: 'unknown_agreement' | 'agreement_ended' | 'offer_open' | 'changed_meanwhile' | 'nothing_changed'
    }

type Refusal = Extract<ReviseAgreementResult, { ok: false }>

export async function reviseAgreement(
  ctx: ShopContext,
  input: ReviseAgreementInput,
): Promise<ReviseAgreementResult> {
  return ctx.db.inShop(ctx.shop.id, async (tx): Promise<ReviseAgreementResult> => {
    const locked = await lockAgreement(tx, input.agreementId)
    if (!locked) return { ok: false, reason: 'unknown_agreement' }
    const { agreement, creator, versions } = locked
    if (agreement.status === 'ended') return { ok: false, reason: 'agreement_ended' }
    if (openOffer(versions)) return { ok: false, reason: 'offer_open' }
    const wanted = { ...input, retroactive: input.retroactive ?? false }
    const checked = await checkTerms(ctx, tx, wanted, { creator, versions })
    if (!checked.ok) return { ok: false, reason: 'invalid_terms', problems: checked.problems }
    const { title, terms, stored, retroactive, termsHash, effectiveFrom } = checked
    const refusal = refuse(locked, checked, input.basedOn)
    if (refusal) return refusal
    await tx.agreement.update({ where: { id: agreement.id }, data: { title, role: terms.role } })
    const draft = draftOf(versions)
    if (draft) {
      await tx.agreementVersion.update({
        where: { id: draft.id },
        data: { terms: stored, termsHash, effectiveFrom, retroactive },
      })
      return { ok: true, versionNumber: draft.number }
    }
    const number = (versions.at(-1)?.number ?? 0) + 1
    const now = ctx.clock.now()
    await tx.agreementVersion.create({
      data: {
        id: newRowId(),
        shopId: ctx.shop.id,
        agreementId: agreement.id,
        number,
        status: 'draft',
        terms: stored,
        termsHash,
        effectiveFrom,
        retroactive,
        createdAt: now,
      },
    })
    if (agreement.status === 'declined') {
      await tx.agreement.update({ where: { id: agreement.id }, data: { status: 'draft' } })
    }
    await recordCreatorEvent(tx, {
      shopId: ctx.shop.id,
      creatorId: creator.id,
      at: now,
      kind: 'agreement_revised',
      actor: 'merchant',
      facts: { agreementId: agreement.id, title, version: number },
    })
    return { ok: true, versionNumber: number }
  })
}

function refuse(locked: LockedAgreement, checked: CheckedTerms, basedOn: string | null): Refusal | null {
  const current = latestAccepted(locked.versions)
  if (current && checked.terms.role !== locked.agreement.role) {
    return { ok: false, reason: 'invalid_terms', problems: [{ field: 'role', reason: 'role_fixed' }] }
  }
  const draft = draftOf(locked.versions)
  // The same form sent twice finds its own terms, which is fine.
  const isRepeat = draft?.termsHash === checked.termsHash
  if ((draft?.termsHash ?? null) !== basedOn && !isRepeat) return { ok: false, reason: 'changed_meanwhile' }
  if (!draft && current?.termsHash === checked.termsHash) return { ok: false, reason: 'nothing_changed' }
  return null
}
