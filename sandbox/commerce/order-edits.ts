// Order edits as an app makes them: begun, staged change by change on a copy, and committed in one piece.
import type { Order, ShopState } from '#sandbox/state/nouns.ts'
import type { OrderEdit, StagedChange } from '#sandbox/state/order-edit-nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { checkEditable, commitChanges, type EditRefusal } from './edit-order.ts'
import { findOrder } from './find-nouns.ts'
import { type Refusal, refuse } from './refusal.ts'
import { previewChanges, type StagedRefusal } from './staged-edit.ts'
import { checkStock } from './stock.ts'

export interface CalculatedEdit {
  edit: OrderEdit
  /** As it is. */
  order: Order
  /** As it would be; added lines have the ids of their changes. */
  preview: Order
}

/** Begins an edit; nothing is told of it. An order may have several edits under way. */
export function beginEdit(
  sandbox: Sandbox,
  shopDomain: string,
  orderId: string,
):
  | ({ ok: true } & CalculatedEdit)
  | Refusal<'unknown_shop' | 'unknown_order' | 'already_cancelled' | 'archived'> {
  const found = findOrder(sandbox, shopDomain, orderId)
  if (!found.ok) return found
  const { order, state } = found
  const editable = checkEditable(order)
  if (!editable.ok) return editable
  const edit: OrderEdit = {
    id: sandbox.nextId('order-edit'),
    orderId,
    begunAt: sandbox.clock.now().toISOString(),
    committedAt: null,
    agreementsBefore: order.agreements.length,
    changes: [],
  }
  state.orderEdits ??= {}
  state.orderEdits[edit.id] = edit
  sandbox.changed()
  return { ok: true, edit, order, preview: structuredClone(order) }
}

type EditProblem = Refusal<'unknown_edit' | 'edit_committed' | 'order_changed'>

/** The edit with what it would make of its order. */
export function calculateEdit(
  state: ShopState,
  editId: string,
): ({ ok: true } & CalculatedEdit) | EditProblem | StagedRefusal {
  const edit = state.orderEdits?.[editId]
  const order = edit && state.orders[edit.orderId]
  if (!edit || !order) return refuse('unknown_edit', 'The calculated order does not exist.')
  if (edit.committedAt) return refuse('edit_committed', 'The calculated order has already been committed.')
  if (order.agreements.length !== edit.agreementsBefore) {
    return refuse('order_changed', 'The order has changed since the edit began. Begin a new edit.')
  }
  const preview = previewChanges(state, order, edit.changes)
  return preview.ok ? { ok: true, edit, order, preview: preview.order } : preview
}

/** Puts other changes in the place of the edit's own. Nothing changes when they are refused. */
export function stageChanges<Problem extends Refusal>(
  sandbox: Sandbox,
  state: ShopState,
  editId: string,
  revise: (calculated: CalculatedEdit) => { ok: true; changes: StagedChange[] } | Problem,
): ({ ok: true } & CalculatedEdit) | EditProblem | StagedRefusal | Refusal<'out_of_stock'> | Problem {
  const before = calculateEdit(state, editId)
  if (!before.ok) return before
  const revised = revise(before)
  if (!revised.ok) return revised
  const preview = previewChanges(state, before.order, revised.changes)
  if (!preview.ok) return preview
  const stock = checkStock(state, preview.result.needs)
  if (!stock.ok) return stock
  before.edit.changes = revised.changes
  sandbox.changed()
  return { ...before, preview: preview.order }
}

/** Makes the edit part of its order, with its agreement and webhooks (orders/edited). */
export function commitEdit(
  sandbox: Sandbox,
  state: ShopState,
  editId: string,
  { staffNote }: { staffNote?: string } = {},
): { ok: true; order: Order } | EditProblem | EditRefusal {
  const calculated = calculateEdit(state, editId)
  if (!calculated.ok) return calculated
  const { edit, order } = calculated
  const happenedAt = sandbox.clock.now().toISOString()
  const done = commitChanges(sandbox, state, order, edit.changes, { happenedAt, staffNote })
  if (done.ok) {
    edit.committedAt = happenedAt
    sandbox.changed()
  }
  return done
}
