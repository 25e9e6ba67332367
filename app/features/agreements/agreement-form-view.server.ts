// What the form of an agreement needs to know: whom it may be with, what is in force beside it, what the shop allows.
import { isRowId } from '#app/adapters/db/row-id.ts'
import type { AgreementScope, AgreementTerms, PartnerRole } from '#app/domain/agreements/terms.ts'
import { addDaysToDate, localDateOf } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'
import { storedTerms } from './check-terms.server.ts'
import { readScopeTitles, type ScopeTitles } from './scope-titles.server.ts'

export interface OtherAgreement {
  agreementId: string
  creatorId: string
  creatorName: string
  role: PartnerRole
  scope: AgreementScope
  shareBps: number
}

export interface AgreementFormView {
  currency: string
  capBps: number
  returnWindowDays: number
  /** Local date of the shop. */
  today: string
  creators: Array<{ id: string; name: string; locale: string }>
  /** Active agreements beside this one: they share the pieces that both cover. */
  others: OtherAgreement[]
  titles: ScopeTitles
  /** The agreement that is being edited. */
  editing: {
    id: string
    title: string
    creatorId: string
    status: string
    /** The draft's terms, else the newest version's: what the form begins with. */
    terms: AgreementTerms
    /** Hash of the draft; null when saving begins a new version. */
    draftHash: string | null
    /** Of the draft; a new version begins without. */
    retroactive: boolean
    hasAcceptedVersion: boolean
    offerOpen: boolean
    nextNumber: number
  } | null
}

/** Null when the agreement is unknown. */
export async function readAgreementForm(
  ctx: ShopContext,
  agreementId: string | null,
): Promise<AgreementFormView | null> {
  if (agreementId !== null && !isRowId(agreementId)) return null
  const now = ctx.clock.now()
  const today = localDateOf(now.toISOString(), ctx.shop.timeZone)
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const row = agreementId
      ? await tx.agreement.findUnique({
          where: { id: agreementId },
          include: { versions: { orderBy: { number: 'asc' } }, creator: true },
        })
      : null
    if (agreementId && !row) return null
    const creators = row
      ? [row.creator]
      : await tx.creator.findMany({ where: { status: 'active' }, orderBy: { name: 'asc' }, take: 1000 })
    const active = await tx.agreement.findMany({
      where: { status: 'active', ...(agreementId ? { id: { not: agreementId } } : {}) },
      include: {
        creator: { select: { name: true } },
        versions: { where: { status: 'accepted' }, orderBy: { number: 'desc' }, take: 1 },
      },
    })
    const others = active.flatMap(({ id, creatorId, creator, versions }) =>
      versions.map((version) => {
        const { role, scope, shareBps } = storedTerms(version)
        return { agreementId: id, creatorId, creatorName: creator.name, role, scope, shareBps }
      }),
    )
    const editing = row ? editingFields(row, today) : null
    return {
      currency: ctx.shop.currency,
      capBps: ctx.shop.maxTotalShareBps,
      returnWindowDays: ctx.shop.returnWindowDays,
      today,
      creators: creators.map(({ id, name, locale }) => ({ id, name, locale })),
      others,
      titles: await readScopeTitles(tx, editing ? [editing.terms] : []),
      editing,
    }
  })
}

function editingFields(
  row: {
    id: string
    title: string
    creatorId: string
    status: string
    versions: Array<{
      id: string
      number: number
      status: string
      terms: unknown
      termsHash: string
      retroactive: boolean
    }>
  },
  today: string,
): AgreementFormView['editing'] {
  const newest = row.versions.at(-1)
  if (!newest) throw new Error(`agreement ${row.id} has no version`)
  const draft = row.versions.find((version) => version.status === 'draft')
  const terms = storedTerms(draft ?? newest)
  const tomorrow = addDaysToDate(today, 1)
  const hasAcceptedVersion = row.versions.some((version) => version.status === 'accepted')
  return {
    id: row.id,
    title: row.title,
    creatorId: row.creatorId,
    status: row.status,
    // A new version of running terms begins tomorrow, unless the merchant says otherwise.
    terms:
      draft || terms.startsOn > today ? terms : { ...terms, startsOn: hasAcceptedVersion ? tomorrow : today },
    draftHash: draft?.termsHash ?? null,
    retroactive: draft?.retroactive ?? false,
    hasAcceptedVersion,
    offerOpen: row.versions.some((version) => version.status === 'offered'),
    nextNumber: draft?.number ?? newest.number + 1,
  }
}
