import type { DiscountCode, ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { findShopState } from './find-nouns.ts'
import { parseRatio } from './money.ts'
import { findDiscountByCode } from './pick-discounts.ts'
import { type Refusal, refuse } from './refusal.ts'

export interface CreateDiscountInput {
  code: string
  /** Default: the code. */
  title?: string
  /** Fraction off each entitled line, "0.1" = 10 %. */
  percentage: string
  /** ISO; default: now. */
  startsAt?: string
  endsAt?: string | null
  usageLimit?: number | null
  appliesOncePerCustomer?: boolean
  /** Empty or absent: all products. */
  productIds?: string[]
  /** May be used beside other codes that may. */
  combines?: boolean
}

export type CreateDiscountRefusal = Refusal<
  | 'unknown_shop'
  | 'invalid_code'
  | 'code_taken'
  | 'invalid_percentage'
  | 'invalid_dates'
  | 'invalid_usage_limit'
  | 'unknown_product'
>

export function createDiscount(
  sandbox: Sandbox,
  shopDomain: string,
  input: CreateDiscountInput,
): { ok: true; discount: DiscountCode } | CreateDiscountRefusal {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const { state } = found
  const now = sandbox.clock.now().toISOString()
  const read = readDiscount(state, input, now)
  if (!read.ok) return read
  const discount: DiscountCode = {
    id: sandbox.nextId('discount'),
    ...read.terms,
    usageCount: 0,
    status: read.terms.startsAt > now ? 'SCHEDULED' : 'ACTIVE',
    ...(input.combines && { combines: true }),
    createdAt: now,
  }
  state.discounts[discount.id] = discount
  sandbox.changed()
  return { ok: true, discount }
}

type Terms = Pick<
  DiscountCode,
  | 'code'
  | 'title'
  | 'percentage'
  | 'startsAt'
  | 'endsAt'
  | 'usageLimit'
  | 'appliesOncePerCustomer'
  | 'productIds'
>

/** The terms of a discount, checked. `except`: the discount that has the code already. */
export function readDiscount(
  state: ShopState,
  input: CreateDiscountInput,
  now: string,
  except?: string,
): { ok: true; terms: Terms } | CreateDiscountRefusal {
  const code = input.code.trim()
  if (code === '' || code.length > 255 || /[\r\n]/.test(code)) {
    return refuse('invalid_code', 'code: must have between 1 and 255 characters on one line.')
  }
  const holder = findDiscountByCode(state, code)
  if (holder && holder.id !== except) return refuse('code_taken', `code: ${code} is taken.`)
  const percentage = parseRatio(input.percentage)
  if (!percentage || percentage.numerator <= 0n || percentage.numerator > percentage.denominator) {
    return refuse('invalid_percentage', `percentage: "${input.percentage}" is not above 0 and at most 1.`)
  }
  const startsAt = toIso(input.startsAt ?? now)
  const endsAt = input.endsAt == null ? null : toIso(input.endsAt)
  if (startsAt === undefined || endsAt === undefined) {
    return refuse('invalid_dates', 'startsAt, endsAt: must be ISO times.')
  }
  if (endsAt !== null && endsAt <= startsAt)
    return refuse('invalid_dates', 'endsAt: must come after startsAt.')
  const usageLimit = input.usageLimit ?? null
  if (usageLimit !== null && (!Number.isSafeInteger(usageLimit) || usageLimit < 1)) {
    return refuse('invalid_usage_limit', `usageLimit: ${usageLimit} is not a whole number above 0.`)
  }
  const unknown = input.productIds?.find((id) => !state.products[id])
  if (unknown !== undefined) return refuse('unknown_product', `productIds: there is no product ${unknown}.`)
  return {
    ok: true,
    terms: {
      code,
      title: input.title?.trim() || code,
      percentage: input.percentage.trim(),
      startsAt,
      endsAt,
      usageLimit,
      appliesOncePerCustomer: input.appliesOncePerCustomer ?? false,
      productIds: input.productIds ?? [],
    },
  }
}

function toIso(text: string): string | undefined {
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
