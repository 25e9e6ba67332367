// Begins an agreement: its first version, still free to change.
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'
import { checkTerms, type TermsProblem } from './check-terms.server.ts'

export interface DraftAgreementInput {
  /** The new agreement's id, made with the form: sending it twice makes one agreement. */
  formId: string
  creatorId: string
  title: string
  /** JSON of AgreementTerms, from wherever. */
  terms: unknown
  /** Whether it is to reach back to sales before its acceptance. Default no. */
  retroactive?: boolean
}

export type DraftAgreementResult =
  | { ok: true; agreementId: string }
  | { ok: false; reason: 'invalid_terms'; problems: TermsProblem[] }
  | { ok: false; reason: 'unknown_creator' | 'creator_archived' | 'form_reused' }

export async function draftAgreement(
  ctx: ShopContext,
  input: DraftAgreementInput,
): Promise<DraftAgreementResult> {
  if (!isRowId(input.formId)) return { ok: false, reason: 'form_reused' }
  if (!isRowId(input.creatorId)) return { ok: false, reason: 'unknown_creator' }
  const now = ctx.clock.now()
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx) => {
    const creator = await tx.creator.findUnique({ where: { id: input.creatorId } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    if (creator.status !== 'active') return { ok: false, reason: 'creator_archived' }
    const wanted = { ...input, retroactive: input.retroactive ?? false }
    const checked = await checkTerms(ctx, tx, wanted, { creator, versions: [] })
    if (!checked.ok) return { ok: false, reason: 'invalid_terms', problems: checked.problems }
    const { title, terms, stored, retroactive, termsHash, effectiveFrom } = checked
    const row = {
      id: input.formId,
      shopId,
      creatorId: creator.id,
      title,
      role: terms.role,
      status: 'draft',
      createdAt: now,
    }
    const made = await tx.agreement.createMany({ data: [row], skipDuplicates: true })
    if (made.count === 0) {
      const existing = await tx.agreement.findUnique({ where: { id: row.id } })
      if (existing?.creatorId === creator.id) return { ok: true, agreementId: row.id }
      return { ok: false, reason: 'form_reused' }
    }
    await tx.agreementVersion.create({
      data: {
        id: newRowId(),
        shopId,
        agreementId: row.id,
        number: 1,
        status: 'draft',
        terms: stored,
        termsHash,
        effectiveFrom,
        retroactive,
        createdAt: now,
      },
    })
    await recordCreatorEvent(tx, {
      shopId,
      creatorId: creator.id,
      at: now,
      kind: 'agreement_drafted',
      actor: 'merchant',
      facts: { agreementId: row.id, title },
    })
    return { ok: true, agreementId: row.id }
  })
}
