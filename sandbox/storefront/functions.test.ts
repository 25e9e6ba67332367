// The app's own functions at the storefront: in the cart, through links straight to checkout, and when the order is placed.
import { expect, onTestFinished, test } from 'vitest'
import { HANDLE, SHOP, startToyWorld } from '#sandbox/admin/app-bridge/toy-app.test-support.ts'
import { createDraftOrder } from '#sandbox/commerce/draft-orders.ts'
import { overwriteMetafield } from '#sandbox/functions/function-config.ts'
import { FAILURE_MESSAGE, functionRunsOf } from '#sandbox/functions/run-functions.ts'
import { expandAppNamespace } from '#sandbox/graphql/app-identity.ts'
import { setFaults } from '#sandbox/graphql/faults.ts'
import { metafieldsOf } from '#sandbox/graphql/resolvers/metafield.ts'

const ROOT = `/storefront/${HANDLE}`
const VALIDATION = 'gid://shopify/Validation/1'
const DISCOUNT = 'gid://shopify/DiscountAutomaticNode/1'
/** Local times of the toy shop, Europe/Paris. */
const OPEN = '2026-12-05T18:00:00+01:00'
const CLOSE = '2026-12-05T20:00:00+01:00'
const NEVER = '1970-01-01T00:00:00'

const BUYER = {
  step: 'pay',
  email: 'noor@post.example',
  firstName: 'Noor',
  lastName: 'Haddad',
  address: 'Rue 1',
  city: 'Lyon',
  postalCode: '69001',
  shipping: 'standard',
  payment: 'paid',
}

interface Setup {
  rule?: Record<string, unknown>
  prices?: unknown
  blockOnFailure?: boolean
  combines?: boolean
}

/** The toy shop with a drop of its fern ring: early access from 17:00 for VIPs, open from 18:00 to 20:00. */
async function dropShop({ rule = {}, prices, blockOnFailure = true, combines = false }: Setup = {}) {
  const world = await startToyWorld()
  onTestFinished(() => world.stop())
  const { sandbox, sandboxUrl } = world
  const state = sandbox.shop(SHOP)
  state.shop.timeZone = 'Europe/Paris'
  const ring = Object.values(state.products).find(({ handle }) => handle === 'fern-ring')
  const variant = ring?.variants[0]
  if (!ring || !variant) throw new Error('no fern ring')
  const keep = (owner: string, key: string, value: unknown) =>
    metafieldsOf(state, owner).push({
      id: sandbox.nextId('metafield'),
      namespace: expandAppNamespace('$app'),
      key,
      type: 'json',
      value: JSON.stringify(value),
    })
  const slots: Record<string, unknown> = { tags: ['vip'] }
  for (let slot = 0; slot < 8; slot += 1) Object.assign(slots, { [`s${slot}a`]: NEVER, [`s${slot}b`]: NEVER })
  Object.assign(slots, { s0a: '2026-12-05T17:00:00', s0b: '2026-12-05T17:59:59' })
  Object.assign(slots, { s1a: '2026-12-05T18:00:00', s1b: '2026-12-05T19:59:59' })
  const drop = {
    id: 'fern',
    title: 'Fern',
    products: [ring.id],
    early: 0,
    open: 1,
    from: OPEN,
    to: CLOSE,
    earlyFrom: Date.parse('2026-12-05T17:00:00+01:00') / 1000,
    tags: ['vip'],
    ...rule,
  }
  state.validations = {
    '1': { id: '1', title: 'Gate', functionHandle: 'drop-gate', enabled: true, blockOnFailure },
  }
  keep(VALIDATION, 'windows', slots)
  keep(VALIDATION, 'rules', { v: 1, drops: [drop] })
  if (prices !== undefined) {
    state.automaticDiscounts = {
      '1': {
        id: '1',
        title: 'Drop price',
        functionHandle: 'drop-price',
        startsAt: '2026-01-01T00:00:00.000Z',
        endsAt: null,
        status: 'ACTIVE',
        classes: ['PRODUCT'],
        combinesWith: { orderDiscounts: false, productDiscounts: combines, shippingDiscounts: false },
        appliesOnOneTimePurchase: true,
        appliesOnSubscription: true,
        usageCount: 0,
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-01-01T00:00:00.000Z',
      },
    }
    keep(DISCOUNT, 'windows', slots)
    keep(DISCOUNT, 'prices', [{ products: [ring.id], slots: [0, 1], title: 'Fern', ...(prices as object) }])
  }
  const moveTo = (at: string) => sandbox.clock.setOffset(Date.parse(at) - Date.now())
  let cookie = ''
  const shop = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${sandboxUrl}${ROOT}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, ...(cookie && { cookie }) },
    })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  }
  const post = (path: string, body: unknown) =>
    shop(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const pay = (change: Partial<typeof BUYER> = {}) =>
    shop('/checkout', { method: 'POST', body: new URLSearchParams({ ...BUYER, ...change }) })
  const add = (quantity = 1) => post('/cart/add.js', { id: variant.id, quantity })
  const signIn = (email: string) => post('/account/login', { email })
  const config = (owner: string, key: string) => {
    const found = metafieldsOf(state, owner).find((one) => one.key === key)
    if (!found) throw new Error(`no ${key}`)
    return found
  }
  return { sandbox, state, variant, shop, post, pay, add, signIn, moveTo, config }
}

test('before the opening the cart, a link to checkout and the payment are refused, and told when it opens', async () => {
  const { state, variant, shop, pay, add, moveTo } = await dropShop()
  moveTo('2026-12-05T16:40:00+01:00')
  const refused = await add()
  expect(refused.status).toBe(422)
  const words = '“Fern” can be bought from 5 December 2026, 18:00 to 20:00 (UTC+1).'
  expect(await refused.json()).toMatchObject({ status: 422, description: words })
  const link = await shop(`/cart/${variant.id}:1`)
  expect(link.headers.get('location')).toBe(`${ROOT}/checkout`)
  expect(await (await shop('/checkout')).text()).toContain(words)
  const paid = await pay()
  expect(paid.status).toBe(422)
  expect(await paid.text()).toContain(words)
  expect(Object.keys(state.orders)).toHaveLength(0)
})

test('it opens and closes on the second, without anybody doing anything', async () => {
  const { state, variant, shop, pay, add, moveTo } = await dropShop()
  moveTo('2026-12-05T18:00:00+01:00')
  expect((await add()).status).toBe(200)
  expect((await pay()).status).toBe(303)
  expect(Object.keys(state.orders)).toHaveLength(1)
  await shop(`/cart/${variant.id}:1`)
  moveTo('2026-12-05T20:00:00+01:00')
  expect((await pay()).status).toBe(422)
  expect(Object.keys(state.orders)).toHaveLength(1)
})

test('in early access a signed-in VIP may buy, others may not; other pieces are sold to all', async () => {
  const { state, shop, pay, add, signIn, moveTo, post } = await dropShop()
  moveTo('2026-12-05T17:30:00+01:00')
  expect(await (await add()).json()).toMatchObject({ description: expect.stringContaining('early access') })
  const other = Object.values(state.products).find(({ handle }) => handle !== 'fern-ring')
  expect((await post('/cart/add.js', { id: other?.variants[0]?.id })).status).toBe(200)
  await post('/cart/clear.js', {})
  const customer = {
    id: '77',
    firstName: 'Ada',
    lastName: 'Moss',
    email: 'ada@post.example',
    phone: null,
    tags: ['VIP'],
    createdAt: OPEN,
    redactedAt: null,
  }
  state.customers['77'] = customer
  expect((await signIn('nobody@post.example')).status).toBe(422)
  await signIn('ada@post.example')
  expect((await add()).status).toBe(200)
  expect(await (await shop('/checkout')).text()).not.toContain('early access')
  expect((await pay({ email: 'ada@post.example' })).status).toBe(303)
})

test('a held claim is paid through its link outside the window, and its unit is nobody else’s meanwhile', async () => {
  const { sandbox, state, variant, shop, pay, post, moveTo } = await dropShop()
  moveTo('2026-12-05T20:05:00+01:00')
  const level = Object.values(state.inventoryLevels).find(
    ({ inventoryItemId }) => inventoryItemId === variant.inventoryItemId,
  )
  if (!level) throw new Error('no stock')
  level.available = 1
  const created = createDraftOrder(sandbox, state, {
    email: null,
    customerId: null,
    lines: [{ variantId: variant.id, quantity: 1, discount: { title: 'Drop', fraction: '0.1' } }],
    customAttributes: [{ key: '_filigree_claim', value: 'c1' }],
    note: '',
    tags: ['drop'],
    acceptAutomaticDiscounts: false,
    reserveInventoryUntil: '2026-12-05T19:20:00.000Z',
  })
  if (!created.ok) throw new Error(created.message)
  const { token } = created.draft
  const gate = state.validations
  state.validations = {}
  expect(await (await post('/cart/add.js', { id: variant.id })).json()).toMatchObject({
    status: 422,
    description: expect.stringContaining('not available'),
  })
  state.validations = gate
  expect((await shop(`/invoices/${token}`)).headers.get('location')).toBe(`${ROOT}/checkout`)
  expect(await (await shop('/checkout')).text()).toContain('Pay €168.00')
  expect((await pay()).status).toBe(303)
  const [order] = Object.values(state.orders)
  expect(order).toMatchObject({ tags: ['drop'], currentTotal: { shop: '168.00' } })
  expect(order?.customAttributes).toContainEqual({ key: '_filigree_claim', value: 'c1' })
  expect(level).toMatchObject({ available: 0, reserved: 0 })
  expect((await shop(`/invoices/${token}`)).status).toBe(410)
  expect((await shop('/invoices/nobody')).status).toBe(404)
})

test('who changes the bag of an invoice is back under the rules of the shop', async () => {
  const { sandbox, state, variant, shop, pay, post, moveTo } = await dropShop()
  moveTo('2026-12-05T20:05:00+01:00')
  const created = createDraftOrder(sandbox, state, {
    email: null,
    customerId: null,
    lines: [{ variantId: variant.id, quantity: 1, discount: null }],
    customAttributes: [],
    note: '',
    tags: [],
    acceptAutomaticDiscounts: false,
    reserveInventoryUntil: null,
  })
  if (!created.ok) throw new Error(created.message)
  await shop(`/invoices/${created.draft.token}`)
  expect((await post('/cart/update.js', { note: 'mine' })).status).toBe(200)
  expect((await pay()).status).toBe(422)
  expect(Object.keys(state.orders)).toHaveLength(0)
})

test('the refusal speaks the buyer’s language', async () => {
  const { variant, shop, moveTo } = await dropShop()
  moveTo('2026-12-05T12:00:00+01:00')
  await shop(`/cart/${variant.id}:1?locale=de`)
  expect(await (await shop('/checkout')).text()).toContain('„Fern“ ist in dieser Zeit erhältlich')
})

test('a customer’s limit counts what was bought before; taking pieces out of a bag is never refused', async () => {
  const { sandbox, state, variant, pay, add, post, moveTo } = await dropShop({ rule: { limit: 2 } })
  moveTo('2026-12-05T18:30:00+01:00')
  expect((await add(3)).status).toBe(422)
  expect((await add(2)).status).toBe(200)
  expect((await pay()).status).toBe(303)
  const [customer] = Object.values(state.customers)
  state.ownerMetafields = {
    ...state.ownerMetafields,
    [`gid://shopify/Customer/${customer?.id}`]: [
      {
        id: sandbox.nextId('metafield'),
        namespace: expandAppNamespace('$app'),
        key: 'bought',
        type: 'json',
        value: '{"fern":1}',
      },
    ],
  }
  await add(2)
  const refused = await pay()
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('You have already bought 1.')
  moveTo('2026-12-05T21:00:00+01:00')
  expect((await post('/cart/change.js', { id: variant.id, quantity: 1 })).status).toBe(200)
  expect((await post('/cart/update.js', { attributes: { gift: 'yes' } })).status).toBe(200)
  expect((await post('/cart/change.js', { id: variant.id, quantity: 2 })).status).toBe(422)
})

test('a gate that fails stops the checkout where it was installed to, and the run is on record', async () => {
  const broken = await dropShop({ rule: { from: 5 } })
  broken.moveTo('2026-12-05T18:30:00+01:00')
  expect(await (await broken.add()).json()).toMatchObject({ description: FAILURE_MESSAGE })
  expect(functionRunsOf(broken.sandbox)[0]).toMatchObject({
    handle: 'drop-gate',
    ok: false,
    message: expect.stringContaining('crashed'),
  })
  const lenient = await dropShop({ rule: { from: 5 }, blockOnFailure: false })
  lenient.moveTo('2026-12-05T18:30:00+01:00')
  expect((await lenient.add()).status).toBe(200)
  const bare = await dropShop()
  bare.moveTo('2026-12-05T18:30:00+01:00')
  bare.config(VALIDATION, 'windows').value = '{"tags":[]}'
  expect((await bare.add()).status).toBe(422)
  expect(functionRunsOf(bare.sandbox)[0]?.message).toMatch(/s0a/)
})

test('a changed rule reaches the checkout after the delay of Shopify’s copies, a loaded window at once', async () => {
  const { sandbox, shop, add, moveTo, config } = await dropShop()
  setFaults(sandbox, { functionConfigDelayMs: 60_000 })
  moveTo('2026-12-05T18:30:00+01:00')
  const rules = config(VALIDATION, 'rules')
  overwriteMetafield(sandbox, rules, rules.value.replace('"tags":["vip"]', '"tags":["vip"],"held":true'))
  moveTo('2026-12-05T18:30:30+01:00')
  expect((await add()).status).toBe(200)
  moveTo('2026-12-05T18:31:20+01:00')
  expect(await (await shop('/checkout')).text()).toContain('paused at the moment')
})

test('the drop’s price is shown, paid, and net in the order’s sales', async () => {
  const { sandbox, state, shop, pay, add, moveTo } = await dropShop({ prices: { bps: 1000 } })
  moveTo('2026-12-05T18:30:00+01:00')
  expect(await (await add(2)).json()).toMatchObject({
    total_discount: 3600,
    line_level_discount_allocations: [
      { amount: 3600, discount_application: { type: 'automatic', title: 'Fern' } },
    ],
  })
  expect(await (await shop('/checkout')).text()).toContain('Pay €330.00')
  await pay()
  const [order] = Object.values(state.orders)
  expect(order).toMatchObject({
    currentTotal: { shop: '330.00' },
    discountCodes: [],
    lineItems: [{ discount: { shop: '36.00' }, automaticDiscount: { id: '1', title: 'Fern' } }],
  })
  const goods = order?.agreements[0]?.sales.find(({ lineType }) => lineType === 'PRODUCT')
  expect(goods).toMatchObject({ total: { shop: '324.00' }, discountAfterTaxes: { shop: '36.00' } })
  expect(state.automaticDiscounts?.['1']?.usageCount).toBe(1)
  expect(functionRunsOf(sandbox).every(({ ok }) => ok)).toBe(true)
})

test('outside its window a piece costs what it always does', async () => {
  const { state, variant, shop, moveTo, sandbox } = await dropShop({ prices: { amount: '15.00' } })
  state.validations = {}
  moveTo('2026-12-05T21:00:00+01:00')
  await shop(`/cart/${variant.id}:1`)
  expect((await (await shop('/cart.js')).json()).total_discount).toBe(0)
  moveTo('2026-12-05T19:59:00+01:00')
  expect((await (await shop('/cart.js')).json()).total_discount).toBe(1500)
  expect(functionRunsOf(sandbox)[0]).toMatchObject({ handle: 'drop-price', ok: true })
})

test('a code and the drop’s price: the buyer has the better one on a piece, never both', async () => {
  for (const [bps, discount] of [
    [500, 1800],
    [2000, 3600],
  ]) {
    const { shop, add, moveTo } = await dropShop({ prices: { bps } })
    moveTo('2026-12-05T18:30:00+01:00')
    await add()
    await shop('/discount/MARA10')
    expect((await (await shop('/cart.js')).json()).total_discount).toBe(discount)
  }
})
