// Where a creator is paid, in each currency. A change keeps the old row, holds the next payout, and tells everybody whom the creator could be.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import type { Creator, PayoutMethod } from '#app/adapters/db/generated/client.ts'
import { isRowId, newRowId } from '#app/adapters/db/row-id.ts'
import type { TokenKeys } from '#app/adapters/shopify/token-cipher.ts'
import { canonicalJson } from '#app/domain/canonical-json.ts'
import {
  type MethodInput,
  type MethodProblem,
  type PayoutMethodDetails,
  parseMethod,
} from '#app/domain/payouts/method-details.ts'
import { addDays } from '#app/domain/time/instant.ts'
import type { ServiceContext } from '../context.ts'
import { recordCreatorPayoutEvent } from './creator-payout-event.server.ts'
import { detailsLinkNonce } from './payout-details-link.server.ts'
import { openDetails, sealDetails } from './sealed-details.ts'

/** Long enough for whoever did not ask for the change to read the mail and speak up. */
export const METHOD_HOLD_DAYS = 7

export interface SavePayoutMethodInput {
  creatorId: string
  /** Becomes the row's id: the same form sent twice adds one method. */
  formId: string
  method: MethodInput
  by: 'merchant' | 'creator'
  actor: string
  /** Of the link that the change came by: looked at again under the lock, so that a link is good for one change. */
  linkNonce?: string
}

export type SavePayoutMethodResult =
  | { ok: true; methodId: string; changed: boolean; holdUntil: string | null }
  | { ok: false; reason: 'unknown_creator' | 'form_malformed' | 'form_reused' | 'link_used' }
  | { ok: false; reason: 'invalid_input'; problems: MethodProblem[] }

export type MethodServices = Pick<ServiceContext, 'db' | 'queue' | 'clock'> & {
  shop: { id: number; timeZone: string }
}

export async function savePayoutMethod(
  services: MethodServices,
  keys: TokenKeys,
  input: SavePayoutMethodInput,
): Promise<SavePayoutMethodResult> {
  if (!isRowId(input.formId)) return { ok: false, reason: 'form_malformed' }
  if (!isRowId(input.creatorId)) return { ok: false, reason: 'unknown_creator' }
  const parsed = parseMethod(input.method)
  if (!parsed.ok) return { ok: false, reason: 'invalid_input', problems: parsed.problems }
  const { shop } = services
  return services.db.inShop(shop.id, async (tx): Promise<SavePayoutMethodResult> => {
    await tx.$queryRaw`select 1 from creator where id = ${input.creatorId}::uuid for update`
    const creator = await tx.creator.findUnique({ where: { id: input.creatorId } })
    if (!creator) return { ok: false, reason: 'unknown_creator' }
    const standing = await tx.payoutMethod.findMany({
      where: { shopId: shop.id, creatorId: creator.id, replacedAt: null },
    })
    const current = standing.find(({ id, currency }) => id === input.formId || currency === parsed.currency)
    const details = standing.map(({ id, sealed }) => openDetails(sealed, id, keys))
    const before = current ? (details[standing.indexOf(current)] ?? null) : null
    const isSame =
      current?.id === input.formId ||
      (before !== null && canonicalJson(before) === canonicalJson(parsed.details))
    if (current && isSame) {
      return {
        ok: true,
        methodId: current.id,
        changed: false,
        holdUntil: current.holdUntil?.toISOString() ?? null,
      }
    }
    if (input.linkNonce !== undefined && input.linkNonce !== (await detailsLinkNonce(tx, creator.id)))
      return { ok: false, reason: 'link_used' }
    // A tab that was left open: its form made a method once, and another stands now.
    if ((await tx.payoutMethod.count({ where: { id: input.formId } })) > 0)
      return { ok: false, reason: 'form_reused' }
    const now = services.clock.now()
    if (current) await tx.payoutMethod.update({ where: { id: current.id }, data: { replacedAt: now } })
    // Also when they are the first ones for a currency: another currency is no way around the wait.
    const isChange = standing.length > 0
    const holdUntil = isChange ? new Date(addDays(now.toISOString(), METHOD_HOLD_DAYS, shop.timeZone)) : null
    const { kind } = parsed.details
    await tx.payoutMethod.create({
      data: {
        id: input.formId,
        shopId: shop.id,
        creatorId: creator.id,
        kind,
        currency: parsed.currency,
        sealed: sealDetails(parsed.details, input.formId, keys),
        ending: parsed.ending,
        addedBy: input.actor,
        addedAt: now,
        holdUntil,
      },
    })
    await recordCreatorPayoutEvent(tx, {
      shopId: shop.id,
      creatorId: creator.id,
      at: now,
      kind: isChange ? 'payout_method_changed' : 'payout_method_added',
      actor: input.by,
      facts: { method: kind, ending: parsed.ending },
    })
    await tellEverybody(tx, services, {
      creator,
      methodId: input.formId,
      addresses: await addressesOf(tx, creator, [...details, parsed.details]),
      now,
    })
    return { ok: true, methodId: input.formId, changed: true, holdUntil: holdUntil?.toISOString() ?? null }
  })
}

/** The creator's address of today, the one that mails went to before it, and what the details themselves name. */
async function addressesOf(
  tx: ShopTransaction,
  creator: Creator,
  details: Array<PayoutMethodDetails | null>,
): Promise<string[]> {
  const earlier = await tx.mailDelivery.findFirst({
    where: { creatorId: creator.id, status: 'sent', toAddress: { not: creator.email } },
    orderBy: { requestedAt: 'desc' },
    select: { toAddress: true },
  })
  const named = details.flatMap((one) => (one && 'email' in one ? [one.email] : []))
  return [...new Set([creator.email, ...(earlier ? [earlier.toAddress] : []), ...named])]
}

async function tellEverybody(
  tx: ShopTransaction,
  services: MethodServices,
  told: { creator: Creator; methodId: PayoutMethod['id']; addresses: string[]; now: Date },
): Promise<void> {
  const shopId = services.shop.id
  for (const toAddress of told.addresses) {
    const deliveryId = newRowId()
    await tx.mailDelivery.create({
      data: {
        id: deliveryId,
        shopId,
        kind: 'payout_method_changed',
        subjectId: told.methodId,
        creatorId: told.creator.id,
        toAddress,
        subject: told.creator.name,
        requestedAt: told.now,
      },
    })
    await services.queue.enqueue(tx, 'send-mail', { shopId, deliveryId })
  }
}
