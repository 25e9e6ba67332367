// Makes a creator's discount code in Shopify. Asking twice for the same code with the same title finds the first one.
import type { AdminApi, AdminRefusal } from './admin-api.ts'
import { DiscountByCodeDocument, DiscountCodeCreateDocument } from './generated/operations.ts'

export interface DiscountCodeInput {
  code: string
  /** Seen by the merchant only; tells our codes apart from others. */
  title: string
  /** 1 to 10,000. */
  percentBps: number
  startsAt: Date
  endsAt: Date | null
}

export type CreateDiscountCodeResult =
  | { ok: true; discountGid: string; shareUrl: string | null }
  | { ok: false; reason: 'code_taken'; message: string }
  | { ok: false; reason: 'refused_by_shopify'; message: string }
  | AdminRefusal

const TAKEN = new Set(['TAKEN', 'DUPLICATE'])

export async function createDiscountCode(
  shopify: AdminApi,
  input: DiscountCodeInput,
): Promise<CreateDiscountCodeResult> {
  const answer = await shopify.request(DiscountCodeCreateDocument, {
    input: {
      title: input.title,
      code: input.code,
      startsAt: input.startsAt.toISOString(),
      endsAt: input.endsAt?.toISOString() ?? null,
      context: { all: 'ALL' },
      // Basis points are a share out of 10,000: the division is exact to the four decimals that matter.
      customerGets: { value: { percentage: input.percentBps / 10_000 }, items: { all: true } },
      combinesWith: { shippingDiscounts: true },
    },
  })
  if (!answer.ok) return answer
  const made = answer.data.discountCodeBasicCreate
  const [error] = made?.userErrors ?? []
  if (error?.code && TAKEN.has(error.code)) return findOwnCode(shopify, input, error.message)
  if (error) return { ok: false, reason: 'refused_by_shopify', message: error.message }
  const node = made?.codeDiscountNode
  if (!node)
    return {
      ok: false,
      reason: 'refused_by_shopify',
      message: 'Shopify made no discount and gave no reason.',
    }
  return { ok: true, discountGid: node.id, shareUrl: shareUrlOf(node.codeDiscount) }
}

/** A job that broke off after Shopify had made the code must not fail on its own code. */
async function findOwnCode(
  shopify: AdminApi,
  input: DiscountCodeInput,
  message: string,
): Promise<CreateDiscountCodeResult> {
  const answer = await shopify.request(DiscountByCodeDocument, { code: input.code })
  if (!answer.ok) return answer
  const node = answer.data.codeDiscountNodeByCode
  const discount = node?.codeDiscount
  if (!node || discount?.__typename !== 'DiscountCodeBasic')
    return { ok: false, reason: 'code_taken', message }
  if (discount.title !== input.title || discount.status === 'EXPIRED')
    return { ok: false, reason: 'code_taken', message }
  return { ok: true, discountGid: node.id, shareUrl: shareUrlOf(discount) }
}

function shareUrlOf(discount: { __typename: string; shareableUrls?: Array<{ url: string }> }): string | null {
  return discount.shareableUrls?.[0]?.url ?? null
}
