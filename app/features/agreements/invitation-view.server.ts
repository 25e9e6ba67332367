// What a creator sees behind the link in an invitation, without any login.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { AgreementVersion } from '#app/adapters/db/generated/client.ts'
import { termsLanguage } from '#app/domain/agreements/describe-terms.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import type { ServiceContext } from '../context.ts'
import { storedTerms } from './check-terms.server.ts'
import { readInvitationLink } from './invitation-link.server.ts'
import { termsSentences } from './invitation-text.ts'
import { readScopeTitles } from './scope-titles.server.ts'

export type InvitationState = 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded'

export interface InvitationView {
  state: InvitationState
  shopName: string
  creatorName: string
  locale: string
  title: string
  versionNumber: number
  terms: AgreementTerms
  sentences: string[]
  /** Of the sentences. */
  termsLanguage: string
  /** Those that the terms accepted before did not have; none for a first version. */
  newSentences: string[]
  termsHash: string
  expiresAt: string
  decidedAt: string | null
  /** What a sale is shown with: the price of a piece under the terms, or a round amount. Minor units. */
  sampleListMinor: string
  maxTotalShareBps: number
  timeZone: string
}

export type ReadInvitationResult =
  | { ok: true; view: InvitationView }
  | { ok: false; reason: 'malformed' | 'forged' | 'unknown_offer' }

type Services = Pick<ServiceContext, 'db' | 'clock' | 'linkSecret'>

export async function readInvitation(services: Services, token: string): Promise<ReadInvitationResult> {
  const link = readInvitationLink(services, token)
  if (!link.ok) return link
  return services.db.inShop(link.shopId, async (tx): Promise<ReadInvitationResult> => {
    const shop = await tx.shop.findUnique({ where: { id: link.shopId } })
    const version = await tx.agreementVersion.findUnique({
      where: { id: link.versionId },
      include: { agreement: { include: { creator: true } } },
    })
    if (!shop || !version || shop.uninstalledAt) return { ok: false, reason: 'unknown_offer' }
    const { agreement } = version
    const { locale } = agreement.creator
    const terms = storedTerms(version)
    const titles = await readScopeTitles(tx, [terms])
    const productId = terms.scope.kind === 'products' ? terms.scope.productIds[0] : undefined
    const sample = productId ? await tx.product.findFirst({ where: { productId: BigInt(productId) } }) : null
    const state = stateOf(version, link, agreement.status === 'ended')
    return {
      ok: true,
      view: {
        state,
        shopName: shop.name,
        creatorName: agreement.creator.name,
        locale,
        title: agreement.title,
        versionNumber: version.number,
        terms,
        sentences: termsSentences(terms, titles, { locale, retroactive: version.retroactive }),
        termsLanguage: termsLanguage(locale),
        newSentences: await newSentences(tx, version, locale),
        termsHash: version.termsHash,
        expiresAt: (version.inviteExpiresAt ?? version.createdAt).toISOString(),
        decidedAt: version.decidedAt?.toISOString() ?? null,
        sampleListMinor: (sample && sample.priceMinor > 0n ? sample.priceMinor : 20_000n).toString(),
        maxTotalShareBps: shop.maxTotalShareBps,
        timeZone: shop.timeZone,
      },
    }
  })
}

/** Held against the version that was accepted last before this one, in the same words. */
async function newSentences(
  tx: ShopTransaction,
  version: AgreementVersion,
  locale: string,
): Promise<string[]> {
  const standing = await tx.agreementVersion.findFirst({
    where: { agreementId: version.agreementId, status: 'accepted', number: { lt: version.number } },
    orderBy: { number: 'desc' },
  })
  if (!standing) return []
  const [before, after] = [storedTerms(standing), storedTerms(version)]
  const titles = await readScopeTitles(tx, [before, after])
  const known = new Set(termsSentences(before, titles, { locale, retroactive: standing.retroactive }))
  const words = { locale, retroactive: version.retroactive }
  return termsSentences(after, titles, words).filter((text) => !known.has(text))
}

/** The newest link alone is good: one before it may have gone to a wrong address, and tells nothing more, decided or not. */
function stateOf(
  version: { status: string; inviteNonce: string | null },
  link: { expired: boolean; nonce: string },
  agreementEnded: boolean,
): InvitationState {
  if (version.inviteNonce !== link.nonce) return 'superseded'
  if (version.status === 'accepted' || version.status === 'declined') return version.status
  if (version.status === 'withdrawn' || agreementEnded) return 'withdrawn'
  return link.expired ? 'expired' : 'open'
}
