import { expect, test } from 'vitest'
import { statementUrl } from '#app/features/statements/creator-statement-view.server.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { openWebInProcess } from '#tests/harness/web-in-process.ts'
import { createCreatorLimits } from './creator-limits.server.tsx'
import { action } from './invitation.ts'
import { sendStatementFile } from './send-statement-file.server.ts'

const from = (address: string, method = 'GET') =>
  new Request('https://filigree.example/c/x', { method, headers: { 'x-forwarded-for': address } })

function openLimits() {
  const clock = { at: 0 }
  return { clock, limits: createCreatorLimits(() => clock.at) }
}

/** How many of so many attempts are let through. */
function passed(attempts: number, attempt: (index: number) => Response | null): number {
  return Array.from({ length: attempts }, (_, index) => attempt(index)).filter((refused) => refused === null)
    .length
}

test('one link is opened so often a minute, from however many addresses', () => {
  const { clock, limits } = openLimits()
  expect(passed(30, (index) => limits.refuse('file', from(`203.0.113.${index}`), 'one'))).toBe(12)
  expect(limits.refuse('answer', from('203.0.113.1'), 'one')).toBeNull()
  clock.at += 60_000
  expect(limits.refuse('file', from('203.0.113.1'), 'one')).toBeNull()
})

test('one address is served so often a minute, however many links it tries', () => {
  const { clock, limits } = openLimits()
  expect(passed(90, (index) => limits.refuse('answer', from('203.0.113.1', 'POST'), `link ${index}`))).toBe(
    60,
  )
  expect(limits.refuse('answer', from('203.0.113.2', 'POST'), 'link 1')).toBeNull()
  clock.at += 60_000
  expect(limits.refuse('answer', from('203.0.113.1', 'POST'), 'another')).toBeNull()
})

test('who asks too often gets a plain page that says how long to wait', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const statement = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findFirstOrThrow({ where: { number: 'MAYA-0001' } }),
  )
  const token = statementUrl(ctx, statement, 0).split('/').at(-1) ?? ''
  const { clock, limits } = openLimits()
  const ask = () => sendStatementFile(ctx, limits, from('203.0.113.1'), { token, format: 'csv' })
  const answers = await Promise.all(Array.from({ length: 13 }, ask))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(12)
  const [refused] = answers.filter(({ status }) => status === 429)
  expect(refused?.headers.get('retry-after')).toBe('60')
  expect(refused?.headers.get('cache-control')).toBe('no-store')
  expect(await refused?.text()).toContain('try again in a minute')
  clock.at += 60_000
  expect((await ask()).status).toBe(200)
})

test('answers to an invitation are bounded at their route', async () => {
  await using _web = await openWebInProcess()
  const post = async () =>
    (await action({ request: from('203.0.113.9', 'POST'), params: { token: 'x' }, context: {} })).status
  const statuses: number[] = []
  for (let index = 0; index < 13; index += 1) statuses.push(await post())
  expect(statuses.slice(0, 12)).not.toContain(429)
  expect(statuses[12]).toBe(429)
})
