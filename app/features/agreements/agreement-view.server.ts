// One agreement's page: its versions in words, what changed between them, what may be done now.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { AgreementVersion } from '#app/adapters/db/generated/client.ts'
import { isRowId } from '#app/adapters/db/row-id.ts'
import { describeChanges, type TermsChange } from '#app/domain/agreements/describe-changes.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { versionInForce } from '#app/domain/agreements/version-in-force.ts'
import type { ShopContext } from '../context.ts'
import { storedTerms } from './check-terms.server.ts'
import { invitationUrl } from './invitation-link.server.ts'
import { termsSentences } from './invitation-text.ts'
import { readScopeTitles, titleMaps } from './scope-titles.server.ts'

export interface AgreementVersionView {
  id: string
  number: number
  /** As stored, but an open offer whose link has run out is "expired". */
  status: string
  inForce: boolean
  terms: AgreementTerms
  sentences: string[]
  termsHash: string
  /** What differs from the version before, in words. */
  changes: TermsChange[]
  /** Agreed to reach back to sales before its acceptance. */
  retroactive: boolean
  effectiveFrom: string
  createdAt: string
  offeredAt: string | null
  inviteExpiresAt: string | null
  decidedAt: string | null
  /** Who signed or declined, as they typed it. */
  signedBy: string | null
}

export interface AgreementView {
  id: string
  title: string
  role: string
  status: string
  createdAt: string
  endedAt: string | null
  creator: { id: string; name: string; email: string; status: string }
  /** Newest first. */
  versions: AgreementVersionView[]
  /** The link that was mailed, for handing over another way. Null without an open offer. */
  invitationUrl: string | null
  mails: Array<{
    id: string
    status: string
    requestedAt: string
    sentAt: string | null
    lastError: string | null
  }>
  currency: string
  timeZone: string
}

/** Null when the shop has no such agreement. */
export async function readAgreement(ctx: ShopContext, agreementId: string): Promise<AgreementView | null> {
  if (!isRowId(agreementId)) return null
  const now = ctx.clock.now()
  return ctx.db.inShop(ctx.shop.id, async (tx) => {
    const row = await tx.agreement.findUnique({
      where: { id: agreementId },
      include: { creator: true, versions: { orderBy: { number: 'asc' } } },
    })
    if (!row) return null
    const parsed = row.versions.map((version) => ({ version, terms: storedTerms(version) }))
    const titles = await readScopeTitles(
      tx,
      parsed.map(({ terms }) => terms),
    )
    const words = { locale: 'en' }
    const inForce = versionInForce(
      parsed.map(({ version, terms }) => ({
        id: version.id,
        number: version.number,
        status: version.status,
        effectiveFrom: version.effectiveFrom.toISOString(),
        decidedAt: version.decidedAt?.toISOString() ?? null,
        retroactive: version.retroactive,
        terms,
      })),
      { endedAt: row.endedAt?.toISOString() ?? null },
      now.toISOString(),
      ctx.shop.timeZone,
    )
    const offer = row.versions.find((version) => version.status === 'offered')
    const versions = parsed.map(({ version, terms }, index) => {
      const before = parsed[index - 1]
      return {
        ...versionFields(version, now),
        terms,
        sentences: termsSentences(terms, titles, { ...words, retroactive: version.retroactive }),
        inForce: inForce?.id === version.id,
        changes: before ? describeChanges(before.terms, terms, { ...words, ...titleMaps(titles) }) : [],
      }
    })
    const { id, title, role, status, creator } = row
    return {
      id,
      title,
      role,
      status,
      createdAt: row.createdAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      creator: { id: creator.id, name: creator.name, email: creator.email, status: creator.status },
      versions: versions.reverse(),
      invitationUrl: offer ? invitationUrl(ctx, offer) : null,
      mails: await readMails(tx, row.versions),
      currency: ctx.shop.currency,
      timeZone: ctx.shop.timeZone,
    }
  })
}

function versionFields(version: AgreementVersion, now: Date) {
  const ranOut =
    version.status === 'offered' && version.inviteExpiresAt !== null && version.inviteExpiresAt <= now
  const { evidence } = version
  const name = typeof evidence === 'object' && evidence !== null && 'name' in evidence ? evidence.name : null
  return {
    id: version.id,
    number: version.number,
    status: ranOut ? 'expired' : version.status,
    termsHash: version.termsHash,
    retroactive: version.retroactive,
    effectiveFrom: version.effectiveFrom.toISOString(),
    createdAt: version.createdAt.toISOString(),
    offeredAt: version.offeredAt?.toISOString() ?? null,
    inviteExpiresAt: version.inviteExpiresAt?.toISOString() ?? null,
    decidedAt: version.decidedAt?.toISOString() ?? null,
    signedBy: typeof name === 'string' && name !== '' ? name : null,
  }
}

async function readMails(tx: ShopTransaction, versions: AgreementVersion[]): Promise<AgreementView['mails']> {
  const rows = await tx.mailDelivery.findMany({
    where: { kind: 'invitation', subjectId: { in: versions.map((version) => version.id) } },
    orderBy: { requestedAt: 'desc' },
    take: 10,
  })
  return rows.map(({ id, status, requestedAt, sentAt, lastError }) => ({
    id,
    status,
    requestedAt: requestedAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    lastError,
  }))
}
