import type { Hono } from 'hono'
import { refuse } from '#sandbox/commerce/refusal.ts'
import type { Webhooks } from '#sandbox/webhooks/attach-webhooks.ts'
import type { Delivery } from '#sandbox/webhooks/delivery.ts'
import { answer, withBody } from './answer.ts'
import { webhookFaultsBody } from './bodies.ts'

export function mountWebhooks(router: Hono, webhooks: Webhooks): void {
  /** Query: `limit` (100), `status`, `topic`. Newest first, bodies left out. */
  router.get('/control/webhooks', (context) => {
    const { limit = '100', status, topic } = context.req.query()
    const wanted = Number(limit)
    if (!Number.isInteger(wanted) || wanted < 1) {
      return answer(context, refuse('invalid_query', `limit: "${limit}" is no whole number above 0.`))
    }
    const matching = webhooks
      .deliveries()
      .filter((one) => (!status || one.status === status) && (!topic || one.topic === topic))
    const newest = matching.slice(-wanted).reverse()
    return answer(context, {
      ok: true,
      counts: countByStatus(webhooks),
      total: matching.length,
      deliveries: newest.map(withoutBody),
    })
  })
  router.get('/control/webhooks/faults', (context) =>
    answer(context, { ok: true, faults: webhooks.faults() }),
  )
  router.post('/control/webhooks/faults', (context) =>
    withBody(context, webhookFaultsBody, (body) => ({ ok: true, faults: webhooks.setFaults(body) })),
  )
  router.post('/control/webhooks/flush', async (context) => {
    await webhooks.flush()
    return answer(context, { ok: true, counts: countByStatus(webhooks) })
  })
  router.post('/control/webhooks/:id/redeliver', (context) => {
    const id = context.req.param('id')
    const again = webhooks.redeliver(id)
    if (!again)
      return answer(context, refuse('unknown_delivery', `Delivery ${id} is not kept any more, or never was.`))
    return answer(context, { ok: true, delivery: withoutBody(again) })
  })
  router.get('/control/webhooks/:id', (context) => {
    const id = context.req.param('id')
    const found = webhooks.deliveries().find((one) => one.id === id)
    if (!found) return answer(context, refuse('unknown_delivery', `There is no delivery ${id}.`))
    return answer(context, { ok: true, delivery: found })
  })
}

function withoutBody({ body: _body, ...delivery }: Delivery) {
  return delivery
}

function countByStatus(webhooks: Webhooks): Record<Delivery['status'], number> {
  const counts = { pending: 0, delivered: 0, failed: 0, dropped: 0, cancelled: 0 }
  for (const { status } of webhooks.deliveries()) counts[status] += 1
  return counts
}
