// Which orders a request of privacy law means: the customer's own, and those that Shopify names.
import type { Prisma } from '../../adapters/db/generated/client.ts'
import type { CustomerRequest } from './customer-request.ts'

export function ordersOfCustomer(
  shopId: number,
  { customerKey, orderIds }: CustomerRequest,
): Prisma.OrderWhereInput {
  const named: Prisma.OrderWhereInput = { orderId: { in: orderIds } }
  return { shopId, OR: customerKey === null ? [named] : [named, { customerKey }] }
}
