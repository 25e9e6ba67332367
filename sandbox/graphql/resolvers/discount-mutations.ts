import { createDiscount } from '#sandbox/commerce/create-discount.ts'
import { endDiscount } from '#sandbox/commerce/end-discount.ts'
import { idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolvers,
  refuseUnsupported,
} from '../resolver.ts'
import { DISCOUNT_GIDS } from './discount.ts'

interface BasicInput {
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
      products?: { productsToAdd?: string[] | null } | null
      collections?: unknown
    } | null
    appliesOnOneTimePurchase?: boolean | null
    appliesOnSubscription?: boolean | null
  } | null
}

interface Problem {
  field: string[]
  code: string
  message: string
  extraInfo: null
}

const SUPPORTED = [
  'title',
  'code',
  'startsAt',
  'endsAt',
  'usageLimit',
  'appliesOncePerCustomer',
  'combinesWith',
  'context',
  'customerSelection',
  'customerGets',
]

function problem(field: string, code: string, message: string): Problem {
  return { field: ['basicCodeDiscount', ...field.split('.')], code, message, extraInfo: null }
}

/** Shopify's own refusals, in its words where these are known. */
function problemsOf(input: BasicInput, { state }: GraphqlContext): Problem[] {
  const problems: Problem[] = []
  const percentage = input.customerGets?.value?.percentage
  const { products, all } = input.customerGets?.items ?? {}
  if (!input.title?.trim()) problems.push(problem('title', 'BLANK', "Title can't be blank"))
  if (!input.code?.trim()) problems.push(problem('code', 'BLANK', "Code can't be blank"))
  else if (input.code.length > 255)
    problems.push(problem('code', 'TOO_LONG', 'Code is too long (maximum is 255 characters)'))
  else if (isTaken(input.code, state)) {
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

function isTaken(code: string, state: GraphqlContext['state']): boolean {
  return Object.values(state.discounts).some((discount) => discount.code.toLowerCase() === code.toLowerCase())
}

function refuseOtherKinds(input: BasicInput): void {
  refuseUnsupported(input, SUPPORTED, 'DiscountCodeBasicInput')
  if (input.customerGets) {
    refuseUnsupported(
      input.customerGets,
      ['value', 'items', 'appliesOnOneTimePurchase', 'appliesOnSubscription'],
      'DiscountCustomerGetsInput',
    )
  }
  if (input.customerGets?.value)
    refuseUnsupported(input.customerGets.value, ['percentage'], 'DiscountCustomerGetsValueInput')
  if (input.customerGets?.items)
    refuseUnsupported(input.customerGets.items, ['all', 'products'], 'DiscountItemsInput')
  if (input.customerGets?.items?.products) {
    refuseUnsupported(input.customerGets.items.products, ['productsToAdd'], 'DiscountProductsInput')
  }
  if (input.context && input.context.all !== 'ALL')
    throw notImplemented('input DiscountCodeBasicInput.context other than all')
  if (input.customerSelection && input.customerSelection.all !== true) {
    throw notImplemented('input DiscountCodeBasicInput.customerSelection other than all')
  }
}

interface CreateArgs {
  basicCodeDiscount: BasicInput
}

export const discountMutations: Resolvers = {
  Mutation: fields({
    discountCodeBasicCreate: (_root, { basicCodeDiscount: input }: CreateArgs, context: GraphqlContext) => {
      refuseOtherKinds(input)
      const problems = problemsOf(input, context)
      if (problems.length > 0) return { codeDiscountNode: null, userErrors: problems }
      const outcome = createDiscount(context.sandbox, context.shopDomain, {
        code: input.code ?? '',
        title: input.title ?? '',
        percentage: String(input.customerGets?.value?.percentage),
        startsAt: input.startsAt ?? undefined,
        endsAt: input.endsAt ?? null,
        usageLimit: input.usageLimit ?? null,
        appliesOncePerCustomer: input.appliesOncePerCustomer ?? false,
        combines: input.combinesWith?.productDiscounts === true,
        productIds: (input.customerGets?.items?.products?.productsToAdd ?? []).map((id) =>
          idOf(id, 'Product'),
        ),
      })
      if (outcome.ok) return { codeDiscountNode: outcome.discount, userErrors: [] }
      return { codeDiscountNode: null, userErrors: [problem('code', 'INVALID', outcome.message)] }
    },
    discountCodeActivate: (_root, { id }: { id: string }, { sandbox, state }) => {
      const discount = state.discounts[idOf(id, ...DISCOUNT_GIDS)]
      if (!discount) return { codeDiscountNode: null, userErrors: [missing()] }
      const now = sandbox.clock.now()
      discount.status = 'ACTIVE'
      if (Date.parse(discount.startsAt) > now.getTime()) discount.startsAt = now.toISOString()
      if (discount.endsAt !== null && Date.parse(discount.endsAt) <= now.getTime()) discount.endsAt = null
      sandbox.changed()
      return { codeDiscountNode: discount, userErrors: [] }
    },
    discountCodeDeactivate: (_root, { id }: { id: string }, { sandbox, shopDomain }) => {
      const outcome = endDiscount(sandbox, shopDomain, idOf(id, ...DISCOUNT_GIDS))
      if (outcome.ok) return { codeDiscountNode: outcome.discount, userErrors: [] }
      return { codeDiscountNode: null, userErrors: [missing()] }
    },
    discountCodeDelete: (_root, { id }: { id: string }, { sandbox, state }) => {
      const key = idOf(id, ...DISCOUNT_GIDS)
      if (!state.discounts[key]) return { deletedCodeDiscountId: null, userErrors: [missing()] }
      delete state.discounts[key]
      sandbox.changed()
      return { deletedCodeDiscountId: id, userErrors: [] }
    },
  }),
}

function missing(): Problem {
  return { field: ['id'], code: 'INVALID', message: 'Code discount does not exist.', extraInfo: null }
}
