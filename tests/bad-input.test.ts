// Bad input at every door, each with the clear error that whoever sent it gets. Nothing is lost and nothing breaks.
import { spawn } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import type { ActionFunctionArgs } from '@remix-run/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signLink } from '#app/adapters/crypto/signed-link.ts'
import { readProxyRequest } from '#app/adapters/shopify/proxy-request.ts'
import { parseEnvironment } from '#app/config/environment.ts'
import { parseTerms } from '#app/domain/agreements/parse-terms.ts'
import { parseCreatorInput } from '#app/domain/creators/parse-creator-input.ts'
import { parseAmount } from '#app/domain/money/parse-amount.ts'
import { draftAgreement } from '#app/features/agreements/draft-agreement.server.ts'
import { offerAgreement } from '#app/features/agreements/offer-agreement.server.ts'
import { parseCodeInput } from '#app/features/attribution/parse-code-input.ts'
import { parseSettingsInput } from '#app/features/settings/parse-settings-input.ts'
import { action as newAgreement } from '#app/routes/admin/agreements/new.tsx'
import { action as newCreator } from '#app/routes/admin/creators/new.tsx'
import { action as creatorAction, loader as creatorLoader } from '#app/routes/admin/creators/profile.tsx'
import { action as settingsAction } from '#app/routes/admin/settings.tsx'
import { loader as statementFile } from '#app/routes/admin/statements/file.ts'
import { action as answerInvitation, loader as showInvitation } from '#app/routes/creator/invitation.ts'
import { loader as showStatement } from '#app/routes/creator/statement.ts'
import { webServices } from '#app/routes/web-services.server.ts'
import { answerWebhook } from '#app/routes/webhooks/answer-webhook.server.ts'
import { importPayload } from '#sandbox/commerce/import-order.ts'
import { mintSessionToken } from '#sandbox/oauth/session-token.ts'
import type { RunningSandbox } from '#sandbox/server.ts'
import { createCreator, makeTerms } from './factories/creator.ts'
import { createShop } from './factories/shop.ts'
import { BUSY_SHOP, openBusyShop } from './harness/busy-shop.ts'
import { startQuietSandbox } from './harness/house-in-process.ts'
import { LINK_SECRET, openWebInProcess, WEB_API_SECRET, type WebInProcess } from './harness/web-in-process.ts'

const ordersCreate = answerWebhook('orders/create')

let sandbox: RunningSandbox
let web: WebInProcess

beforeAll(async () => {
  sandbox = await startQuietSandbox()
  openBusyShop(sandbox.sandbox, 1)
  web = await openWebInProcess({ sandboxUrl: sandbox.url })
})
afterAll(async () => {
  await web?.[Symbol.asyncDispose]()
  await sandbox?.stop()
})

type Route = (args: ActionFunctionArgs) => unknown

/** What a route answers; a thrown Response is an answer too. */
async function ask(route: Route, request: Request, params: Record<string, string> = {}): Promise<unknown> {
  try {
    return await route({ request, params, context: {} })
  } catch (thrown) {
    if (thrown instanceof Response) return thrown
    throw thrown
  }
}

async function told(answer: unknown): Promise<[number, string]> {
  if (!(answer instanceof Response)) throw new Error(`not a response: ${JSON.stringify(answer)}`)
  return [answer.status, (await answer.text()).replace(/<[^>]+>/g, ' ')]
}

describe('environment: every missing or bad variable is named with what it must be', () => {
  const good = {
    DATABASE_URL: 'postgresql://app@localhost/filigree',
    SHOPIFY_API_KEY: 'key',
    SHOPIFY_API_SECRET: 'secret',
    SHOPIFY_APP_URL: 'https://filigree.example',
    SCOPES: 'read_orders',
    TOKEN_KEYS: `a:${Buffer.alloc(32, 1).toString('base64')}`,
    LINK_SECRET: 'x'.repeat(32),
    SMTP_URL: 'smtp://localhost',
    MAIL_FROM: 'Filigree <a@b.example>',
  }
  test.each<[string, Record<string, string>, string]>([
    ['missing', { DATABASE_URL: '' }, 'DATABASE_URL is missing'],
    ['another database', { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be a postgresql:// URL'],
    ['no URL', { SHOPIFY_APP_URL: 'filigree.example' }, 'SHOPIFY_APP_URL must be an http(s) URL'],
    ['no scope', { SCOPES: ' , ' }, 'SCOPES needs at least one entry'],
    [
      'short key',
      { TOKEN_KEYS: 'a:c2hvcnQ=' },
      'TOKEN_KEYS must be ID:KEY pairs with distinct ids and 32-byte base64 keys (openssl rand -base64 32)',
    ],
    [
      'short secret',
      { LINK_SECRET: 'short' },
      'LINK_SECRET needs at least 32 characters (openssl rand -base64 32)',
    ],
    ['no mail server', { SMTP_URL: 'http://x' }, 'SMTP_URL must be an smtp:// or smtps:// URL'],
    [
      'no sender',
      { MAIL_FROM: 'Filigree' },
      'MAIL_FROM must be an address such as Filigree <statements@yourdomain.example>',
    ],
  ])('%s', (_, change, problem) => {
    expect(parseEnvironment({ ...good, ...change })).toEqual({ ok: false, problems: [problem] })
  })
  test.each<[string, Record<string, string>, RegExp]>([
    ['port', { PORT: '70000' }, /^PORT /],
    ['port in words', { PORT: 'http' }, /^PORT /],
    ['log level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL .*"fatal"/],
    ['billing', { BILLING_MODE: 'cash' }, /^BILLING_MODE .*"app_pricing"/],
    ['mode', { NODE_ENV: 'live' }, /^NODE_ENV .*"production"/],
    ['sandbox', { SANDBOX_URL: 'localhost:4000' }, /^SANDBOX_URL must be an http\(s\) URL/],
  ])('%s', (_, change, problem) => {
    const result = parseEnvironment({ ...good, ...change })
    expect(result).toMatchObject({ ok: false, problems: [expect.stringMatching(problem)] })
  })
  test('several at once are all named', () => {
    const result = parseEnvironment({})
    expect(result.ok ? [] : result.problems).toHaveLength(9)
  })
})

describe('forms: each wrong field with its reason', () => {
  const creator = {
    name: 'Maya',
    email: 'maya@studio.example',
    handle: 'maya',
    locale: 'en',
    notes: '',
    channels: [],
  }
  test.each<[string, unknown, unknown]>([
    ['no object', 'Maya', { field: 'creator', reason: 'malformed' }],
    ['no name', { ...creator, name: '   ' }, { field: 'name', reason: 'missing' }],
    ['long name', { ...creator, name: 'x'.repeat(121) }, { field: 'name', reason: 'too_long' }],
    ['no address', { ...creator, email: '' }, { field: 'email', reason: 'missing' }],
    [
      'two addresses',
      { ...creator, email: 'a@b.example,c@d.example' },
      { field: 'email', reason: 'not_an_email' },
    ],
    [
      'header in address',
      { ...creator, email: 'a@b.example\nBcc: c@d.example' },
      { field: 'email', reason: 'not_an_email' },
    ],
    ['handle with slash', { ...creator, handle: 'ma/ya' }, { field: 'handle', reason: 'not_a_slug' }],
    ['language', { ...creator, locale: 'xx' }, { field: 'locale', reason: 'unknown_locale' }],
    ['channels no list', { ...creator, channels: 'instagram' }, { field: 'channels', reason: 'malformed' }],
    [
      'script address',
      {
        ...creator,
        channels: [{ platform: 'blog', handle: 'm', url: 'javascript:alert(1)', followers: '1' }],
      },
      { field: 'channels.0.url', reason: 'not_a_url' },
    ],
    [
      'followers',
      { ...creator, channels: [{ platform: 'blog', handle: 'm', url: '', followers: '-1' }] },
      { field: 'channels.0.followers', reason: 'not_a_count' },
    ],
  ])('creator: %s', (_, input, refusal) => {
    expect(parseCreatorInput(input)).toEqual({ ok: false, refusals: [refusal] })
  })

  const terms = makeTerms()
  test.each<[string, unknown, unknown]>([
    ['no object', null, { field: 'terms', reason: 'not_an_object' }],
    ['role', { ...terms, role: 'boss' }, { field: 'role', reason: 'unknown_choice' }],
    ['share of nothing', { ...terms, shareBps: 0 }, { field: 'shareBps', reason: 'out_of_range' }],
    ['share above all', { ...terms, shareBps: 10_001 }, { field: 'shareBps', reason: 'out_of_range' }],
    [
      'fraction of a basis point',
      { ...terms, shareBps: 10.5 },
      { field: 'shareBps', reason: 'not_a_whole_number' },
    ],
    [
      'owner of everything',
      { ...terms, role: 'design_owner' },
      { field: 'scope', reason: 'owner_needs_products' },
    ],
    [
      'no product chosen',
      { ...terms, scope: { kind: 'products', productIds: [] } },
      { field: 'scope', reason: 'nothing_chosen' },
    ],
    [
      'product in words',
      { ...terms, scope: { kind: 'products', productIds: ['ring'] } },
      { field: 'scope', reason: 'not_an_id' },
    ],
    ['currency', { ...terms, currency: 'EURO' }, { field: 'currency', reason: 'unknown_currency' }],
    [
      'minimum in words',
      { ...terms, minimumPayoutMinor: 'ten' },
      { field: 'minimumPayoutMinor', reason: 'not_an_amount' },
    ],
    ['30 February', { ...terms, startsOn: '2026-02-30' }, { field: 'startsOn', reason: 'not_a_date' }],
    [
      'ends before it starts',
      { ...terms, endsOn: '2025-12-31' },
      { field: 'endsOn', reason: 'ends_before_start' },
    ],
  ])('terms: %s', (_, input, refusal) => {
    expect(parseTerms(input)).toEqual({ ok: false, refusals: [refusal] })
  })

  test.each<[string, { code: string; percent: string }, unknown]>([
    [
      'empty',
      { code: '', percent: '' },
      [
        { field: 'code', reason: 'missing' },
        { field: 'percent', reason: 'missing' },
      ],
    ],
    ['markup', { code: '<B>', percent: '10' }, [{ field: 'code', reason: 'malformed' }]],
    ['all of it', { code: 'MAYA', percent: '100' }, [{ field: 'percent', reason: 'out_of_range' }]],
    ['more than none', { code: 'MAYA', percent: '-1' }, [{ field: 'percent', reason: 'malformed' }]],
  ])('code: %s', (_, input, problems) => {
    expect(parseCodeInput(input)).toEqual({ ok: false, problems })
  })

  const settings = { returnWindowDays: '30', maxTotalShare: '40', senderName: '', replyTo: '' }
  test.each<[string, Partial<typeof settings>, unknown]>([
    ['half a day', { returnWindowDays: '1.5' }, { returnWindowDays: 'not_a_whole_number' }],
    ['a year', { returnWindowDays: '365' }, { returnWindowDays: 'out_of_range' }],
    ['more than all', { maxTotalShare: '100.01' }, { maxTotalShare: 'above_hundred' }],
    ['share in words', { maxTotalShare: 'half' }, { maxTotalShare: 'not_a_percentage' }],
    ['header in name', { senderName: 'Lumen\r\nBcc: x' }, { senderName: 'forbidden_characters' }],
    ['address', { replyTo: 'me at home' }, { replyTo: 'not_an_address' }],
  ])('settings: %s', (_, change, fields) => {
    expect(parseSettingsInput({ ...settings, ...change })).toEqual({ ok: false, fields })
  })

  test.each(['', '1,50', '1e3', '0x10', '١٢', ' ', 'NaN', '1.2.3', '--1', '9'.repeat(40)])(
    'amount: "%s"',
    (text) => {
      expect(parseAmount(text, 'USD').ok).toBe(false)
    },
  )
})

describe("the admin's routes answer a bad form in the words of its fields, and never with a crash", () => {
  async function post(path: string, fields: Record<string, string>): Promise<Request> {
    const { sandbox: state } = sandbox
    const token = await mintSessionToken(state, BUSY_SHOP)
    return new Request(`https://filigree.example${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { authorization: `Bearer ${token}`, 'user-agent': 'Mozilla/5.0 Chrome/140.0' },
    })
  }
  const unknown = '00000000-0000-4000-8000-000000000000'

  test('a new creator with nothing filled in', async () => {
    const answer = await ask(newCreator, await post('/app/creators/new', {}))
    expect(answer).toMatchObject({
      ok: false,
      fields: { name: 'creators.problem.missing', email: 'creators.problem.missing' },
    })
  })
  test('an agreement with a creator that is not there', async () => {
    const answer = await ask(
      newAgreement,
      await post('/app/agreements/new', { creatorId: unknown, title: 'x' }),
    )
    expect(answer).toMatchObject({ ok: false })
  })
  test('settings that are no numbers', async () => {
    const answer = await ask(settingsAction, await post('/app/settings', { returnWindowDays: 'soon' }))
    expect(answer).toMatchObject({
      ok: false,
      fields: { returnWindowDays: { key: 'settings.refused.not_a_whole_number' } },
    })
  })
  test.each<[string, Record<string, string>, string, number, RegExp]>([
    ['an intent that there is not', { intent: 'delete-everything' }, unknown, 400, /Unknown intent/],
    ['the name of a built-in as an intent', { intent: 'constructor' }, unknown, 400, /Unknown intent/],
  ])('%s', async (_, fields, id, status, words) => {
    const answer = await told(await ask(creatorAction, await post(`/app/creators/${id}`, fields), { id }))
    expect(answer).toEqual([status, expect.stringMatching(words)])
  })
  test.each([unknown, 'not-an-id', '../../etc/passwd', "' or 1=1 --"])(
    'a creator "%s" is not found',
    async (id) => {
      const request = await post('/app/creators/x', {})
      const get = new Request(request.url, { headers: request.headers })
      expect(await told(await ask(creatorLoader, get, { id }))).toEqual([404, 'No such creator'])
    },
  )
  test('a statement as a spreadsheet', async () => {
    const request = await post('/app/statements/x/file?format=xlsx', {})
    const get = new Request(request.url, { headers: request.headers })
    expect(await told(await ask(statementFile, get, { id: unknown }))).toEqual([
      400,
      'format must be pdf or csv',
    ])
  })
  test('a session token of another app', async () => {
    const forged = new Request('https://filigree.example/app/settings', {
      method: 'POST',
      body: new URLSearchParams({}),
      headers: {
        authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x',
        'user-agent': 'Mozilla/5.0 Chrome/140.0',
      },
    })
    expect((await told(await ask(settingsAction, forged)))[0]).toBe(401)
  })
})

describe('webhooks: what is not Shopify’s is refused by name, at the door', () => {
  const body = JSON.stringify({ id: 1 })
  const sign = (text: string, secret = WEB_API_SECRET) =>
    createHmac('sha256', secret).update(text).digest('base64')
  const headers = (change: Record<string, string | undefined> = {}, text = body) => {
    const all = {
      'x-shopify-topic': 'orders/create',
      'x-shopify-hmac-sha256': sign(text),
      'x-shopify-shop-domain': BUSY_SHOP,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': 'w1',
      ...change,
    }
    return Object.fromEntries(
      Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
    )
  }
  test.each<[string, Record<string, string>, string, number, string]>([
    [
      'signed with another secret',
      headers({ 'x-shopify-hmac-sha256': sign(body, 'x') }),
      body,
      401,
      'invalid_signature',
    ],
    [
      'signed over another body',
      headers({ 'x-shopify-hmac-sha256': sign('{}') }),
      body,
      401,
      'invalid_signature',
    ],
    [
      'signature that is no base64',
      headers({ 'x-shopify-hmac-sha256': '☃'.codePointAt(0)?.toString() }),
      body,
      401,
      'invalid_signature',
    ],
    ['no signature', headers({ 'x-shopify-hmac-sha256': undefined }), body, 400, 'missing_header'],
    ['no topic', headers({ 'x-shopify-topic': undefined }), body, 400, 'missing_header'],
    ['no shop', headers({ 'x-shopify-shop-domain': undefined }), body, 400, 'missing_header'],
    ['no id', headers({ 'x-shopify-webhook-id': undefined }), body, 400, 'missing_header'],
    ['no body', headers({}, ''), '', 400, 'empty_body'],
    ['topic of another address', headers({ 'x-shopify-topic': 'orders/paid' }), body, 400, 'wrong_topic'],
    [
      'a shop that is none',
      headers({ 'x-shopify-shop-domain': "x'; drop table shop; --" }),
      body,
      400,
      'malformed_shop',
    ],
    ['no JSON', headers({}, 'not json'), 'not json', 400, 'unreadable_body'],
    [
      'a shop that we do not know',
      headers({ 'x-shopify-shop-domain': 'unknown.myshopify.com' }),
      body,
      200,
      '',
    ],
  ])('%s', async (_, given, text, status, reason) => {
    const request = new Request('https://filigree.example/webhooks/orders/create', {
      method: 'POST',
      body: text,
      headers: given,
    })
    expect(await told(await ask(ordersCreate, request))).toEqual([status, reason])
  })
  test('11 MB', async () => {
    const request = new Request('https://filigree.example/webhooks/orders/create', {
      method: 'POST',
      body: 'x'.repeat(11 * 1024 * 1024),
      headers: { ...headers(), 'content-length': String(11 * 1024 * 1024) },
    })
    expect((await told(await ask(ordersCreate, request)))[0]).toBe(413)
  })
  test('11 MB from a sender that does not say how much it sends', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        if (sent > 64) controller.close()
        else controller.enqueue(new Uint8Array(256 * 1024))
      },
    })
    const request = new Request('https://filigree.example/webhooks/orders/create', {
      method: 'POST',
      body: endless,
      headers: headers(),
      duplex: 'half',
    } as RequestInit)
    expect((await told(await ask(ordersCreate, request)))[0]).toBe(413)
    expect(sent).toBeLessThan(50)
  })
  test('a browser that comes by', async () => {
    const request = new Request('https://filigree.example/webhooks/orders/create', { method: 'PUT' })
    expect((await told(await ask(ordersCreate, request)))[0]).toBe(405)
  })
})

test.each<[string, string, string]>([
  ['nothing', '', 'carries no signature'],
  ['a signature alone', 'signature=abc', 'not of the last 90 seconds'],
  [
    'a made-up signature',
    `shop=${BUSY_SHOP}&timestamp=NOW&signature=${'0'.repeat(64)}`,
    'does not fit the request',
  ],
  [
    'the shop twice',
    `shop=${BUSY_SHOP}&shop=b.myshopify.com&timestamp=NOW&signature=x`,
    'shop may come once',
  ],
])('app proxy: %s', async (_, query, message) => {
  const now = String(Math.floor(Date.now() / 1000))
  const request = new Request(`https://filigree.example/storefront/go/X?${query.replace('NOW', now)}`)
  const identity = { apiKey: 'k', apiSecret: WEB_API_SECRET, appUrl: 'https://filigree.example' }
  expect(await readProxyRequest(request, identity)).toMatchObject({
    ok: false,
    message: expect.stringContaining(message),
  })
})

describe("creators' links: whoever made one up learns nothing, whoever was sent one learns what happened", () => {
  const future = new Date('2027-01-01T00:00:00Z')
  const past = new Date('2026-05-01T00:00:00Z')
  const get = (token: string) => new Request(`https://filigree.example/c/x/${token}`)

  async function offer() {
    const { services, shopify } = webServices()
    const shop = await createShop(web.db)
    const creator = await createCreator(web.db, shop)
    const ctx = { ...services, shop, shopify: shopify.adminApiFor(shop.domain) }
    const agreementId = randomUUID()
    const terms = makeTerms({ startsOn: '2026-05-05' })
    await draftAgreement(ctx, { formId: agreementId, creatorId: creator.id, title: 'Spring', terms })
    const version = () =>
      web.db.inShop(shop.id, (tx) => tx.agreementVersion.findFirstOrThrow({ where: { agreementId } }))
    const { id, termsHash } = await version()
    await offerAgreement(ctx, { agreementId, termsHash })
    const nonce = (await version()).inviteNonce ?? ''
    const link = { kind: 'invitation' as const, shopId: shop.id, subjectId: id, nonce, expiresAt: future }
    return { shop, link, termsHash, statusNow: async () => (await version()).status }
  }
  const answer = (token: string, form: Record<string, string>) =>
    ask(
      answerInvitation,
      new Request(`https://filigree.example/c/agreements/${token}`, {
        method: 'POST',
        body: new URLSearchParams(form),
      }),
      { token },
    )

  test.each(['x', '', 'a.b', `${'A'.repeat(700)}.${'B'.repeat(43)}`, '..%2f..', `eyJ9.${'A'.repeat(43)}`])(
    'made up: "%.20s"',
    async (token) => {
      for (const route of [showInvitation, showStatement]) {
        expect(await told(await ask(route, get(token), { token }))).toEqual([
          404,
          expect.stringContaining('This link does not work'),
        ])
      }
    },
  )
  test('signed with another secret, signed for another purpose, signed for another shop', async () => {
    const { link, shop } = await offer()
    const other = await createShop(web.db)
    const tokens = [
      signLink(link, 'another secret of at least thirty-two characters'),
      signLink({ ...link, kind: 'statement' }, LINK_SECRET),
      signLink({ ...link, shopId: other.id }, LINK_SECRET),
      signLink({ ...link, shopId: shop.id + 1_000_000 }, LINK_SECRET),
    ]
    for (const token of tokens) {
      expect((await told(await ask(showInvitation, get(token), { token })))[0]).toBe(404)
    }
  })
  test('an invitation that has run out says so, and takes no answer', async () => {
    const { link, termsHash, statusNow } = await offer()
    const token = signLink({ ...link, expiresAt: past }, LINK_SECRET)
    const [, page] = await told(await ask(showInvitation, get(token), { token }))
    expect(page).toMatch(/expired|run out|no longer/i)
    await answer(token, { decision: 'accept', name: 'Maya', confirmed: 'yes', termsHash })
    expect(await statusNow()).toBe('offered')
  })
  test('terms other than those that were shown, no signature, no tick: nothing is accepted', async () => {
    const { link, termsHash, statusNow } = await offer()
    const token = signLink(link, LINK_SECRET)
    const whole = { decision: 'accept', name: 'Maya', confirmed: 'yes', termsHash }
    await answer(token, { ...whole, termsHash: 'other terms' })
    await answer(token, { ...whole, name: ' ' })
    await answer(token, { ...whole, confirmed: '' })
    await answer(token, { ...whole, decision: 'maybe' })
    expect(await statusNow()).toBe('offered')
  })
  test('an answer that was given is not turned around by a replayed form', async () => {
    const { link, termsHash, statusNow } = await offer()
    const token = signLink(link, LINK_SECRET)
    await answer(token, { decision: 'accept', name: 'Maya', confirmed: 'yes', termsHash })
    expect(await statusNow()).toBe('accepted')
    await answer(token, { decision: 'decline', termsHash })
    await answer(token, { decision: 'accept', name: 'Somebody else', confirmed: 'yes', termsHash })
    expect(await statusNow()).toBe('accepted')
    const version = await web.db.inShop(link.shopId, (tx) =>
      tx.agreementVersion.findUniqueOrThrow({ where: { id: link.subjectId } }),
    )
    expect(version.evidence).toMatchObject({ name: 'Maya' })
  })
})

describe('captured payloads: what cannot be read is refused by the name of its field', () => {
  test.each<[string, unknown, string | undefined, RegExp]>([
    ['no JSON', '{', undefined, /JSON/],
    ['a list', '[1, 2]', undefined, /./],
    ['nothing in it', {}, 'orders/paid', /^id/],
    ['a topic of another noun', { id: 1 }, 'products/update', /^topic/],
    ['a currency that is none', { id: 1, currency: 'XXY', line_items: [] }, 'orders/paid', /currency/],
    [
      'a price in words',
      {
        id: 1,
        currency: 'USD',
        total_price: '1.00',
        line_items: [{ id: 1, title: 'x', quantity: 1, price: 'one' }],
      },
      'orders/paid',
      /line_items\[0\]\.price/,
    ],
    [
      'a refund of an order that is not there',
      { id: 5, order_id: 999, refund_line_items: [] },
      'refunds/create',
      /order/,
    ],
  ])('%s', (_, payload, topic, message) => {
    const outcome = importPayload(sandbox.sandbox, BUSY_SHOP, payload, topic)
    expect(outcome).toMatchObject({ ok: false, message: expect.stringMatching(message) })
  })
})

describe('command lines: one clear line and exit code 2 for a wrong call', () => {
  function run(file: string, args: string[]): Promise<[number | null, string]> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { env: process.env })
      let said = ''
      child.stdout.on('data', (chunk) => {
        said += chunk
      })
      child.stderr.on('data', (chunk) => {
        said += chunk
      })
      child.on('close', (code) => resolve([code, said]))
    })
  }
  test.concurrent.each<[string, string, string[], RegExp]>([
    ['db: no command', 'app/cli/db.ts', [], /unknown command \(none\)[\s\S]*usage:/],
    ['db: unknown command', 'app/cli/db.ts', ['destroy'], /unknown command destroy/],
    ['db: too many words', 'app/cli/db.ts', ['migrate', 'now'], /too many arguments: now/],
    ['ledger: unknown command', 'app/cli/ledger.ts', ['repair'], /unknown command repair/],
    ['ledger: unknown flag', 'app/cli/ledger.ts', ['verify', '--force'], /'--force'[\s\S]*usage:/],
    [
      'ledger: export in no format',
      'app/cli/ledger.ts',
      ['export'],
      /export needs --format hledger, csv or json/,
    ],
    [
      'ledger: format elsewhere',
      'app/cli/ledger.ts',
      ['verify', '--format', 'csv'],
      /--format belongs to export/,
    ],
    ['sandbox: unknown command', 'sandbox/cli.ts', ['stop'], /There is no command stop/],
    ['sandbox: port', 'sandbox/cli.ts', ['start', '--port', 'many'], /--port/],
    ['sandbox: no file', 'sandbox/cli.ts', ['import-order'], /FILE|file/],
    ['demo: unknown flag', 'sandbox/demo/run.ts', ['--frsh'], /--frsh/],
    ['demo: seed', 'sandbox/demo/run.ts', ['--seed', 'x'], /--seed/],
    ['bench: unknown name', 'tests/bench/run.ts', ['speed'], /usage:[\s\S]*webhook-intake/],
  ])('%s', async (_, file, args, words) => {
    expect(await run(file, args)).toEqual([2, expect.stringMatching(words)])
  })
  test.concurrent('sandbox: a file that is not there ends with 1 or 2 and names it', async () => {
    const [code, said] = await run('sandbox/cli.ts', ['import-order', 'nowhere.json', '--url', sandbox.url])
    expect([1, 2]).toContain(code)
    expect(said).toContain('nowhere.json')
  })
})
