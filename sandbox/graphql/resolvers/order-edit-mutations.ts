// orderEdit*: an order edited in a session, change by change, and committed in one piece.
import { beginEdit, type CalculatedEdit, commitEdit } from '#sandbox/commerce/order-edits.ts'
import { refuse } from '#sandbox/commerce/refusal.ts'
import type { StagedChange } from '#sandbox/state/order-edit-nouns.ts'
import { idOf } from '../gid.ts'
import { fields, type GraphqlContext, notImplemented, type Resolvers } from '../resolver.ts'
import { calculatedLine, editIdOf } from './calculated-order.ts'
import { addedUnitPrice, type MoneyInput, readPrice } from './edit-money.ts'
import { type EditArgs, NOTHING, nextChangeId, payload, problem, type Revised, stage } from './stage-edit.ts'
import { type DiscountInput, readDiscount } from './staged-discount.ts'

function lineIdOf(id: string): string {
  return idOf(id, 'CalculatedLineItem', 'LineItem')
}

function addVariant(
  args: EditArgs & {
    variantId: string
    quantity: number
    allowDuplicates?: boolean | null
    locationId?: string | null
  },
  context: GraphqlContext,
) {
  if (args.locationId) throw notImplemented('argument Mutation.orderEditAddVariant(locationId:)')
  const changeId = nextChangeId(context)
  const variantId = idOf(args.variantId, 'ProductVariant')
  const revise = ({ edit, order, preview }: CalculatedEdit): Revised => {
    if (args.quantity < 1) return refuse('invalid_quantity', 'Quantity must be greater than 0')
    const price = addedUnitPrice(context.state, order, variantId)
    if (!price) return refuse('unknown_variant', 'The variant does not exist.')
    const isThere = preview.lineItems.some((line) => line.variantId === variantId && line.currentQuantity > 0)
    if (isThere && !args.allowDuplicates) {
      return refuse(
        'unknown_variant',
        'The variant is already on the order. Allow duplicates, or change its quantity.',
      )
    }
    const { quantity } = args
    return {
      ok: true,
      changes: [...edit.changes, { kind: 'ADD_VARIANT', id: changeId, variantId, quantity, price }],
    }
  }
  return stage(args.id, context, revise, (calculated) => ({
    calculatedLineItem: calculatedLine(calculated, changeId),
  }))
}

type AddedLine = Extract<StagedChange, { kind: 'ADD_VARIANT' | 'ADD_CUSTOM' }>

interface CustomItemArgs extends EditArgs {
  title: string
  price: MoneyInput
  quantity: number
  requiresShipping?: boolean | null
  taxable?: boolean | null
  locationId?: string | null
}

function addCustomItem(args: CustomItemArgs, context: GraphqlContext) {
  if (args.locationId) throw notImplemented('argument Mutation.orderEditAddCustomItem(locationId:)')
  const changeId = nextChangeId(context)
  const revise = ({ edit, order }: CalculatedEdit): Revised => {
    if (args.title.trim() === '') return refuse('invalid_title', "Title can't be blank")
    if (args.quantity < 1) return refuse('invalid_quantity', 'Quantity must be greater than 0')
    const price = readPrice(order, args.price)
    if (!price.ok) return price
    const change: StagedChange = {
      kind: 'ADD_CUSTOM',
      id: changeId,
      title: args.title,
      quantity: args.quantity,
      price: price.bag,
      isTaxable: args.taxable ?? false,
      isShipped: args.requiresShipping ?? false,
    }
    return { ok: true, changes: [...edit.changes, change] }
  }
  return stage(args.id, context, revise, (calculated) => ({
    calculatedLineItem: calculatedLine(calculated, changeId),
  }))
}

function setQuantity(
  args: EditArgs & { lineItemId: string; quantity: number; restock?: boolean | null },
  context: GraphqlContext,
) {
  const lineId = lineIdOf(args.lineItemId)
  const { quantity } = args
  const revise = ({ edit, order }: CalculatedEdit): Revised => {
    if (quantity < 0) return refuse('invalid_quantity', 'Quantity must be greater than or equal to 0')
    const own = order.lineItems.find(({ id }) => id === lineId)
    const others = edit.changes.filter(
      (change) => !(change.kind === 'SET_QUANTITY' && change.lineItemId === lineId),
    )
    if (own) {
      if (own.currentQuantity === quantity) return { ok: true, changes: others }
      const restock = args.restock ? ('RETURN' as const) : ('NO_RESTOCK' as const)
      return {
        ok: true,
        changes: [...others, { kind: 'SET_QUANTITY', lineItemId: lineId, quantity, restock }],
      }
    }
    const isAdded = (change: StagedChange): change is AddedLine =>
      (change.kind === 'ADD_VARIANT' || change.kind === 'ADD_CUSTOM') && change.id === lineId
    if (!edit.changes.some(isAdded)) return refuse('unknown_line', 'The line item does not exist.')
    if (quantity > 0)
      return {
        ok: true,
        changes: edit.changes.map((one) => (isAdded(one) ? { ...one, quantity } : one)),
      }
    const isOfLine = (change: StagedChange) =>
      isAdded(change) || (change.kind === 'DISCOUNT' && change.lineId === lineId)
    return { ok: true, changes: edit.changes.filter((change) => !isOfLine(change)) }
  }
  return stage(args.id, context, revise, (calculated) => ({
    calculatedLineItem: calculatedLine(calculated, lineId),
  }))
}

function addDiscount(
  args: EditArgs & { lineItemId: string; discount: DiscountInput },
  context: GraphqlContext,
) {
  const lineId = lineIdOf(args.lineItemId)
  const changeId = nextChangeId(context)
  const revise = (calculated: CalculatedEdit): Revised => {
    const { edit, order } = calculated
    const line = calculatedLine(calculated, lineId)?.line
    if (!line || line.currentQuantity === 0) return refuse('unknown_line', 'The line item does not exist.')
    if (edit.changes.some((change) => change.kind === 'DISCOUNT' && change.lineId === lineId)) {
      return refuse(
        'discounted_already',
        'The line item already has a discount of this edit. Update or remove it.',
      )
    }
    const discount = readDiscount(order, args.discount, line.unitPrice)
    if (!discount.ok) return discount
    const { description, value } = discount
    return {
      ok: true,
      changes: [...edit.changes, { kind: 'DISCOUNT', id: changeId, lineId, description, value }],
    }
  }
  return stage(args.id, context, revise, (calculated) => ({
    calculatedLineItem: calculatedLine(calculated, lineId),
    addedDiscountStagedChange: {
      ...calculated,
      change: calculated.edit.changes.find((change) => 'id' in change && change.id === changeId),
    },
  }))
}

function reviseDiscount(
  args: EditArgs & { discountApplicationId: string; discount?: DiscountInput },
  context: GraphqlContext,
) {
  const wanted = idOf(
    args.discountApplicationId,
    'CalculatedManualDiscountApplication',
    'OrderStagedChangeAddLineItemDiscount',
  )
  let lineId = ''
  const revise = (calculated: CalculatedEdit): Revised => {
    const { edit, order } = calculated
    const found = edit.changes.find((change) => change.kind === 'DISCOUNT' && change.id === wanted)
    if (found?.kind !== 'DISCOUNT') {
      return refuse('unknown_discount', 'The discount application does not exist in this edit.')
    }
    lineId = found.lineId
    if (!args.discount) return { ok: true, changes: edit.changes.filter((change) => change !== found) }
    const unitPrice = calculatedLine(calculated, found.lineId)?.line.unitPrice
    const discount = readDiscount(order, args.discount, unitPrice ?? { shop: '0', presentment: '0' })
    if (!discount.ok) return discount
    const { description, value } = discount
    return {
      ok: true,
      changes: edit.changes.map((change) => (change === found ? { ...found, description, value } : change)),
    }
  }
  return stage(args.id, context, revise, (calculated) => ({
    calculatedLineItem: calculatedLine(calculated, lineId),
  }))
}

function commit(args: EditArgs & { staffNote?: string | null }, { sandbox, state }: GraphqlContext) {
  const outcome = commitEdit(sandbox, state, editIdOf(args.id), { staffNote: args.staffNote ?? undefined })
  if (outcome.ok) return { order: outcome.order, successMessages: ['Order updated'], userErrors: [] }
  return { order: null, successMessages: null, userErrors: [problem(['id'], outcome.message)] }
}

export const orderEditMutations: Resolvers = {
  Mutation: fields({
    orderEditBegin: (_root, { id }: EditArgs, { sandbox, shopDomain }: GraphqlContext) => {
      const outcome = beginEdit(sandbox, shopDomain, idOf(id, 'Order'))
      if (outcome.ok) return payload(outcome)
      const message = outcome.reason === 'unknown_order' ? 'The order does not exist.' : outcome.message
      return { ...NOTHING, userErrors: [problem(['id'], message)] }
    },
    orderEditAddVariant: (_root, args: Parameters<typeof addVariant>[0], context) =>
      addVariant(args, context),
    orderEditAddCustomItem: (_root, args: CustomItemArgs, context) => addCustomItem(args, context),
    orderEditSetQuantity: (_root, args: Parameters<typeof setQuantity>[0], context) =>
      setQuantity(args, context),
    orderEditAddLineItemDiscount: (_root, args: Parameters<typeof addDiscount>[0], context) =>
      addDiscount(args, context),
    orderEditUpdateDiscount: (_root, args: Parameters<typeof reviseDiscount>[0], context) =>
      reviseDiscount(args, context),
    orderEditRemoveDiscount: (_root, args: Parameters<typeof reviseDiscount>[0], context) =>
      reviseDiscount(args, context),
    orderEditRemoveLineItemDiscount: (_root, args: Parameters<typeof reviseDiscount>[0], context) =>
      reviseDiscount(args, context),
    orderEditCommit: (_root, args: Parameters<typeof commit>[0], context) => commit(args, context),
  }),
}
