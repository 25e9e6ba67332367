// What customers asked to know, for the merchant, who hands it on: Shopify tells apps to answer the store's owner, not the customer.
import { isRowId } from '../../adapters/db/row-id.ts'
import type { ShopContext } from '../context.ts'

const KIND = 'customer_data_request'
const MOST_SHOWN = 50

export interface DataRequestRow {
  id: string
  receivedAt: string
  /** Shopify's number of the request; null when it gave none. */
  number: string | null
  fileName: string
}

/** Newest first. One whose customer was erased since is gone. */
export async function readDataRequests(ctx: Pick<ShopContext, 'db' | 'shop'>): Promise<DataRequestRow[]> {
  const shopId = ctx.shop.id
  const rows = await ctx.db.inShop(
    shopId,
    (tx) => tx.$queryRaw<Array<{ id: string; receivedAt: Date; number: string | null }>>`
      select id::text as id, received_at as "receivedAt", answer->>'dataRequestId' as number from compliance_request
      where shop_id = ${shopId} and kind = ${KIND} and answer is not null
      order by received_at desc, id limit ${MOST_SHOWN}::int`,
  )
  return rows.map(({ id, receivedAt, number }) => ({
    id,
    receivedAt: receivedAt.toISOString(),
    number,
    fileName: `data-request-${number ?? id}.json`,
  }))
}

export type DataExportResult = { ok: true; text: string } | { ok: false; reason: 'data_request_not_found' }

/** The export as JSON text, laid out for people. */
export async function readDataExport(
  ctx: Pick<ShopContext, 'db' | 'shop'>,
  id: string,
): Promise<DataExportResult> {
  const shopId = ctx.shop.id
  const row = isRowId(id)
    ? await ctx.db.inShop(shopId, (tx) =>
        tx.complianceRequest.findFirst({ where: { shopId, id, kind: KIND }, select: { answer: true } }),
      )
    : null
  if (!row || row.answer === null) return { ok: false, reason: 'data_request_not_found' }
  return { ok: true, text: `${JSON.stringify(row.answer, null, 2)}\n` }
}
