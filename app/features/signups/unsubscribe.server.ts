// Takes back sign-ups for restocks by the signed link of a mail.
import { readLink } from '../../adapters/crypto/signed-link.ts'
import { isRowId } from '../../adapters/db/row-id.ts'
import type { ServiceContext } from '../context.ts'

type Services = Pick<ServiceContext, 'db' | 'clock' | 'linkSecret'>

export type ReadUnsubscribeOutcome =
  | { ok: true; view: { shopName: string; locale: string; hasLeft: boolean } }
  /** Forged, another kind of link, or of a row that is gone: which of them is nobody's business. */
  | { ok: false; reason: 'dead' }

/** What the link is about. Changes nothing: mail scanners open links. */
export async function readUnsubscribeLink(
  services: Services,
  token: string,
): Promise<ReadUnsubscribeOutcome> {
  return open(services, token, false)
}

/**
 * Ends every sign-up of the same address in the shop and forgets the address. Done twice it is done once. A piece that is held for the
 * person meanwhile stays held until its time.
 */
export async function unsubscribe(services: Services, token: string): Promise<ReadUnsubscribeOutcome> {
  return open(services, token, true)
}

async function open(
  { db, clock, linkSecret }: Services,
  token: string,
  leave: boolean,
): Promise<ReadUnsubscribeOutcome> {
  const now = clock.now()
  const read = readLink(token, linkSecret, now, 'restock_signup')
  // An expired link was genuine, and a no is a no.
  if (!read.ok && read.reason !== 'expired') return { ok: false, reason: 'dead' }
  const { shopId, subjectId: id } = read.link
  if (!isRowId(id)) return { ok: false, reason: 'dead' }
  return db.inShop(shopId, async (tx): Promise<ReadUnsubscribeOutcome> => {
    const shop = await tx.shop.findUnique({ where: { id: shopId } })
    const signup = await tx.restockSignup.findFirst({ where: { id, shopId } })
    if (!shop || !signup) return { ok: false, reason: 'dead' }
    const view = { shopName: shop.senderName ?? shop.name, locale: signup.locale }
    if (!leave) return { ok: true, view: { ...view, hasLeft: hasLeft(signup.status) } }
    await tx.restockSignup.updateMany({
      where: {
        shopId,
        status: { in: ['waiting', 'noticed'] },
        ...(signup.emailKey === null ? { id } : { emailKey: signup.emailKey }),
      },
      data: { status: 'left', emailSealed: null, endedAt: now },
    })
    return { ok: true, view: { ...view, hasLeft: true } }
  })
}

function hasLeft(status: string): boolean {
  return status === 'left' || status === 'redacted'
}
