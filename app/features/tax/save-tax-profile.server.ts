// Tax facts of a creator. Which form and since when; never a full tax number.
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import { readTexts } from '#app/domain/form-texts.ts'
import { isTaxFormType } from '#app/domain/tax/form-status.ts'
import type { ShopContext } from '../context.ts'

export type TaxField =
  | 'country'
  | 'formType'
  | 'formReceivedOn'
  | 'formExpiresOn'
  | 'taxNumberEnding'
  | 'documentReference'

export type TaxInput = Record<TaxField, string>

export type SaveTaxResult =
  | { ok: true }
  | { ok: false; reason: 'unknown_creator' }
  | { ok: false; reason: 'invalid_input'; fields: Partial<Record<TaxField, string>> }

export async function saveTaxProfile(
  ctx: ShopContext,
  input: { creatorId: string; tax: TaxInput },
): Promise<SaveTaxResult> {
  const parsed = parseTax(input.tax)
  if (!parsed.ok) return { ok: false, reason: 'invalid_input', fields: parsed.fields }
  const { creatorId } = input
  if (!isRowId(creatorId)) return { ok: false, reason: 'unknown_creator' }
  const shopId = ctx.shop.id
  return ctx.db.inShop(shopId, async (tx): Promise<SaveTaxResult> => {
    const creator = await tx.creator.findUnique({ where: { id: creatorId }, select: { id: true } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    const now = ctx.clock.now()
    const row = { ...parsed.row, updatedAt: now }
    await tx.taxProfile.upsert({ where: { creatorId }, create: { creatorId, shopId, ...row }, update: row })
    await tx.creatorEvent.create({
      data: {
        id: newRowId(),
        shopId,
        creatorId,
        at: now,
        kind: 'tax_profile_saved',
        actor: 'merchant',
        facts: { form: parsed.row.formType },
      },
    })
    return { ok: true }
  })
}

function parseTax(input: TaxInput) {
  const form = readTexts<TaxField>(input)
  const day = (field: TaxField) => {
    const date = form.date(field)
    return date === null ? null : new Date(`${date}T00:00:00Z`)
  }
  const { formType } = input
  if (!isTaxFormType(formType)) form.refuse('formType', 'unknown_form')
  const taxNumberEnding = form.text('taxNumberEnding', 20)
  // More than four characters would be a tax number, and those stay out.
  if (taxNumberEnding !== null && !/^[A-Za-z0-9]{1,4}$/.test(taxNumberEnding))
    form.refuse('taxNumberEnding', 'only_ending')
  const row = {
    country: form.country('country'),
    formType,
    formReceivedOn: day('formReceivedOn'),
    formExpiresOn: day('formExpiresOn'),
    taxNumberEnding,
    documentReference: form.text('documentReference', 120),
  }
  return Object.keys(form.refused).length > 0
    ? { ok: false as const, fields: form.refused }
    : { ok: true as const, row }
}

/** What stands, as the form's texts. */
export async function readTaxForm(ctx: ShopContext, creatorId: string): Promise<TaxInput> {
  const row = isRowId(creatorId)
    ? await ctx.db.inShop(ctx.shop.id, (tx) => tx.taxProfile.findUnique({ where: { creatorId } }))
    : null
  const date = (value: Date | null | undefined) => value?.toISOString().slice(0, 10) ?? ''
  return {
    country: row?.country ?? '',
    formType: row?.formType ?? 'none',
    formReceivedOn: date(row?.formReceivedOn),
    formExpiresOn: date(row?.formExpiresOn),
    taxNumberEnding: row?.taxNumberEnding ?? '',
    documentReference: row?.documentReference ?? '',
  }
}
