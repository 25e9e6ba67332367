// customers/data_request: everything that we hold of one customer, written down for the merchant, who answers the customer.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { AccessPass, Order, Prisma, RestockSignup, Sale } from '../../adapters/db/generated/client.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import { toDecimalText } from '../../domain/money/format-amount.ts'
import { type CustomerRequest, readCustomerRequest } from './customer-request.ts'
import { ordersOfCustomer } from './orders-of-customer.server.ts'

export interface DataRequest {
  shopId: number
  /** The receipt's facts. */
  facts: unknown
  receivedAt: Date
  now: Date
}

/** Returns the id of the compliance request whose answer is the export. */
export async function answerDataRequest(
  tx: ShopTransaction,
  request: DataRequest,
): Promise<{ requestId: string; orders: number }> {
  const asked = readCustomerRequest(request.facts)
  const orders = await tx.order.findMany({
    where: ordersOfCustomer(request.shopId, asked),
    orderBy: { placedAt: 'asc' },
  })
  const sales = await tx.sale.findMany({
    where: { shopId: request.shopId, orderId: { in: orders.map(({ orderId }) => orderId) } },
    orderBy: { saleId: 'asc' },
  })
  const signups =
    asked.emailKey === null
      ? []
      : await tx.restockSignup.findMany({
          where: { shopId: request.shopId, emailKey: asked.emailKey },
          orderBy: { consentAt: 'asc' },
        })
  const passes =
    asked.emailKey === null
      ? []
      : await tx.accessPass.findMany({
          where: { shopId: request.shopId, emailKey: asked.emailKey },
          orderBy: { issuedAt: 'asc' },
        })
  const requestId = newRowId()
  await tx.complianceRequest.create({
    data: {
      id: requestId,
      shopId: request.shopId,
      kind: 'customer_data_request',
      customerKey: asked.customerKey,
      receivedAt: request.receivedAt,
      completedAt: request.now,
      answer: exportOf(asked, orders, sales, signups, passes),
    },
  })
  return { requestId, orders: orders.length }
}

function exportOf(
  asked: CustomerRequest,
  orders: Order[],
  sales: Sale[],
  signups: RestockSignup[],
  passes: AccessPass[],
): Prisma.InputJsonObject {
  return {
    dataRequestId: asked.dataRequestId,
    held: 'Orders with their amounts. No name, address or telephone number is held; an email address only where it was left for a restock notice or is on a guest list, encrypted.',
    restockSignups: signups.map((signup) => ({
      dropId: signup.dropId,
      variantId: signup.variantId.toString(),
      signedUpAt: signup.consentAt.toISOString(),
      consentVersion: signup.consentVersion,
      status: signup.status,
    })),
    guestPasses: passes.map((pass) => ({
      dropId: pass.dropId,
      issuedAt: pass.issuedAt.toISOString(),
      why: pass.origin,
      expiresAt: pass.expiresAt.toISOString(),
      revokedAt: pass.revokedAt?.toISOString() ?? null,
    })),
    orders: orders.map((order) => ({
      orderId: order.orderId.toString(),
      name: order.name,
      placedAt: order.placedAt.toISOString(),
      cancelledAt: order.cancelledAt?.toISOString() ?? null,
      total: money(order.currentTotalMinor, order.currency),
      discountCodes: order.discountCodes,
      creatorLink: order.linkReference,
      sales: sales
        .filter((sale) => sale.orderId === order.orderId)
        .map((sale) => ({
          happenedAt: sale.happenedAt.toISOString(),
          kind: sale.lineType,
          title: sale.title,
          quantity: sale.quantity,
          total: money(sale.totalMinor, sale.currency),
          tax: money(sale.taxMinor, sale.currency),
        })),
    })),
  }
}

function money(minor: bigint, currency: string): string {
  return `${toDecimalText(minor, currency)} ${currency}`
}
