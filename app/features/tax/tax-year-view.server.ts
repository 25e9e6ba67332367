// The tax page: each creator's year with form status and thresholds, and the same as a file.
import { readPayer } from '#app/adapters/db/dated-fact-store.ts'
import { type CsvCell, csvRecord } from '#app/domain/csv/csv-text.ts'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import {
  isForeignForm,
  isTaxFormType,
  type TaxFormStatus,
  taxFormStatus,
} from '#app/domain/tax/form-status.ts'
import { INCOME_TYPES, type IncomeTotals } from '#app/domain/tax/income-type.ts'
import { measureThresholds } from '#app/domain/tax/thresholds.ts'
import { localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'
import { readYearlyIncome } from './yearly-income.server.ts'

export interface TaxYearRow {
  creatorId: string
  creatorName: string
  country: string | null
  formType: string
  formStatus: TaxFormStatus
  currency: string
  paid: IncomeTotals
  totalMinor: string
  withheldMinor: string
  thresholds: Array<{
    key: string
    status: 'below' | 'near' | 'reached'
    thresholdMinor: string
    measuredMinor: string
  }>
}

export interface TaxYearView {
  year: number
  rows: TaxYearRow[]
  /** Years that have payments or gifts, newest first. */
  years: number[]
  /** Forms and thresholds depend on it; null until somebody said it. */
  payerCountry: string | null
  timeZone: string
}

export async function readTaxYear(ctx: ShopContext, wanted: number | null): Promise<TaxYearView> {
  const { shop } = ctx
  const today = localDateOf(ctx.clock.now().toISOString(), shop.timeZone)
  const thisYear = Number(today.slice(0, 4))
  const year = wanted ?? thisYear
  return ctx.db.inShop(shop.id, async (tx) => {
    const income = await readYearlyIncome(tx, shop, year)
    const creators = await tx.creator.findMany({
      where: {
        shopId: shop.id,
        OR: [{ status: 'active' }, { id: { in: income.map((row) => row.creatorId) } }],
      },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
      take: 1_000,
    })
    const profiles = await tx.taxProfile.findMany({ where: { shopId: shop.id } })
    const profileOf = new Map(profiles.map((profile) => [profile.creatorId, profile]))
    const payerCountry = (await readPayer(tx, shop, ctx.clock.now()))?.country ?? null
    const empty = { commission_service: 0n, design_royalty: 0n, bonus: 0n, in_kind: 0n }
    const rows = creators.flatMap(({ id, name }) => {
      const profile = profileOf.get(id)
      const formType = profile && isTaxFormType(profile.formType) ? profile.formType : 'none'
      const form = {
        formType,
        receivedOn: profile?.formReceivedOn?.toISOString().slice(0, 10) ?? null,
        expiresOn: profile?.formExpiresOn?.toISOString().slice(0, 10) ?? null,
      }
      const own = income.filter((row) => row.creatorId === id)
      const sums = own.length > 0 ? own : [{ currency: shop.currency, paid: empty, withheldMinor: 0n }]
      return sums.map(({ currency, paid, withheldMinor }): TaxYearRow => {
        const notices = measureThresholds({
          year,
          currency,
          payerCountry,
          payeeCountry: profile?.country ?? null,
          isForeignToUs: isForeignForm(form),
          paid,
        })
        return {
          creatorId: id,
          creatorName: name,
          country: profile?.country ?? null,
          formType,
          formStatus: taxFormStatus(form, payerCountry, today),
          currency,
          paid: {
            commission_service: String(paid.commission_service),
            design_royalty: String(paid.design_royalty),
            bonus: String(paid.bonus),
            in_kind: String(paid.in_kind),
          },
          totalMinor: String(INCOME_TYPES.reduce((sum, type) => sum + paid[type], 0n)),
          withheldMinor: String(withheldMinor),
          thresholds: notices.map(({ key, status, thresholdMinor, measuredMinor }) => ({
            key,
            status,
            thresholdMinor: String(thresholdMinor),
            measuredMinor: String(measuredMinor),
          })),
        }
      })
    })
    const [span] = await tx.$queryRaw<Array<{ first: Date | null }>>`
      select least((select min(sent_at) from payout where shop_id = ${shop.id}), (select min(paid_at) from advance where shop_id = ${shop.id}),
        (select min((facts->>'givenOn')::date)::timestamptz from adjustment
         where shop_id = ${shop.id} and kind = 'gift' and facts->>'givenOn' ~ '^\\d{4}-\\d{2}-\\d{2}$')) as first`
    const firstYear = Math.min(span?.first?.getUTCFullYear() ?? thisYear, thisYear)
    const years = Array.from({ length: thisYear - firstYear + 1 }, (_, index) => thisYear - index)
    return { year, rows, years, payerCountry, timeZone: shop.timeZone }
  })
}

const HEADING = [
  'year',
  'creator',
  'tax residence',
  'form',
  'form status',
  'currency',
  ...INCOME_TYPES,
  'total',
  'withheld',
  'thresholds reached',
]

/** RFC 4180, for the bookkeeper. By payment date; never a full tax number. */
export function toTaxYearCsv(view: TaxYearView): string {
  const records = view.rows.map((row) => {
    const money = (minor: string): CsvCell => ({ decimal: toDecimalText(BigInt(minor), row.currency) })
    return csvRecord([
      { decimal: String(view.year) },
      row.creatorName,
      row.country ?? '',
      row.formType,
      row.formStatus,
      row.currency,
      ...INCOME_TYPES.map((type) => money(row.paid[type])),
      money(row.totalMinor),
      money(row.withheldMinor),
      row.thresholds.flatMap(({ key, status }) => (status === 'reached' ? [key] : [])).join(' '),
    ])
  })
  return [csvRecord(HEADING), ...records].join('')
}
