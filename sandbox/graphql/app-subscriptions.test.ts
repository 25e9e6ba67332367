import { expect, test } from 'vitest'
import { approveSubscription, declineSubscription } from './app-subscriptions.ts'
import { openAdmin } from './ask-admin.ts'
import { SAMPLE_SHOP } from './sample-shop.ts'

const CREATE = `mutation($amount: Decimal!) {
  appSubscriptionCreate(name: "Studio", returnUrl: "https://app.example/billing", trialDays: 7, test: true,
    lineItems: [{plan: {appRecurringPricingDetails: {price: {amount: $amount, currencyCode: USD}}}}]) {
    appSubscription { id status } confirmationUrl userErrors { field message }
  }
}`
const ACTIVE = '{ currentAppInstallation { activeSubscriptions { id name status currentPeriodEnd } } }'

test('a subscription is pending until the merchant approves, and replaces the one before', async () => {
  const { sandbox, ask } = openAdmin()
  const create = async () => (await ask(CREATE, { amount: '29.00' })).data.appSubscriptionCreate
  const first = await create()
  expect(first.confirmationUrl).toMatch(
    /^https:\/\/admin\.shopify\.com\/store\/lumen-atelier\/charges\/filigree-local-key\/\d+\/RecurringApplicationCharge\/confirm_recurring\?signature=/,
  )
  expect((await ask(ACTIVE)).data.currentAppInstallation.activeSubscriptions).toEqual([])
  const idOf = (created: { appSubscription: { id: string } }) =>
    created.appSubscription.id.split('/').at(-1) ?? ''
  approveSubscription(sandbox, SAMPLE_SHOP, idOf(first))
  const second = await create()
  approveSubscription(sandbox, SAMPLE_SHOP, idOf(second))
  const { activeSubscriptions } = (await ask(ACTIVE)).data.currentAppInstallation
  expect(activeSubscriptions).toMatchObject([{ id: second.appSubscription.id, status: 'ACTIVE' }])
  expect(declineSubscription(sandbox, SAMPLE_SHOP, idOf(second))).toMatchObject({
    ok: false,
    reason: 'not_pending',
  })
})

test('a price of nothing is a user error', async () => {
  const { data } = await openAdmin().ask(CREATE, { amount: '0' })
  expect(data.appSubscriptionCreate).toMatchObject({
    appSubscription: null,
    confirmationUrl: null,
    userErrors: [{ field: ['lineItems', '0', 'plan'] }],
  })
})

test('only an active subscription can be cancelled', async () => {
  const { sandbox, ask } = openAdmin()
  const cancel =
    'mutation($id: ID!) { appSubscriptionCancel(id: $id) { appSubscription { status } userErrors { message } } }'
  const { id } = (await ask(CREATE, { amount: '29' })).data.appSubscriptionCreate.appSubscription
  expect((await ask(cancel, { id })).data.appSubscriptionCancel.userErrors).toHaveLength(1)
  approveSubscription(sandbox, SAMPLE_SHOP, id.split('/').at(-1))
  expect((await ask(cancel, { id })).data.appSubscriptionCancel).toEqual({
    appSubscription: { status: 'CANCELLED' },
    userErrors: [],
  })
})

test('appUninstall removes the app and its token', async () => {
  const { ask } = openAdmin()
  const { data } = await ask('mutation { appUninstall { app { id } userErrors { message } } }')
  expect(data.appUninstall).toEqual({ app: { id: 'gid://shopify/App/1000001' }, userErrors: [] })
  expect((await ask('{ shop { id } }')).status).toBe(401)
})
