// What the shop has of some variants, for the editor of a drop.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { fetchPieceStock } from '#app/adapters/shopify/fetch-piece-stock.ts'
import { MOST_OFFERS } from '#app/domain/drops/drop.ts'
import { requireShop } from '../require-shop.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ctx = await requireShop(request)
  const asked = new URL(request.url).searchParams.get('variants') ?? ''
  const ids = asked.split(',').filter((id) => /^[1-9]\d{0,17}$/.test(id))
  const found = await fetchPieceStock(ctx.shopify, [...new Set(ids)].slice(0, MOST_OFFERS))
  if (found.ok) return found
  ctx.log.warn({ refusal: found }, 'stock for the editor of a drop could not be read')
  return { ok: false as const }
}
