// The control API: everything that a person, a test or the demo may make happen in the sandbox.
import { Hono } from 'hono'
import { functionRunsOf } from '#sandbox/functions/run-functions.ts'
import { clearFaults, faultsOf, setFaults } from '#sandbox/graphql/faults.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import type { Webhooks } from '#sandbox/webhooks/attach-webhooks.ts'
import { NO_FAULTS } from '#sandbox/webhooks/webhook-faults.ts'
import { answer, withBody } from './answer.ts'
import { batchBody, clockBody, faultsBody } from './bodies.ts'
import { summarizeShop } from './list-nouns.ts'
import { mountOrders } from './order-routes.ts'
import { mountShops } from './shop-routes.ts'
import { mountWebhooks } from './webhook-routes.ts'

export function controlRouter(sandbox: Sandbox, webhooks: Webhooks): Hono {
  const router = new Hono()
  mountClock(router, sandbox)
  mountFaults(router, sandbox)
  mountFunctionRuns(router, sandbox)
  mountWebhooks(router, webhooks)
  mountOrders(router, sandbox)
  mountShops(router, sandbox)
  mountBatch(router)
  router.get('/control/state', (context) =>
    context.json({
      ok: true,
      clock: clockOf(sandbox),
      appUrl: sandbox.options.appUrl,
      shops: Object.values(sandbox.shops).map(summarizeShop),
    }),
  )
  router.post('/control/reset', (context) => {
    sandbox.reset()
    clearFaults(sandbox)
    webhooks.setFaults(NO_FAULTS)
    webhooks.clear()
    return answer(context, { ok: true })
  })
  router.all('/control/*', (context) => {
    const message = `${context.req.method} ${context.req.path} is no call of the control API.`
    return context.json({ ok: false, reason: 'unknown_call', message }, 404)
  })
  router.onError((error, context) => {
    console.error(error)
    return context.json({ ok: false, reason: 'sandbox_defect', message: error.message }, 500)
  })
  return router
}

function clockOf(sandbox: Sandbox) {
  return { now: sandbox.clock.now().toISOString(), offsetMs: sandbox.clock.offsetMs }
}

function mountClock(router: Hono, sandbox: Sandbox): void {
  router.get('/control/clock', (context) => context.json({ ok: true, ...clockOf(sandbox) }))
  router.post('/control/clock', (context) =>
    withBody(context, clockBody, ({ to, advanceMs, reset }) => {
      if (to !== undefined) sandbox.clock.setOffset(Date.parse(to) - Date.now())
      if (advanceMs !== undefined) sandbox.clock.setOffset(sandbox.clock.offsetMs + advanceMs)
      if (reset) sandbox.clock.setOffset(0)
      return { ok: true, ...clockOf(sandbox) }
    }),
  )
}

function mountFaults(router: Hono, sandbox: Sandbox): void {
  router.get('/control/faults', (context) => context.json({ ok: true, faults: faultsOf(sandbox) }))
  router.post('/control/faults', (context) =>
    withBody(context, faultsBody, (body) => ({ ok: true, faults: setFaults(sandbox, body) })),
  )
}

/** What the app's functions did lately, and why one failed. */
function mountFunctionRuns(router: Hono, sandbox: Sandbox): void {
  router.get('/control/functions/runs', (context) =>
    context.json({ ok: true, runs: functionRunsOf(sandbox) }),
  )
}

/** POST /control/batch: calls in order, answered in order. The first refusal ends it; what came before stays done. */
function mountBatch(router: Hono): void {
  router.post('/control/batch', (context) =>
    withBody(context, batchBody, async ({ calls }) => {
      const results: unknown[] = []
      for (const [index, { method = 'POST', path, body }] of calls.entries()) {
        if (!path.startsWith('/control/') || path.startsWith('/control/batch')) {
          return {
            ok: false,
            reason: 'invalid_body',
            message: `calls.${index}.path: "${path}" cannot be called.`,
          }
        }
        const request = method === 'GET' ? { method } : { method, body: JSON.stringify(body ?? {}) }
        const result = (await (await router.request(path, request)).json()) as {
          ok: boolean
          message?: string
        }
        results.push(result)
        if (!result.ok) {
          const message = `calls.${index}: ${result.message}`
          return { ok: false, reason: 'call_refused', message, results }
        }
      }
      return { ok: true, results }
    }),
  )
}
