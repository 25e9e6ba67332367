// Automatic discounts of the app, as they are read.
import type { AutomaticDiscount } from '#sandbox/state/nouns.ts'
import { connect, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  plain,
  type Resolver,
  type Resolvers,
  Typed,
} from '../resolver.ts'
import { type Sorts, sortedBy } from '../sort-keys.ts'
import { AUTOMATIC_DISCOUNT_GIDS, automaticStatusOf } from './discount.ts'
import { metafieldFields } from './metafield.ts'
import { functionsOf } from './shopify-function.ts'

const SORTS: Sorts<AutomaticDiscount> = {
  ID: () => '',
  CREATED_AT: (discount) => Date.parse(discount.createdAt),
}

const byId: Resolver = (_root, { id }: { id: string }, { state }) =>
  state.automaticDiscounts?.[idOf(id, ...AUTOMATIC_DISCOUNT_GIDS)] ?? null

export const automaticDiscountResolvers: Resolvers = {
  QueryRoot: fields({
    automaticDiscountNode: byId,
    automaticDiscountNodes: (
      _root,
      args: PageArgs & { query?: string | null; sortKey?: string },
      { state }: GraphqlContext,
    ) => {
      if (args.query) throw notImplemented('argument QueryRoot.automaticDiscountNodes(query:)')
      const all = Object.values(state.automaticDiscounts ?? {})
      return connect(all, args, sortedBy(SORTS, args.sortKey ?? 'ID'), (discount) => discount)
    },
  }),
  DiscountAutomaticNode: fields<AutomaticDiscount>({
    ...metafieldFields((discount: AutomaticDiscount) => gid('DiscountAutomaticNode', discount.id)),
    id: (discount) => gid('DiscountAutomaticNode', discount.id),
    automaticDiscount: (discount) => new Typed('DiscountAutomaticApp', discount),
  }),
  DiscountAutomaticApp: fields<AutomaticDiscount>({
    ...plain<AutomaticDiscount>(
      'title',
      'startsAt',
      'endsAt',
      'createdAt',
      'updatedAt',
      'appliesOnOneTimePurchase',
      'appliesOnSubscription',
    ),
    discountId: (discount) => gid('DiscountAutomaticNode', discount.id),
    status: (discount, _args, { sandbox }) => automaticStatusOf(discount, sandbox.clock.now()),
    discountClasses: ({ classes }) => classes,
    discountClass: ({ classes }) => classes[0],
    combinesWith: ({ combinesWith }) => ({ ...combinesWith, productDiscountsWithTagsOnSameCartLine: [] }),
    asyncUsageCount: ({ usageCount }) => usageCount,
    recurringCycleLimit: () => 1,
    tags: () => [],
    context: () => new Typed('DiscountBuyerSelectionAll', { all: 'ALL' }),
    errorHistory: () => null,
    appDiscountType: (discount, _args, context) => {
      const found = functionsOf(context).find(({ handle }) => handle === discount.functionHandle)
      if (!found) throw new Error(`sandbox: the app has no function ${discount.functionHandle} any more`)
      return {
        app: context.state.shop,
        appKey: context.sandbox.options.apiKey,
        description: found.description,
        discountClasses: discount.classes,
        functionId: found.id,
        title: found.title,
      }
    },
  }),
}
