import type { AutomaticDiscount, DiscountCode } from '#sandbox/state/nouns.ts'
import { connect, connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, plain, type Resolver, type Resolvers, Typed } from '../resolver.ts'
import { compileSearch, type SearchFields } from '../search-query.ts'
import { type Sorts, sortedBy } from '../sort-keys.ts'
import { exactCount } from './count.ts'
import { metafieldFields } from './metafield.ts'

/** Shopify names a discount by several types; all of them mean the same id. */
export const DISCOUNT_GIDS = ['DiscountCodeNode', 'DiscountNode', 'DiscountCodeBasic']

export const AUTOMATIC_DISCOUNT_GIDS = ['DiscountAutomaticNode', 'DiscountNode']

type AnyDiscount = DiscountCode | AutomaticDiscount

function isAutomatic(discount: AnyDiscount): discount is AutomaticDiscount {
  return 'functionHandle' in discount
}

const ANY_SEARCH: SearchFields<AnyDiscount> = {
  text: (discount) => (isAutomatic(discount) ? [discount.title] : [discount.code, discount.title]),
  fields: {
    id: { kind: 'number', of: (discount) => Number(discount.id) },
    code: { kind: 'text', of: (discount) => (isAutomatic(discount) ? [] : [discount.code]) },
    title: { kind: 'text', of: (discount) => [discount.title] },
    method: {
      kind: 'word',
      matches: (discount, word) => word === (isAutomatic(discount) ? 'automatic' : 'code'),
    },
    type: {
      kind: 'word',
      matches: (discount, word) =>
        ['percentage', 'app'].includes(word)
          ? word === (isAutomatic(discount) ? 'app' : 'percentage')
          : undefined,
    },
    times_used: { kind: 'number', of: (discount) => discount.usageCount },
    starts_at: { kind: 'time', of: (discount) => discount.startsAt },
    ends_at: { kind: 'time', of: (discount) => discount.endsAt },
    created_at: { kind: 'time', of: (discount) => discount.createdAt },
  },
}

const DISCOUNT_SEARCH: SearchFields<DiscountCode> = {
  text: (discount) => [discount.code, discount.title],
  fields: {
    id: { kind: 'number', of: (discount) => Number(discount.id) },
    code: { kind: 'text', of: (discount) => [discount.code] },
    title: { kind: 'text', of: (discount) => [discount.title] },
    method: { kind: 'word', matches: (_discount, word) => word === 'code' },
    type: { kind: 'word', matches: (_discount, word) => (word === 'percentage' ? true : undefined) },
    times_used: { kind: 'number', of: (discount) => discount.usageCount },
    starts_at: { kind: 'time', of: (discount) => discount.startsAt },
    ends_at: { kind: 'time', of: (discount) => discount.endsAt },
    created_at: { kind: 'time', of: (discount) => discount.createdAt },
  },
}

/** The movable clock decides; a discount that was switched off stays off. */
export function automaticStatusOf(discount: AutomaticDiscount, now: Date): DiscountCode['status'] {
  return statusOf(discount, now)
}

function statusOf(
  discount: Pick<DiscountCode, 'status' | 'startsAt' | 'endsAt'>,
  now: Date,
): DiscountCode['status'] {
  if (discount.status === 'EXPIRED') return 'EXPIRED'
  if (discount.endsAt !== null && Date.parse(discount.endsAt) <= now.getTime()) return 'EXPIRED'
  return Date.parse(discount.startsAt) > now.getTime() ? 'SCHEDULED' : 'ACTIVE'
}

function summaryOf(discount: DiscountCode): string {
  const percent = Math.round(Number(discount.percentage) * 10_000) / 100
  const scope = discount.productIds.length === 0 ? 'entire order' : `${discount.productIds.length} products`
  return `${percent}% off ${scope}`
}

const byId: Resolver = (_root, { id }: { id: string }, { state }) =>
  state.discounts[idOf(id, ...DISCOUNT_GIDS)] ?? null

const DISCOUNT_SORTS: Sorts<DiscountCode> = {
  ID: () => '',
  CREATED_AT: (discount) => Date.parse(discount.createdAt),
  TITLE: (discount) => discount.title.toLowerCase(),
  STARTS_AT: (discount) => Date.parse(discount.startsAt),
}

const ANY_SORTS: Sorts<AnyDiscount> = {
  ID: () => '',
  CREATED_AT: (discount) => Date.parse(discount.createdAt),
  TITLE: (discount) => discount.title.toLowerCase(),
  STARTS_AT: (discount) => Date.parse(discount.startsAt),
}

function allOf({ state }: GraphqlContext): AnyDiscount[] {
  return [...Object.values(state.discounts), ...Object.values(state.automaticDiscounts ?? {})]
}

const listAny: Resolver = (
  _root,
  args: PageArgs & { query?: string | null; sortKey?: string },
  context: GraphqlContext,
) => {
  const found = allOf(context).filter(compileSearch(args.query, ANY_SEARCH))
  return connect(found, args, sortedBy(ANY_SORTS, args.sortKey ?? 'ID'), (discount) => discount)
}

const list: Resolver = (_root, args: PageArgs & { query?: string | null; sortKey?: string }, { state }) => {
  const found = Object.values(state.discounts).filter(compileSearch(args.query, DISCOUNT_SEARCH))
  return connect(found, args, sortedBy(DISCOUNT_SORTS, args.sortKey ?? 'ID'), (discount) => discount)
}

const count: Resolver = (_root, { query }: { query?: string | null }, { state }) =>
  exactCount(Object.values(state.discounts).filter(compileSearch(query, DISCOUNT_SEARCH)).length)

const asBasic: Resolver<DiscountCode> = (discount) => new Typed('DiscountCodeBasic', discount)

export const discountResolvers: Resolvers = {
  QueryRoot: fields({
    discountNode: (_root, { id }: { id: string }, { state }: GraphqlContext) => {
      const key = idOf(id, ...DISCOUNT_GIDS, ...AUTOMATIC_DISCOUNT_GIDS)
      return state.discounts[key] ?? state.automaticDiscounts?.[key] ?? null
    },
    codeDiscountNode: byId,
    codeDiscountNodeByCode: (_root, { code }: { code: string }, { state }: GraphqlContext) =>
      Object.values(state.discounts).find((discount) => discount.code.toLowerCase() === code.toLowerCase()) ??
      null,
    discountNodes: listAny,
    codeDiscountNodes: list,
    discountNodesCount: (_root, { query }: { query?: string | null }, context) =>
      exactCount(allOf(context).filter(compileSearch(query, ANY_SEARCH)).length),
    discountCodesCount: count,
  }),
  DiscountNode: fields<AnyDiscount>({
    ...metafieldFields((discount: AnyDiscount) =>
      gid(isAutomatic(discount) ? 'DiscountAutomaticNode' : 'DiscountCodeNode', discount.id),
    ),
    id: (discount) => gid('DiscountNode', discount.id),
    discount: (discount) =>
      new Typed(isAutomatic(discount) ? 'DiscountAutomaticApp' : 'DiscountCodeBasic', discount),
  }),
  DiscountCodeNode: fields<DiscountCode>({
    ...metafieldFields((discount: DiscountCode) => gid('DiscountCodeNode', discount.id)),
    id: (discount) => gid('DiscountCodeNode', discount.id),
    codeDiscount: asBasic,
  }),
  DiscountCodeBasic: fields<DiscountCode>({
    ...plain<DiscountCode>(
      'title',
      'startsAt',
      'endsAt',
      'createdAt',
      'usageLimit',
      'appliesOncePerCustomer',
    ),
    updatedAt: (discount) => discount.updatedAt ?? discount.createdAt,
    status: (discount, _args, { sandbox }) => statusOf(discount, sandbox.clock.now()),
    asyncUsageCount: (discount) => discount.usageCount,
    summary: summaryOf,
    shortSummary: summaryOf,
    tags: () => [],
    recurringCycleLimit: () => null,
    minimumRequirement: () => null,
    discountClasses: () => ['PRODUCT'],
    discountClass: () => 'PRODUCT',
    combinesWith: ({ combines = false }) => ({
      orderDiscounts: false,
      productDiscounts: combines,
      shippingDiscounts: false,
    }),
    context: () => new Typed('DiscountBuyerSelectionAll', { all: 'ALL' }),
    codesCount: () => exactCount(1),
    codes: (discount, args: PageArgs) =>
      connectInOrder([discount], args, ({ id, code, usageCount }) => ({
        id: gid('DiscountRedeemCode', id),
        code,
        asyncUsageCount: usageCount,
      })),
    shareableUrls: (discount, _args, { shopDomain }) => [
      {
        url: `https://${shopDomain}/discount/${encodeURIComponent(discount.code)}`,
        title: discount.title,
        targetType: 'HOME',
        targetItemImage: null,
      },
    ],
    customerGets: (discount) => ({
      appliesOnOneTimePurchase: true,
      appliesOnSubscription: false,
      value: new Typed('DiscountPercentage', { percentage: Number(discount.percentage) }),
      items:
        discount.productIds.length === 0
          ? new Typed('AllDiscountItems', { allItems: true })
          : new Typed('DiscountProducts', discount),
    }),
  }),
  DiscountProducts: fields<DiscountCode>({
    products: (discount, args: PageArgs, { state }) =>
      connectInOrder(
        discount.productIds.flatMap((id) => state.products[id] ?? []),
        args,
        (product) => product,
      ),
    productVariants: (_discount, args: PageArgs) => connectInOrder([], args, (variant) => variant),
  }),
}
