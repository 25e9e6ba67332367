// Draft orders as held claims use them: created with a reservation, paid through their link or completed by hand, deleted.

import {
  completeDraftOrder,
  createDraftOrder,
  draftOffers,
  releaseDraft,
} from '#sandbox/commerce/draft-orders.ts'
import { findVariant } from '#sandbox/commerce/find-nouns.ts'
import { automaticOffers } from '#sandbox/functions/run-functions.ts'
import type { DraftOrder } from '#sandbox/state/nouns.ts'
import { shopHandle } from '../app-identity.ts'
import { connect, connectInOrder, type PageArgs } from '../connection.ts'
import { gid, idOf } from '../gid.ts'
import {
  fields,
  type GraphqlContext,
  notImplemented,
  plain,
  type Resolvers,
  refuseUnsupported,
} from '../resolver.ts'

const SUPPORTED = [
  'email',
  'customerId',
  'purchasingEntity',
  'customAttributes',
  'note',
  'tags',
  'acceptAutomaticDiscounts',
  'reserveInventoryUntil',
  'lineItems',
]

interface LineInput {
  variantId?: string | null
  quantity: number
  appliedDiscount?: { title?: string | null; value: number; valueType: string } | null
}

interface Input {
  email?: string | null
  customerId?: string | null
  purchasingEntity?: { customerId?: string | null } | null
  customAttributes?: Array<{ key: string; value: string }> | null
  note?: string | null
  tags?: string[] | null
  acceptAutomaticDiscounts?: boolean | null
  reserveInventoryUntil?: string | null
  lineItems?: LineInput[] | null
}

function problem(field: string[] | null, message: string) {
  return { field, message }
}

function readLine(line: LineInput) {
  refuseUnsupported(line, ['variantId', 'quantity', 'appliedDiscount'], 'DraftOrderLineItemInput')
  if (!line.variantId) throw notImplemented('input DraftOrderLineItemInput without variantId')
  const { appliedDiscount } = line
  if (appliedDiscount) {
    refuseUnsupported(appliedDiscount, ['title', 'value', 'valueType'], 'DraftOrderAppliedDiscountInput')
    if (appliedDiscount.valueType !== 'PERCENTAGE')
      throw notImplemented('input DraftOrderAppliedDiscountInput.valueType other than PERCENTAGE')
  }
  return {
    variantId: idOf(line.variantId, 'ProductVariant'),
    quantity: line.quantity,
    discount: appliedDiscount
      ? { title: appliedDiscount.title ?? 'Discount', fraction: (appliedDiscount.value / 100).toFixed(6) }
      : null,
  }
}

function create({ input }: { input: Input }, { sandbox, state }: GraphqlContext) {
  refuseUnsupported(input, SUPPORTED, 'DraftOrderInput')
  if (input.purchasingEntity)
    refuseUnsupported(input.purchasingEntity, ['customerId'], 'PurchasingEntityInput')
  const lines = (input.lineItems ?? []).map(readLine)
  if (lines.length === 0) return { draftOrder: null, userErrors: [problem(null, 'Add at least 1 product')] }
  const wrong = lines.findIndex(({ quantity }) => quantity < 1)
  if (wrong >= 0) {
    const field = ['input', 'lineItems', String(wrong), 'quantity']
    return { draftOrder: null, userErrors: [problem(field, 'Quantity must be greater than or equal to 1')] }
  }
  const named = input.purchasingEntity?.customerId ?? input.customerId
  const customerId = named ? idOf(named, 'Customer') : null
  const customer = customerId ? state.customers[customerId] : undefined
  if (customerId && !customer)
    return {
      draftOrder: null,
      userErrors: [problem(['input', 'purchasingEntity'], 'Customer does not exist')],
    }
  const created = createDraftOrder(sandbox, state, {
    email: input.email ?? customer?.email ?? null,
    customerId,
    lines,
    customAttributes: input.customAttributes ?? [],
    note: input.note ?? '',
    tags: input.tags ?? [],
    acceptAutomaticDiscounts: input.acceptAutomaticDiscounts ?? false,
    reserveInventoryUntil: input.reserveInventoryUntil
      ? new Date(input.reserveInventoryUntil).toISOString()
      : null,
  })
  if (created.ok) return { draftOrder: created.draft, userErrors: [] }
  const field = created.reason === 'unknown_variant' ? 'lineItems' : 'reserveInventoryUntil'
  return { draftOrder: null, userErrors: [problem(['input', field], created.message)] }
}

async function complete(
  { id, paymentPending, sourceName }: { id: string; paymentPending?: boolean; sourceName?: string | null },
  { sandbox, state, shopDomain }: GraphqlContext,
) {
  const draft = state.draftOrders?.[idOf(id, 'DraftOrder')]
  if (!draft) return { draftOrder: null, userErrors: [problem(['id'], 'Draft order does not exist')] }
  const given = draftOffers(state, draft)
  const lines = draft.lines.flatMap(({ variantId, quantity }, index) => {
    const found = findVariant(state, variantId)
    return found ? [{ id: String(index + 1), ...found, quantity, properties: {} }] : []
  })
  const offers = draft.acceptAutomaticDiscounts
    ? await automaticOffers(sandbox, state, {
        step: 'CHECKOUT_COMPLETION',
        lines,
        attributes: {},
        email: draft.email,
        customer: draft.customerId ? (state.customers[draft.customerId] ?? null) : null,
        isAuthenticated: false,
        language: 'EN',
      })
    : []
  const outcome = completeDraftOrder(sandbox, shopDomain, draft.id, {
    ...(draft.customerId && { customerId: draft.customerId }),
    ...(draft.email && { email: draft.email }),
    lines: draft.lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    automaticOffers: [...given, ...offers],
    payment: paymentPending ? 'pending' : 'paid',
    gateway: 'manual',
    sourceName: sourceName ?? 'shopify_draft_order',
  })
  if (outcome.ok) return { draftOrder: draft, userErrors: [] }
  return { draftOrder: draft, userErrors: [problem(null, outcome.message)] }
}

export const draftOrderResolvers: Resolvers = {
  QueryRoot: fields({
    draftOrder: (_root, { id }: { id: string }, { state }: GraphqlContext) =>
      state.draftOrders?.[idOf(id, 'DraftOrder')] ?? null,
    draftOrders: (
      _root,
      args: PageArgs & { query?: string | null; sortKey?: string | null },
      { state }: GraphqlContext,
    ) => {
      if (args.query) throw notImplemented('argument QueryRoot.draftOrders(query:)')
      if (args.sortKey && args.sortKey !== 'ID')
        throw notImplemented('argument QueryRoot.draftOrders(sortKey:) other than ID')
      const drafts = Object.values(state.draftOrders ?? {})
      return connect(
        drafts,
        args,
        ({ id }) => ({ value: Number(id), id }),
        (draft) => draft,
      )
    },
  }),
  Mutation: fields({
    draftOrderCreate: (_root, args: { input: Input }, context: GraphqlContext) => create(args, context),
    draftOrderComplete: (
      _root,
      args: { id: string; paymentPending?: boolean; paymentGatewayId?: string },
      context,
    ) => {
      if (args.paymentGatewayId)
        throw notImplemented('argument Mutation.draftOrderComplete(paymentGatewayId:)')
      return complete(args, context)
    },
    draftOrderDelete: (_root, { input }: { input: { id: string } }, { sandbox, state }) => {
      const id = idOf(input.id, 'DraftOrder')
      const draft = state.draftOrders?.[id]
      if (!draft) return { deletedId: null, userErrors: [problem(['id'], 'Draft order does not exist')] }
      if (draft.completedAt)
        return { deletedId: null, userErrors: [problem(['id'], 'Completed draft orders cannot be deleted')] }
      releaseDraft(sandbox, state, draft)
      delete state.draftOrders?.[id]
      sandbox.changed()
      return { deletedId: input.id, userErrors: [] }
    },
  }),
  DraftOrder: fields<DraftOrder>({
    ...plain<DraftOrder>(
      'name',
      'email',
      'tags',
      'customAttributes',
      'acceptAutomaticDiscounts',
      'reserveInventoryUntil',
      'createdAt',
      'updatedAt',
      'completedAt',
    ),
    id: ({ id }) => gid('DraftOrder', id),
    legacyResourceId: ({ id }) => id,
    status: ({ completedAt }) => (completedAt ? 'COMPLETED' : 'OPEN'),
    ready: () => true,
    note2: ({ note }) => note || null,
    currencyCode: (_draft, _args, { state }) => state.shop.currency,
    // Shopify's link has the shop's domain; here it must open in a browser.
    invoiceUrl: ({ token }, _args, { sandbox, shopDomain }) =>
      `${sandbox.options.sandboxUrl}/storefront/${shopHandle(shopDomain)}/invoices/${token}`,
    customer: ({ customerId }, _args, { state }) =>
      customerId ? (state.customers[customerId] ?? null) : null,
    order: ({ orderId }, _args, { state }) => (orderId ? (state.orders[orderId] ?? null) : null),
    totalQuantityOfLineItems: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
    lineItems: ({ lines }, args: PageArgs) => connectInOrder(lines, args, (line) => line),
  }),
  DraftOrderLineItem: fields<DraftOrder['lines'][number]>({
    id: ({ id }) => gid('DraftOrderLineItem', id),
    quantity: ({ quantity }) => quantity,
    title: ({ variantId }, _args, { state }) => findVariant(state, variantId)?.product.title ?? '',
    sku: ({ variantId }, _args, { state }) => findVariant(state, variantId)?.variant.sku ?? null,
    variant: ({ variantId }, _args, { state }) => findVariant(state, variantId) ?? null,
    product: ({ variantId }, _args, { state }) => findVariant(state, variantId)?.product ?? null,
  }),
}
