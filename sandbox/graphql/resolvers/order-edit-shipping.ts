// orderEdit*ShippingLine: shipping added to an order's edit, changed, or taken off.
import type { CalculatedEdit } from '#sandbox/commerce/order-edits.ts'
import { refuse } from '#sandbox/commerce/refusal.ts'
import type { MoneyBag } from '#sandbox/state/nouns.ts'
import { gid, idOf } from '../gid.ts'
import { fields, type GraphqlContext, type Resolvers } from '../resolver.ts'
import { calculatedShippingLines } from './calculated-order.ts'
import { type MoneyInput, readPrice } from './edit-money.ts'
import { type EditArgs, nextChangeId, type Revised, stage } from './stage-edit.ts'

function shippingLineOf(calculated: CalculatedEdit, lineId: string) {
  return (
    calculatedShippingLines(calculated).find(({ id }) => id === gid('CalculatedShippingLine', lineId)) ?? null
  )
}

function addShipping(
  args: EditArgs & { shippingLine: { title: string; price: MoneyInput } },
  context: GraphqlContext,
) {
  const changeId = nextChangeId(context)
  const { title } = args.shippingLine
  const revise = ({ edit, order }: CalculatedEdit): Revised => {
    if (title.trim() === '') return refuse('invalid_title', "Title can't be blank")
    const price = readPrice(order, args.shippingLine.price)
    if (!price.ok) return price
    return {
      ok: true,
      changes: [...edit.changes, { kind: 'ADD_SHIPPING', id: changeId, title, price: price.bag }],
    }
  }
  return stage(args.id, context, revise, (calculated) => ({
    calculatedShippingLine: shippingLineOf(calculated, changeId),
  }))
}

function updateShipping(
  args: EditArgs & {
    shippingLineId: string
    shippingLine: { title?: string | null; price?: MoneyInput | null }
  },
  context: GraphqlContext,
) {
  const lineId = idOf(args.shippingLineId, 'CalculatedShippingLine', 'ShippingLine')
  const revise = ({ edit, order }: CalculatedEdit): Revised => {
    const found = edit.changes.find((change) => change.kind === 'ADD_SHIPPING' && change.id === lineId)
    if (found?.kind !== 'ADD_SHIPPING') {
      return refuse('unknown_shipping_line', 'Only shipping lines that this edit added can be updated.')
    }
    const { title, price: asked } = args.shippingLine
    let price: MoneyBag = found.price
    if (asked) {
      const read = readPrice(order, asked)
      if (!read.ok) return read
      price = read.bag
    }
    const updated = { ...found, title: title ?? found.title, price }
    return { ok: true, changes: edit.changes.map((change) => (change === found ? updated : change)) }
  }
  return stage(args.id, context, revise)
}

function removeShipping(args: EditArgs & { shippingLineId: string }, context: GraphqlContext) {
  const lineId = idOf(args.shippingLineId, 'CalculatedShippingLine', 'ShippingLine')
  const revise = (calculated: CalculatedEdit): Revised => {
    const { edit, order } = calculated
    const found = shippingLineOf(calculated, lineId)
    if (!found || found.stagedStatus === 'REMOVED') {
      return refuse('unknown_shipping_line', 'The shipping line does not exist.')
    }
    if (found.stagedStatus === 'ADDED') {
      return {
        ok: true,
        changes: edit.changes.filter((change) => !(change.kind === 'ADD_SHIPPING' && change.id === lineId)),
      }
    }
    const removed = { kind: 'REMOVE_SHIPPING' as const, lineId: lineId === order.id ? null : lineId }
    return { ok: true, changes: [...edit.changes, removed] }
  }
  return stage(args.id, context, revise)
}

export const orderEditShippingMutations: Resolvers = {
  Mutation: fields({
    orderEditAddShippingLine: (_root, args: Parameters<typeof addShipping>[0], context: GraphqlContext) =>
      addShipping(args, context),
    orderEditUpdateShippingLine: (_root, args: Parameters<typeof updateShipping>[0], context) =>
      updateShipping(args, context),
    orderEditRemoveShippingLine: (_root, args: Parameters<typeof removeShipping>[0], context) =>
      removeShipping(args, context),
  }),
}
