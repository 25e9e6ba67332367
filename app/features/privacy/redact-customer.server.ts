// customers/redact: nothing that we hold leads to the customer any more. Orders and sums stay: they are the merchant's books.
import { forgetGuest } from '../../adapters/db/access-pass-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { forgetTraces, ordersInLimitedDrops } from '../../adapters/db/drop-purchases.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import { readCustomerRequest } from './customer-request.ts'
import { ordersOfCustomer } from './orders-of-customer.server.ts'

export interface RedactRequest {
  shopId: number
  /** The receipt's facts. */
  facts: unknown
  receivedAt: Date
  now: Date
}

export interface RedactedCustomer {
  orders: number
  /** Of these orders' customer what was bought is counted anew: as nobody's it is taken off them at Shopify. */
  countAgain: bigint[]
}

export async function redactCustomer(tx: ShopTransaction, request: RedactRequest): Promise<RedactedCustomer> {
  const { shopId } = request
  const asked = readCustomerRequest(request.facts)
  const own = await tx.order.findMany({ where: ordersOfCustomer(shopId, asked), select: { orderId: true } })
  const ids = own.map(({ orderId }) => orderId)
  await forgetTraces(tx, shopId, { orderIds: ids })
  const countAgain = await ordersInLimitedDrops(tx, shopId, ids, new Date(0))
  const { count } = await tx.order.updateMany({
    where: ordersOfCustomer(shopId, asked),
    data: { customerKey: null },
  })
  if (asked.customerKey !== null) {
    // Earlier exports are copies of what is redacted, and receipts still carry the key.
    await tx.$executeRaw`
      update compliance_request set answer = null, customer_key = null
      where shop_id = ${shopId} and customer_key = ${asked.customerKey}`
    await tx.$executeRaw`
      update webhook_receipt set facts = facts - 'customerKey' - 'emailKey' - 'orderIds'
      where shop_id = ${shopId} and facts->>'customerKey' = ${asked.customerKey}`
  }
  const forgotten = asked.emailKey === null ? 0 : await forgetSignups(tx, shopId, asked.emailKey, request.now)
  const passes = asked.emailKey === null ? 0 : await forgetGuest(tx, shopId, asked.emailKey)
  await tx.complianceRequest.create({
    data: {
      id: newRowId(),
      shopId,
      kind: 'customer_redact',
      receivedAt: request.receivedAt,
      completedAt: request.now,
      answer: { ordersPseudonymised: count, signupsForgotten: forgotten, passesForgotten: passes },
    },
  })
  return { orders: count, countAgain: countAgain.slice(-1) }
}

/** Sign-ups for restocks keep their place in the line, which says nothing of anybody. */
async function forgetSignups(
  tx: ShopTransaction,
  shopId: number,
  emailKey: string,
  now: Date,
): Promise<number> {
  const { count } = await tx.restockSignup.updateMany({
    where: { shopId, emailKey },
    data: { emailSealed: null, emailKey: null, status: 'redacted', endedAt: now },
  })
  await tx.$executeRaw`
    update webhook_receipt set facts = facts - 'emailKey' where shop_id = ${shopId} and facts->>'emailKey' = ${emailKey}`
  return count
}
