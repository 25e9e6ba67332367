import type { Context, Hono } from 'hono'
import { cancelOrder } from '#sandbox/commerce/cancel-order.ts'
import { capturePayment } from '#sandbox/commerce/capture-payment.ts'
import { setArchived } from '#sandbox/commerce/close-order.ts'
import { driftOrder } from '#sandbox/commerce/drift-order.ts'
import { editOrder } from '#sandbox/commerce/edit-order.ts'
import { findOrder } from '#sandbox/commerce/find-nouns.ts'
import { importPayload } from '#sandbox/commerce/import-order.ts'
import { openDispute } from '#sandbox/commerce/open-dispute.ts'
import { openReturn } from '#sandbox/commerce/open-return.ts'
import { placeOrder } from '#sandbox/commerce/place-order.ts'
import { processReturn } from '#sandbox/commerce/process-return.ts'
import { refundOrder } from '#sandbox/commerce/refund-order.ts'
import { moveReturn } from '#sandbox/commerce/return-status.ts'
import { updateDispute } from '#sandbox/commerce/update-dispute.ts'
import { voidPayment } from '#sandbox/commerce/void-payment.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { answer, withBody } from './answer.ts'
import { listOrders } from './list-nouns.ts'
import {
  archiveBody,
  cancelBody,
  captureBody,
  driftBody,
  editBody,
  moveReturnBody,
  openDisputeBody,
  openReturnBody,
  placeOrderBody,
  processReturnBody,
  refundBody,
  updateDisputeBody,
  voidBody,
} from './order-bodies.ts'

const ORDER = '/control/shops/:shop/orders/:id'

/** The shop, order and return that the address names. */
function named(context: Context) {
  const of = (name: string) => context.req.param(name) ?? ''
  return { shop: of('shop'), id: of('id'), returnId: of('returnId') }
}

export function mountOrders(router: Hono, sandbox: Sandbox): void {
  router.get('/control/shops/:shop/orders', (context) =>
    answer(context, listOrders(sandbox, named(context).shop, context.req.query())),
  )
  router.post('/control/shops/:shop/orders', (context) =>
    withBody(context, placeOrderBody, (body) => placeOrder(sandbox, named(context).shop, body)),
  )
  router.post('/control/shops/:shop/orders/import', async (context) =>
    answer(
      context,
      importPayload(sandbox, named(context).shop, await context.req.text(), context.req.query('topic')),
    ),
  )
  router.get(ORDER, (context) => {
    const { shop, id } = named(context)
    const found = findOrder(sandbox, shop, id)
    return answer(context, found.ok ? { ok: true, order: found.order } : found)
  })
  router.post(`${ORDER}/refunds`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, refundBody, (body) => refundOrder(sandbox, shop, id, body))
  })
  router.post(`${ORDER}/edits`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, editBody, (body) => editOrder(sandbox, shop, id, body))
  })
  router.post(`${ORDER}/cancel`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, cancelBody, (body) => cancelOrder(sandbox, shop, id, body))
  })
  router.post(`${ORDER}/capture`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, captureBody, (body) => capturePayment(sandbox, shop, id, body))
  })
  router.post(`${ORDER}/void`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, voidBody, (body) => voidPayment(sandbox, shop, id, body))
  })
  router.post(`${ORDER}/archive`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, archiveBody, ({ archived }) => setArchived(sandbox, shop, id, archived))
  })
  router.post(`${ORDER}/drift`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, driftBody, ({ amount }) => driftOrder(sandbox, shop, id, amount))
  })
  mountReturns(router, sandbox)
  mountDisputes(router, sandbox)
}

function mountReturns(router: Hono, sandbox: Sandbox): void {
  router.post(`${ORDER}/returns`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, openReturnBody, ({ process, ...input }) => {
      const opened = openReturn(sandbox, shop, id, input)
      if (!opened.ok || !process) return opened
      return processReturn(sandbox, shop, id, opened.return.id, { happenedAt: input.happenedAt })
    })
  })
  router.post(`${ORDER}/returns/:returnId/process`, (context) => {
    const { shop, id, returnId } = named(context)
    return withBody(context, processReturnBody, (body) => processReturn(sandbox, shop, id, returnId, body))
  })
  router.post(`${ORDER}/returns/:returnId/status`, (context) => {
    const { shop, id, returnId } = named(context)
    return withBody(context, moveReturnBody, (body) => moveReturn(sandbox, shop, id, returnId, body))
  })
}

function mountDisputes(router: Hono, sandbox: Sandbox): void {
  router.post(`${ORDER}/disputes`, (context) => {
    const { shop, id } = named(context)
    return withBody(context, openDisputeBody, (body) => openDispute(sandbox, shop, id, body))
  })
  router.post('/control/shops/:shop/disputes/:id', (context) => {
    const { shop, id } = named(context)
    return withBody(context, updateDisputeBody, (body) => updateDispute(sandbox, shop, id, body))
  })
}
