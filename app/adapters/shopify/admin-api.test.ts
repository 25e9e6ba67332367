import { expect, test } from 'vitest'
import { type AdminTransport, createAdminApi } from './admin-api.ts'
import { CurrentInstallationDocument } from './generated/operations.ts'
import type { TokenResult } from './offline-token.ts'

type Answer = Awaited<ReturnType<AdminTransport>>

/** Answers in turn, the last one for ever; the clock moves only by waiting. */
function harness(
  answers: Array<Answer | Error>,
  renewed: TokenResult = { ok: false, reason: 'not_installed' },
) {
  const waits: number[] = []
  const sent: string[] = []
  let nowMs = 0
  const api = createAdminApi({
    shopDomain: 'lumen-atelier.myshopify.com',
    tokens: {
      current: async () => ({
        ok: true,
        accessToken: sent.length === 0 ? 'first' : renewed.ok ? renewed.accessToken : 'first',
      }),
      replaceRefused: async () => renewed,
    },
    transport: async ({ accessToken }) => {
      sent.push(accessToken)
      const answer = answers[Math.min(sent.length, answers.length) - 1]
      if (!answer || answer instanceof Error) throw answer ?? new Error('no answer')
      return answer
    },
    nowMs: () => nowMs,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms)
      nowMs += ms
    },
  })
  return { ask: () => api.request(CurrentInstallationDocument, {}), waits, sent }
}

function answer(body: unknown, status = 200): Answer {
  return { status, body, retryAfterSeconds: null }
}

function cost(requestedQueryCost: number, currentlyAvailable: number) {
  return {
    cost: {
      requestedQueryCost,
      actualQueryCost: null,
      throttleStatus: { maximumAvailable: 2000, currentlyAvailable, restoreRate: 100 },
    },
  }
}

const THROTTLED = { message: 'Throttled', extensions: { code: 'THROTTLED' } }

test('a throttled request waits until the bucket holds what it costs', async () => {
  const { ask, waits } = harness([
    answer({ errors: [THROTTLED], extensions: cost(600, 100) }),
    answer({ data: { done: true }, extensions: cost(600, 0) }),
  ])
  expect(await ask()).toEqual({ ok: true, data: { done: true } })
  expect(waits).toEqual([5000])
})

test('the next request waits ahead instead of being refused', async () => {
  const { ask, waits, sent } = harness([answer({ data: {}, extensions: cost(600, 200) })])
  await ask()
  expect(waits).toEqual([])
  await ask()
  expect(waits).toEqual([4000])
  expect(sent).toHaveLength(2)
})

test('waiting has an end: after a minute the caller decides', async () => {
  const { ask, waits } = harness([answer({ errors: [THROTTLED], extensions: cost(900, 0) })])
  expect(await ask()).toMatchObject({ ok: false, reason: 'throttled' })
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(60_000)
})

test('server errors and a broken wire are retried with growing pauses, then named', async () => {
  const recovered = harness([
    answer(null, 502),
    new Error('socket hang up'),
    answer({ data: { done: true } }),
  ])
  expect(await recovered.ask()).toMatchObject({ ok: true })
  expect(recovered.waits).toEqual([250, 500])
  const down = harness([answer(null, 503)])
  expect(await down.ask()).toEqual({ ok: false, reason: 'unavailable', message: 'Shopify answered 503.' })
  expect(down.sent).toHaveLength(5)
})

test('a refused token is replaced and the request repeated; without another one the shop is not installed', async () => {
  const renewed = harness([answer({ errors: 'Invalid API key' }, 401), answer({ data: {} })], {
    ok: true,
    accessToken: 'second',
  })
  expect(await renewed.ask()).toMatchObject({ ok: true })
  expect(renewed.sent).toEqual(['first', 'second'])
  const dead = harness([answer({ errors: 'Invalid API key' }, 401)])
  expect(await dead.ask()).toEqual({ ok: false, reason: 'not_installed' })
  expect(dead.sent).toHaveLength(1)
})

test.each([
  [
    'a missing scope',
    [{ message: 'Access denied for orders field.', extensions: { code: 'ACCESS_DENIED' } }],
    'access_denied',
  ],
  ['a dear query', [{ message: 'Query cost is 2000', extensions: { code: 'MAX_COST_EXCEEDED' } }], 'invalid'],
  ['an unknown field', [{ message: "Field 'x' doesn't exist" }], 'invalid'],
  ['a text instead of a list', 'Not Found', 'invalid'],
])('%s is refused at once and by name', async (_case, errors, reason) => {
  const { ask, sent } = harness([answer({ errors })])
  expect(await ask()).toMatchObject({ ok: false, reason })
  expect(sent).toHaveLength(1)
})

test('data beside an error is not taken for an answer', async () => {
  const { ask } = harness([answer({ data: { orders: [] }, errors: [{ message: 'partly' }] })])
  expect(await ask()).toMatchObject({ ok: false, reason: 'invalid', message: 'partly' })
})
