import { expect, test } from 'vitest'
import { parseEnvironment } from './environment.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')
const OTHER_KEY = Buffer.alloc(32, 8).toString('base64')
const COMPLETE = {
  DATABASE_URL: 'postgresql://filigree_app:pw@db.example:5432/filigree',
  SHOPIFY_API_KEY: 'client-id',
  SHOPIFY_API_SECRET: 'client-secret',
  SHOPIFY_APP_URL: 'https://filigree.example/',
  SCOPES: 'read_orders, read_products',
  TOKEN_KEYS: `new:${KEY},old:${OTHER_KEY}`,
  LINK_SECRET: 'a-secret-of-at-least-thirty-two-characters',
  SMTP_URL: 'smtp://user:pw@mail.example:587',
  MAIL_FROM: 'Filigree <statements@filigree.example>',
}
type Variable = keyof typeof COMPLETE

function problemsOf(changes: Record<string, string | undefined>): string[] {
  const result = parseEnvironment({ ...COMPLETE, ...changes })
  return result.ok ? [] : result.problems
}

test('a complete environment is read, with its defaults', () => {
  const result = parseEnvironment(COMPLETE)
  expect(result).toMatchObject({
    ok: true,
    environment: {
      nodeEnv: 'development',
      shopify: { appUrl: 'https://filigree.example', scopes: ['read_orders', 'read_products'] },
      port: 3000,
      logLevel: 'info',
      billingMode: 'billing_api',
      workerPollSeconds: 0.5,
      sandboxUrl: undefined,
    },
  })
  const keys = result.ok ? result.environment.tokenKeys : null
  expect(keys?.current.id).toBe('new')
  expect([...(keys?.all.keys() ?? [])]).toEqual(['new', 'old'])
})

test.each(Object.keys(COMPLETE) as Variable[])('%s is named when it is missing, empty or blank', (name) => {
  expect(problemsOf({ [name]: undefined })).toEqual([`${name} is missing`])
  expect(problemsOf({ [name]: '' })).toEqual([`${name} is missing`])
  expect(problemsOf({ [name]: ' \n' })).toEqual([`${name} is missing`])
})

test.each([
  ['NODE_ENV', 'prod', /^NODE_ENV .*production/],
  ['DATABASE_URL', 'mysql://db.example/filigree', 'DATABASE_URL must be a postgresql:// URL'],
  ['SHOPIFY_APP_URL', 'filigree.example', 'SHOPIFY_APP_URL must be an http(s) URL'],
  ['SHOPIFY_APP_URL', 'javascript:alert(1)', 'SHOPIFY_APP_URL must be an http(s) URL'],
  ['SCOPES', ' , ', 'SCOPES needs at least one entry'],
  ['TOKEN_KEYS', 'just-a-key', /^TOKEN_KEYS must be ID:KEY pairs/],
  ['TOKEN_KEYS', `k1:${Buffer.alloc(16).toString('base64')}`, /^TOKEN_KEYS must be ID:KEY pairs/],
  ['TOKEN_KEYS', `k1:${KEY},k1:${OTHER_KEY}`, /^TOKEN_KEYS must be ID:KEY pairs/],
  ['TOKEN_KEYS', ',', 'TOKEN_KEYS needs at least one key'],
  ['LINK_SECRET', 'short', /^LINK_SECRET needs at least 32 characters/],
  ['SMTP_URL', 'mail.example:25', 'SMTP_URL must be an smtp:// or smtps:// URL'],
  ['SMTP_URL', 'smtp://', 'SMTP_URL must be an smtp:// or smtps:// URL'],
  ['MAIL_FROM', 'Filigree', /^MAIL_FROM must be an address/],
  ['MAIL_FROM', 'Filigree <@>', /^MAIL_FROM must be an address/],
  ['SANDBOX_URL', 'localhost:9000', 'SANDBOX_URL must be an http(s) URL'],
  ['PORT', 'http', /^PORT /],
  ['PORT', '70000', /^PORT /],
  ['PORT', '3000.5', /^PORT /],
  ['LOG_LEVEL', 'verbose', /^LOG_LEVEL .*debug/],
  ['BILLING_MODE', 'free', /^BILLING_MODE .*billing_api/],
  ['WORKER_POLL_SECONDS', '0', /^WORKER_POLL_SECONDS /],
])('%s=%s is refused by name', (name, value, problem) => {
  const problems = problemsOf({ [name]: value })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(problem)
})

test('every problem is told at once, and no value is repeated', () => {
  const problems = problemsOf({
    DATABASE_URL: 'mysql://secret',
    LINK_SECRET: 'secret',
    PORT: 'secret',
    SCOPES: '',
  })
  expect(problems).toHaveLength(4)
  expect(problems.join('\n')).not.toMatch(/secret/)
})

test('a secret that was read from a file may end with its line break', () => {
  const result = parseEnvironment({ ...COMPLETE, SHOPIFY_API_SECRET: 'client-secret\n' })
  expect(result).toMatchObject({ ok: true, environment: { shopify: { apiSecret: 'client-secret' } } })
})

test('a previous client secret is optional, and blank is none', () => {
  const previous = (given: string | undefined) => {
    const result = parseEnvironment({ ...COMPLETE, SHOPIFY_API_SECRET_PREVIOUS: given })
    return result.ok ? result.environment.shopify.previousApiSecret : result.problems
  }
  expect([previous(undefined), previous(' '), previous('old-secret\n')]).toEqual([
    undefined,
    undefined,
    'old-secret',
  ])
})
