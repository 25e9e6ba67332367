// An automatic discount of the app's own function, bounded in time: when it ends there is nothing to revert.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import type { MetafieldEntry } from './app-metafields.ts'
import {
  DropDiscountCreateDocument,
  DropDiscountsDocument,
  DropDiscountUpdateDocument,
} from './generated/operations.ts'
import { numberOfGid } from './gid.ts'

export interface AppDiscount {
  /** Names it: asking twice for the same title finds the first one. */
  title: string
  functionHandle: string
  startsAt: Date
  endsAt: Date
  metafields: MetafieldEntry[]
}

export type SaveAppDiscountResult =
  | { ok: true; discountGid: string }
  | { ok: false; reason: 'refused_by_shopify'; code: string | null; message: string }
  | AdminRefusal

/** Makes the discount, or changes the one of that title which has not ended. */
export async function saveAppDiscount(
  shopify: AdminApi,
  discount: AppDiscount,
): Promise<SaveAppDiscountResult> {
  const found = await findAppDiscount(shopify, discount.title)
  if (!found.ok) return found
  const { title, functionHandle, metafields } = discount
  const input = {
    title,
    functionHandle,
    startsAt: discount.startsAt.toISOString(),
    endsAt: discount.endsAt.toISOString(),
    discountClasses: ['PRODUCT' as const],
    combinesWith: { orderDiscounts: true, shippingDiscounts: true, productDiscounts: false },
    metafields,
  }
  if (found.discountGid) {
    const answer = await shopify.request(DropDiscountUpdateDocument, { id: found.discountGid, input })
    if (!answer.ok) return answer
    return outcomeOf(answer.data.discountAutomaticAppUpdate?.userErrors, found.discountGid)
  }
  const answer = await shopify.request(DropDiscountCreateDocument, { input })
  if (!answer.ok) return answer
  const made = answer.data.discountAutomaticAppCreate
  return outcomeOf(made?.userErrors, made?.automaticAppDiscount?.discountId ?? null)
}

/** Changes what the discount of that title goes by, if there is one that has not ended; its times stay. */
export async function changeAppDiscount(
  shopify: AdminApi,
  title: string,
  metafields: MetafieldEntry[],
): Promise<SaveAppDiscountResult | { ok: true; discountGid: null }> {
  const found = await findAppDiscount(shopify, title)
  if (!found.ok || found.discountGid === null) return found
  const answer = await shopify.request(DropDiscountUpdateDocument, {
    id: found.discountGid,
    input: { metafields },
  })
  if (!answer.ok) return answer
  return outcomeOf(answer.data.discountAutomaticAppUpdate?.userErrors, found.discountGid)
}

function outcomeOf(
  errors: Array<{ code?: string | null; message: string }> | undefined,
  discountGid: string | null,
): SaveAppDiscountResult {
  const [error] = errors ?? []
  if (error)
    return { ok: false, reason: 'refused_by_shopify', code: error.code ?? null, message: error.message }
  if (!discountGid)
    return { ok: false, reason: 'refused_by_shopify', code: null, message: 'Shopify made no discount.' }
  return { ok: true, discountGid }
}

/** The discount of that title which has not ended: nobody keeps its id. */
export async function findAppDiscount(
  shopify: AdminApi,
  title: string,
): Promise<{ ok: true; discountGid: string | null } | AdminRefusal> {
  for (let after: string | null = null; ; ) {
    const answer: Awaited<ReturnType<typeof askDiscounts>> = await askDiscounts(shopify, after)
    if (!answer.ok) return answer
    const { nodes, pageInfo } = answer.data.automaticDiscountNodes
    for (const { id, automaticDiscount } of nodes) {
      if (automaticDiscount.__typename !== 'DiscountAutomaticApp') continue
      if (automaticDiscount.title === title && automaticDiscount.status !== 'EXPIRED')
        return { ok: true, discountGid: `gid://shopify/DiscountAutomaticNode/${numberOfGid(id)}` }
    }
    if (!pageInfo.hasNextPage) return { ok: true, discountGid: null }
    after = pageInfo.endCursor ?? null
  }
}

function askDiscounts(shopify: AdminApi, after: string | null) {
  return shopify.request(DropDiscountsDocument, { after })
}
