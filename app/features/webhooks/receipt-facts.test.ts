import { expect, test } from 'vitest'
import { readReceiptFacts } from './receipt-facts.ts'
import type { WebhookTopic } from './webhook-topics.ts'

const keyOf = (id: bigint) => `key-of-${id}`

test.each<[WebhookTopic, unknown, unknown]>([
  ['orders/paid', { id: 7, email: 'a@b.example' }, { resourceId: 7n, facts: {} }],
  ['orders/paid', { id: '7' }, { resourceId: 7n, facts: {} }],
  [
    'orders/create',
    { id: 9.3e18, admin_graphql_api_id: 'gid://shopify/Order/123456789012345678' },
    { resourceId: 123456789012345678n, facts: {} },
  ],
  ['orders/edited', { order_edit: { id: 3, order_id: 7 } }, { resourceId: 7n, facts: { editId: '3' } }],
  ['refunds/create', { id: 4, order_id: 7 }, { resourceId: 7n, facts: { refundId: '4' } }],
  [
    'refunds/create',
    {
      id: 4,
      order_id: 7,
      transactions: [
        {
          kind: 'refund',
          status: 'success',
          amount: '12.50',
          currency: 'USD',
          receipt: { email: 'a@b.example' },
        },
        { kind: 'refund', status: 'failure', amount: '1.00', currency: 'USD' },
      ],
    },
    { resourceId: 7n, facts: { refundId: '4', refunded: ['12.50 USD'] } },
  ],
  ['returns/process', { id: 5, order: { id: 7 } }, { resourceId: 7n, facts: { returnId: '5' } }],
  ['disputes/update', { id: 6, order_id: null }, { resourceId: 6n, facts: {} }],
  [
    'inventory_levels/update',
    { inventory_item_id: 8, location_id: 2 },
    { resourceId: 8n, facts: { locationId: '2' } },
  ],
  ['app/scopes_update', { current: ['read_orders'] }, { resourceId: null, facts: {} }],
  [
    'customers/redact',
    { customer: { id: 31, email: 'a@b.example' }, orders_to_redact: [1, '2', null] },
    { resourceId: null, facts: { customerKey: 'key-of-31', emailKey: 'mail-of-11', orderIds: ['1', '2'] } },
  ],
  ['customers/data_request', {}, { resourceId: null, facts: { orderIds: [] } }],
  ['shop/redact', { shop_id: 1 }, { resourceId: null, facts: {} }],
])('%s of %j', (topic, payload, expected) => {
  expect(
    readReceiptFacts(topic, payload, {
      customerKeyOf: keyOf,
      emailKeyOf: (email) => `mail-of-${email.length}`,
    }),
  ).toEqual(expected)
})

test.each([null, [], 'text', 5, { id: null }, { id: -1 }, { id: {} }, { id: 'x' }])(
  'a payload such as %j names nothing',
  (payload) => {
    expect(
      readReceiptFacts('orders/create', payload, {
        customerKeyOf: keyOf,
        emailKeyOf: (email) => `mail-of-${email.length}`,
      }),
    ).toEqual({ resourceId: null, facts: {} })
  },
)
