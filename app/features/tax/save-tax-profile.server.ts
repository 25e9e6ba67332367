// Tax facts of a creator. Which form and since when; never a full tax number.
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import { parsePercent, toPercentText } from '#app/domain/money/percent.ts'
import { hasUnreadable } from '#app/domain/plain-text.ts'
import { isTaxFormType } from '#app/domain/tax/form-status.ts'
import { isLocalDate } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'

export type TaxField =
  | 'country'
  | 'formType'
  | 'formReceivedOn'
  | 'formExpiresOn'
  | 'taxNumberEnding'
  | 'documentReference'
  | 'vatNumber'
  | 'withholding'
  | 'selfBillingFrom'
  | 'selfBillingUntil'
  | 'acceptedAfterDays'

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
    const before = await tx.taxProfile.findUnique({ where: { creatorId } })
    // An agreement on self-billing is about one VAT number: another one needs a new agreement.
    const isNewAgreement =
      before?.vatNumber !== parsed.row.vatNumber ||
      before?.selfBillingFrom?.getTime() !== parsed.row.selfBillingFrom?.getTime()
    const selfBillingAcceptedAt = isNewAgreement ? null : (before?.selfBillingAcceptedAt ?? null)
    const now = ctx.clock.now()
    const row = { ...parsed.row, selfBillingAcceptedAt, updatedAt: now }
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

/** The creator accepted self-billing on paper: noted with today's date. */
export async function acceptSelfBilling(
  ctx: ShopContext,
  input: { creatorId: string },
): Promise<{ ok: true } | { ok: false; reason: 'no_self_billing' }> {
  if (!isRowId(input.creatorId)) return { ok: false, reason: 'no_self_billing' }
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const changed = await tx.taxProfile.updateMany({
      where: {
        creatorId: input.creatorId,
        selfBillingFrom: { not: null },
        vatNumber: { not: null },
        selfBillingAcceptedAt: null,
      },
      data: { selfBillingAcceptedAt: ctx.clock.now() },
    })
    const standing = await tx.taxProfile.count({
      where: { creatorId: input.creatorId, selfBillingAcceptedAt: { not: null } },
    })
    return changed.count + standing > 0 ? { ok: true } : { ok: false, reason: 'no_self_billing' }
  })
}

function parseTax(input: TaxInput) {
  const fields: Partial<Record<TaxField, string>> = {}
  const text = (field: TaxField, longest: number): string | null => {
    const value = (input[field] ?? '').trim()
    if (value.length > longest) fields[field] = 'too_long'
    if (hasUnreadable(value)) fields[field] = 'unreadable'
    return value === '' ? null : value
  }
  const date = (field: TaxField): Date | null => {
    const value = text(field, 10)
    if (value === null) return null
    if (isLocalDate(value)) return new Date(`${value}T00:00:00Z`)
    fields[field] = 'date_malformed'
    return null
  }
  const country = text('country', 2)?.toUpperCase() ?? null
  if (country !== null && !/^[A-Z]{2}$/.test(country)) fields.country = 'country_malformed'
  const formType = input.formType
  if (!isTaxFormType(formType)) fields.formType = 'unknown_form'
  const taxNumberEnding = text('taxNumberEnding', 20)
  // More than four characters would be a tax number, and those stay out.
  if (taxNumberEnding !== null && !/^[A-Za-z0-9]{1,4}$/.test(taxNumberEnding))
    fields.taxNumberEnding = 'only_ending'
  const withholding = parsePercent(text('withholding', 6) ?? '0')
  if (!withholding.ok || withholding.bps > 5_000) fields.withholding = 'withholding_range'
  const days = Number(text('acceptedAfterDays', 3) ?? '0')
  if (!Number.isInteger(days) || days < 0 || days > 365) fields.acceptedAfterDays = 'days_range'
  const row = {
    country,
    formType,
    formReceivedOn: date('formReceivedOn'),
    formExpiresOn: date('formExpiresOn'),
    taxNumberEnding,
    documentReference: text('documentReference', 120),
    vatNumber: text('vatNumber', 20)?.replace(/\s/g, '').toUpperCase() ?? null,
    withholdingBps: withholding.ok ? withholding.bps : 0,
    selfBillingFrom: date('selfBillingFrom'),
    selfBillingUntil: date('selfBillingUntil'),
    acceptedAfterDays: days,
  }
  if (row.selfBillingFrom && row.vatNumber === null) fields.vatNumber = 'needed_for_self_billing'
  return Object.keys(fields).length > 0 ? { ok: false as const, fields } : { ok: true as const, row }
}

/** What stands, as the form's texts. */
export async function readTaxForm(
  ctx: ShopContext,
  creatorId: string,
): Promise<{ tax: TaxInput; selfBillingAcceptedAt: string | null }> {
  const row = isRowId(creatorId)
    ? await ctx.db.inShop(ctx.shop.id, (tx) => tx.taxProfile.findUnique({ where: { creatorId } }))
    : null
  const date = (value: Date | null | undefined) => value?.toISOString().slice(0, 10) ?? ''
  return {
    tax: {
      country: row?.country ?? '',
      formType: row?.formType ?? 'none',
      formReceivedOn: date(row?.formReceivedOn),
      formExpiresOn: date(row?.formExpiresOn),
      taxNumberEnding: row?.taxNumberEnding ?? '',
      documentReference: row?.documentReference ?? '',
      vatNumber: row?.vatNumber ?? '',
      withholding: toPercentText(row?.withholdingBps ?? 0),
      selfBillingFrom: date(row?.selfBillingFrom),
      selfBillingUntil: date(row?.selfBillingUntil),
      acceptedAfterDays: String(row?.acceptedAfterDays ?? 0),
    },
    selfBillingAcceptedAt: row?.selfBillingAcceptedAt?.toISOString() ?? null,
  }
}
