// customers/redact: nothing that we hold leads to the customer any more. Orders and sums stay: they are the merchant's books.
import type { ShopTransaction } from '../../adapters/db/database.ts'
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

export async function redactCustomer(
  tx: ShopTransaction,
  request: RedactRequest,
): Promise<{ orders: number }> {
  const { shopId } = request
  const asked = readCustomerRequest(request.facts)
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
      update webhook_receipt set facts = facts - 'customerKey' - 'orderIds'
      where shop_id = ${shopId} and facts->>'customerKey' = ${asked.customerKey}`
  }
  await tx.complianceRequest.create({
    data: {
      id: newRowId(),
      shopId,
      kind: 'customer_redact',
      receivedAt: request.receivedAt,
      completedAt: request.now,
      answer: { ordersPseudonymised: count },
    },
  })
  return { orders: count }
}
