// Notes what holds from a day on: who the payer is in law, what is withheld from a creator, how a creator's VAT stands.
import { insertFact, readFacts } from '#app/adapters/db/dated-fact-store.ts'
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import { readTexts } from '#app/domain/form-texts.ts'
import type { FactKind, ParsedFact } from '#app/domain/tax/dated-fact.ts'
import { type PayerDetails, parsePayerDetails } from '#app/domain/tax/payer-details.ts'
import { parseVatFacts, type VatFacts } from '#app/domain/tax/vat-facts.ts'
import { parseWithholding, type Withholding } from '#app/domain/tax/withholding.ts'
import { addDaysToDate, type LocalDate, localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'

export interface RecordFactInput {
  /** Becomes the row's id: the same form sent twice notes once. */
  formId: string
  kind: FactKind
  /** Null for the payer. */
  creatorId: string | null
  /** Every field as text, as the form sends them; `inForceFrom` among them. */
  texts: Record<string, string>
  actor: string
}

export type RecordFactResult =
  | { ok: true; changed: boolean }
  | { ok: false; reason: 'form_malformed' | 'form_reused' | 'unknown_creator' }
  | { ok: false; reason: 'invalid_input'; fields: Partial<Record<string, string>> }

/** Further ahead is a slip of the pen. */
const LONGEST_AHEAD_DAYS = 366

export async function recordFact(
  ctx: Pick<ShopContext, 'db' | 'shop' | 'clock'>,
  input: RecordFactInput,
): Promise<RecordFactResult> {
  const { formId, kind, creatorId } = input
  if (!isRowId(formId)) return { ok: false, reason: 'form_malformed' }
  if ((creatorId === null) !== (kind === 'payer')) return { ok: false, reason: 'unknown_creator' }
  if (creatorId !== null && !isRowId(creatorId)) return { ok: false, reason: 'unknown_creator' }
  const { shop } = ctx
  return ctx.db.inShop(shop.id, async (tx): Promise<RecordFactResult> => {
    // Holds the second click of one until the first has made its row.
    if (creatorId === null) await tx.$queryRaw`select 1 from shop where id = ${shop.id} for update`
    else await tx.$queryRaw`select 1 from creator where id = ${creatorId}::uuid for update`
    if (creatorId !== null && (await tx.creator.count({ where: { id: creatorId } })) === 0)
      return { ok: false, reason: 'unknown_creator' }
    const known = await tx.datedFact.findUnique({ where: { id: formId } })
    if (known && (known.kind !== kind || known.creatorId !== creatorId))
      return { ok: false, reason: 'form_reused' }
    if (known) return { ok: true, changed: false }
    const now = ctx.clock.now()
    const today = localDateOf(now.toISOString(), shop.timeZone)
    const from = readFrom(input.texts, today)
    const recorded = kind === 'vat' ? await readFacts(tx, shop.id, 'vat', creatorId) : []
    const earlier = recorded.map(({ facts }) => facts)
    const parsed = parse(kind, input.texts, earlier)
    const fields = { ...(parsed.ok ? {} : parsed.fields), ...from.fields }
    if (!parsed.ok || Object.keys(fields).length > 0) return { ok: false, reason: 'invalid_input', fields }
    await insertFact(tx, {
      id: formId,
      shopId: shop.id,
      kind,
      creatorId,
      inForceFrom: from.date,
      facts: parsed.facts,
      recordedBy: input.actor,
      recordedAt: now,
    })
    if (creatorId !== null) {
      await tx.creatorEvent.create({
        data: {
          id: newRowId(),
          shopId: shop.id,
          creatorId,
          at: now,
          kind: 'tax_profile_saved',
          actor: 'merchant',
          facts: { fact: kind, inForceFrom: from.date },
        },
      })
    }
    return { ok: true, changed: true }
  })
}

function readFrom(texts: Record<string, string>, today: LocalDate) {
  const form = readTexts<string>(texts)
  const date = form.date('inForceFrom') ?? today
  if (date > addDaysToDate(today, LONGEST_AHEAD_DAYS) || date < '2000-01-01')
    form.refuse('inForceFrom', 'date_too_far')
  return { date, fields: form.refused }
}

function parse(
  kind: FactKind,
  texts: Record<string, string>,
  earlier: readonly VatFacts[],
): ParsedFact<PayerDetails | Withholding | VatFacts, string> {
  if (kind === 'payer') return parsePayerDetails(texts)
  return kind === 'withholding' ? parseWithholding(texts) : parseVatFacts(texts, earlier)
}
