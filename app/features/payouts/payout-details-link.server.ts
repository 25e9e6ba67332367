// The link by which a creator says where to be paid, without any login. It is good for one change and a week.
import { readLink, signLink } from '#app/adapters/crypto/signed-link.ts'
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { readLinkGeneration } from '#app/adapters/db/link-generation.ts'
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import type { ServiceContext, ShopContext } from '../context.ts'
import { recordCreatorPayoutEvent } from './creator-payout-event.server.ts'

const DETAILS_LINK_DAYS = 7

/** Changes with every change of the details and of the creator's address: links from before are void then. */
export async function detailsLinkNonce(tx: ShopTransaction, creatorId: string): Promise<string> {
  const newest = await tx.payoutMethod.findFirst({
    where: { creatorId },
    orderBy: [{ addedAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  })
  return `g${await readLinkGeneration(tx, creatorId)}/${newest?.id ?? 'first'}`
}

export async function payoutDetailsUrl(
  tx: ShopTransaction,
  services: Pick<ServiceContext, 'appUrl' | 'linkSecret' | 'clock'>,
  shopId: number,
  creatorId: string,
): Promise<{ url: string; expiresAt: Date }> {
  const seconds = Math.floor(services.clock.now().getTime() / 1000) + DETAILS_LINK_DAYS * 86_400
  const expiresAt = new Date(seconds * 1000)
  const nonce = await detailsLinkNonce(tx, creatorId)
  const token = signLink(
    { kind: 'payout_details', shopId, subjectId: creatorId, nonce, expiresAt },
    services.linkSecret,
  )
  return { url: `${services.appUrl}/c/payout-details/${token}`, expiresAt }
}

export interface PayoutDetailsView {
  creatorId: string
  creatorName: string
  locale: string
  shop: { id: number; name: string; timeZone: string; currency: string }
  current: { kind: string; ending: string } | null
  /** Of the row that the form will make, so that a form sent twice counts once. */
  formId: string
}

export type ReadDetailsLinkResult =
  /** `nonce`: for `savePayoutMethod`, which looks whether it still holds. */
  { ok: true; view: PayoutDetailsView; nonce: string } | { ok: false; reason: 'dead' | 'expired' | 'used' }

/** What the link opens. `used`: the details were changed since it was made. */
export async function readPayoutDetailsLink(
  services: Pick<ServiceContext, 'db' | 'clock' | 'linkSecret'>,
  token: string,
): Promise<ReadDetailsLinkResult> {
  const read = readLink(token, services.linkSecret, services.clock.now(), 'payout_details')
  if (!read.ok) return { ok: false, reason: read.reason === 'expired' ? 'expired' : 'dead' }
  const { shopId, subjectId, nonce } = read.link
  if (!isRowId(subjectId)) return { ok: false, reason: 'dead' }
  return services.db.inShop(shopId, async (tx): Promise<ReadDetailsLinkResult> => {
    const creator = await tx.creator.findUnique({ where: { id: subjectId } })
    const shop = await tx.shop.findUnique({ where: { id: shopId } })
    if (!creator || !shop || creator.status === 'archived') return { ok: false, reason: 'dead' }
    if (nonce !== (await detailsLinkNonce(tx, creator.id))) return { ok: false, reason: 'used' }
    const current = await tx.payoutMethod.findFirst({
      where: { creatorId: creator.id, replacedAt: null, currency: shop.currency },
      select: { kind: true, ending: true },
    })
    return {
      ok: true,
      nonce,
      view: {
        creatorId: creator.id,
        creatorName: creator.name,
        locale: creator.locale,
        shop: {
          id: shop.id,
          name: shop.senderName ?? shop.name,
          timeZone: shop.timeZone,
          currency: shop.currency,
        },
        current,
        formId: newRowId(),
      },
    }
  })
}

export type AskForDetailsResult =
  | { ok: true; toAddress: string }
  | { ok: false; reason: 'unknown_creator' | 'creator_archived' | 'already_on_its_way' }

/** Mails the creator a link to enter the details. */
export async function askForPayoutDetails(
  ctx: ShopContext,
  input: { creatorId: string },
): Promise<AskForDetailsResult> {
  const { creatorId } = input
  const shopId = ctx.shop.id
  if (!isRowId(creatorId)) return { ok: false, reason: 'unknown_creator' }
  return ctx.db.inShop(shopId, async (tx): Promise<AskForDetailsResult> => {
    await tx.$queryRaw`select 1 from creator where id = ${creatorId}::uuid for update`
    const creator = await tx.creator.findUnique({ where: { id: creatorId } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    if (creator.status === 'archived') return { ok: false, reason: 'creator_archived' }
    const waiting = await tx.mailDelivery.count({
      where: { shopId, subjectId: creatorId, kind: 'payout_details_asked', status: 'queued' },
    })
    if (waiting > 0) return { ok: false, reason: 'already_on_its_way' }
    const now = ctx.clock.now()
    const deliveryId = newRowId()
    await tx.mailDelivery.create({
      data: {
        id: deliveryId,
        shopId,
        kind: 'payout_details_asked',
        subjectId: creatorId,
        creatorId,
        toAddress: creator.email,
        subject: creator.name,
        requestedAt: now,
      },
    })
    await recordCreatorPayoutEvent(tx, {
      shopId,
      creatorId,
      at: now,
      kind: 'payout_details_asked',
      actor: 'merchant',
    })
    await ctx.queue.enqueue(tx, 'send-mail', { shopId, deliveryId })
    return { ok: true, toAddress: creator.email }
  })
}
