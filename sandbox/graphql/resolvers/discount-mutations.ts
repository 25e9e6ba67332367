import { createDiscount } from '#sandbox/commerce/create-discount.ts'
import { endDiscount } from '#sandbox/commerce/end-discount.ts'
import { activateDiscount, updateDiscount } from '#sandbox/commerce/update-discount.ts'
import { idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  type Resolvers,
  refuseUnsupported,
} from '../resolver.ts'
import { DISCOUNT_GIDS } from './discount.ts'
import {
  type BasicInput,
  type Problem,
  problem,
  problemsOf,
  productsAfter,
  withUnchanged,
} from './discount-input.ts'

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

function refuseOtherKinds(input: BasicInput, products: string[]): void {
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
    refuseUnsupported(input.customerGets.items.products, products, 'DiscountProductsInput')
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

interface UpdateArgs extends CreateArgs {
  id: string
}

function update({ id, basicCodeDiscount: input }: UpdateArgs, context: GraphqlContext) {
  refuseOtherKinds(input, ['productsToAdd', 'productsToRemove'])
  const { sandbox, shopDomain, state } = context
  const discount = state.discounts[idOf(id, ...DISCOUNT_GIDS)]
  if (!discount) return { codeDiscountNode: null, userErrors: [missing()] }
  const problems = problemsOf(withUnchanged(input, discount), context, discount.id)
  if (problems.length > 0) return { codeDiscountNode: null, userErrors: problems }
  const percentage = input.customerGets?.value?.percentage
  const outcome = updateDiscount(sandbox, shopDomain, discount.id, {
    code: input.code ?? undefined,
    title: input.title ?? undefined,
    percentage: percentage == null ? undefined : String(percentage),
    startsAt: input.startsAt ?? undefined,
    endsAt: input.endsAt,
    usageLimit: input.usageLimit,
    appliesOncePerCustomer: input.appliesOncePerCustomer ?? undefined,
    combines: input.combinesWith ? input.combinesWith.productDiscounts === true : undefined,
    productIds: productsAfter(input, discount),
  })
  if (outcome.ok) return { codeDiscountNode: outcome.discount, userErrors: [] }
  return { codeDiscountNode: null, userErrors: [problem('code', 'INVALID', outcome.message)] }
}

export const discountMutations: Resolvers = {
  Mutation: fields({
    discountCodeBasicCreate: (_root, { basicCodeDiscount: input }: CreateArgs, context: GraphqlContext) => {
      refuseOtherKinds(input, ['productsToAdd'])
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
    discountCodeBasicUpdate: (_root, args: UpdateArgs, context) => update(args, context),
    discountCodeActivate: (_root, { id }: { id: string }, { sandbox, shopDomain }) => {
      const outcome = activateDiscount(sandbox, shopDomain, idOf(id, ...DISCOUNT_GIDS))
      if (outcome.ok) return { codeDiscountNode: outcome.discount, userErrors: [] }
      return { codeDiscountNode: null, userErrors: [missing()] }
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
