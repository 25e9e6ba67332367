// What discountCodeBasicCreate and discountCodeBasicUpdate are given, and what Shopify says against it.
import type { DiscountCode } from '#sandbox/state/nouns.ts'
import { gid, idOf } from '../gid.ts'
import type { GraphqlContext } from '../resolver.ts'

export interface BasicInput {
  title?: string | null
  code?: string | null
  startsAt?: string | null
  endsAt?: string | null
  usageLimit?: number | null
  appliesOncePerCustomer?: boolean | null
  combinesWith?: Record<string, unknown> | null
  context?: Record<string, unknown> | null
  customerSelection?: Record<string, unknown> | null
  customerGets?: {
    value?: { percentage?: number | null; discountAmount?: unknown; discountOnQuantity?: unknown } | null
    items?: {
      all?: boolean | null
      products?: { productsToAdd?: string[] | null; productsToRemove?: string[] | null } | null
      collections?: unknown
    } | null
    appliesOnOneTimePurchase?: boolean | null
    appliesOnSubscription?: boolean | null
  } | null
}

export interface Problem {
  field: string[]
  code: string
  message: string
  extraInfo: null
}

export function problem(field: string, code: string, message: string): Problem {
  return { field: ['basicCodeDiscount', ...field.split('.')], code, message, extraInfo: null }
}

/** Shopify's own refusals, in its words where these are known. */
export function problemsOf(input: BasicInput, { state }: GraphqlContext, except?: string): Problem[] {
  const problems: Problem[] = []
  const percentage = input.customerGets?.value?.percentage
  const { products, all } = input.customerGets?.items ?? {}
  if (!input.title?.trim()) problems.push(problem('title', 'BLANK', "Title can't be blank"))
  if (!input.code?.trim()) problems.push(problem('code', 'BLANK', "Code can't be blank"))
  else if (input.code.length > 255)
    problems.push(problem('code', 'TOO_LONG', 'Code is too long (maximum is 255 characters)'))
  else if (isTaken(input.code, state, except)) {
    problems.push(problem('code', 'TAKEN', 'Code must be unique. Please try a different code.'))
  }
  if (!input.startsAt) problems.push(problem('startsAt', 'BLANK', "Starts at can't be blank"))
  else if (input.endsAt && Date.parse(input.endsAt) <= Date.parse(input.startsAt)) {
    problems.push(problem('endsAt', 'END_DATE_BEFORE_START_DATE', 'Ends at needs to be after starts_at'))
  }
  if (input.usageLimit != null && input.usageLimit < 1) {
    problems.push(problem('usageLimit', 'GREATER_THAN', 'Usage limit must be greater than 0'))
  }
  if (percentage == null) problems.push(problem('customerGets.value', 'BLANK', "Value can't be blank"))
  else if (percentage <= 0 || percentage > 1) {
    problems.push(
      problem('customerGets.value.percentage', 'VALUE_OUTSIDE_RANGE', 'Value must be between 0.0 and 1.0'),
    )
  }
  if (!all && !products?.productsToAdd?.length) {
    problems.push(
      problem('customerGets.items', 'APPLIES_ON_NOTHING', 'Items in ‘customer get’ cannot be blank'),
    )
  }
  const unknown = products?.productsToAdd?.find((id) => !state.products[idOf(id, 'Product')])
  if (unknown)
    problems.push(
      problem('customerGets.items.products.productsToAdd', 'INVALID', `Product ${unknown} does not exist`),
    )
  return problems
}

/** `except`: the discount that may keep its own code. */
function isTaken(code: string, state: GraphqlContext['state'], except: string | undefined): boolean {
  return Object.values(state.discounts).some(
    (discount) => discount.id !== except && discount.code.toLowerCase() === code.toLowerCase(),
  )
}

/** The products after an update; undefined: they stay. None means all products. */
export function productsAfter(input: BasicInput, discount: DiscountCode): string[] | undefined {
  const { items } = input.customerGets ?? {}
  if (!items) return undefined
  if (items.all) return []
  const removed = new Set((items.products?.productsToRemove ?? []).map((id) => idOf(id, 'Product')))
  const added = (items.products?.productsToAdd ?? []).map((id) => idOf(id, 'Product'))
  return [...new Set([...discount.productIds.filter((id) => !removed.has(id)), ...added])]
}

/** The input of an update with what it leaves as it is, so that the rules of a new discount hold for the outcome. */
export function withUnchanged(input: BasicInput, discount: DiscountCode): BasicInput {
  const products = productsAfter(input, discount) ?? discount.productIds
  const isAll = input.customerGets?.items ? input.customerGets.items.all === true : products.length === 0
  return {
    ...input,
    title: input.title ?? discount.title,
    code: input.code ?? discount.code,
    startsAt: input.startsAt ?? discount.startsAt,
    endsAt: input.endsAt === undefined ? discount.endsAt : input.endsAt,
    customerGets: {
      value: { percentage: input.customerGets?.value?.percentage ?? Number(discount.percentage) },
      items: isAll
        ? { all: true }
        : { products: { productsToAdd: products.map((id) => gid('Product', id)) } },
    },
  }
}
