import { expect, test } from 'vitest'
import { openAdmin } from '../ask-admin.ts'
import { SAMPLE_SHOP } from '../sample-shop.ts'

const ITEM = 'gid://shopify/InventoryItem/511'
const PLACE = 'gid://shopify/Location/41'
const MOVE = `mutation($input: InventoryMoveQuantitiesInput!, $key: String!) {
  inventoryMoveQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id changes { name delta quantityAfterChange } } userErrors { field code message }
  }
}`

function reserve(quantity: number, change: Record<string, unknown> = {}) {
  return {
    reason: 'reservation_created',
    referenceDocumentUri: 'gid://filigree/Drop/1',
    changes: [
      {
        inventoryItemId: ITEM,
        quantity,
        from: { locationId: PLACE, name: 'available', changeFromQuantity: 5 },
        to: {
          locationId: PLACE,
          name: 'reserved',
          changeFromQuantity: null,
          ledgerDocumentUri: 'gid://filigree/Wave/1',
        },
        ...change,
      },
    ],
  }
}

function levelOf({ sandbox }: ReturnType<typeof openAdmin>) {
  const { available, reserved, onHand } = sandbox.shop(SAMPLE_SHOP).inventoryLevels['51'] ?? {}
  return { available, reserved, onHand }
}

test('the same key moves once and answers the same; other input under it is refused', async () => {
  const admin = openAdmin()
  const topics: string[] = []
  admin.sandbox.subscribe(({ topic }) => topics.push(topic))
  const first = await admin.ask(MOVE, { input: reserve(2), key: 'k1' })
  expect(first.data.inventoryMoveQuantities).toMatchObject({
    inventoryAdjustmentGroup: {
      changes: [
        { name: 'available', delta: -2, quantityAfterChange: 3 },
        { name: 'reserved', delta: 2 },
      ],
    },
    userErrors: [],
  })
  const again = await admin.ask(MOVE, { input: reserve(2), key: 'k1' })
  expect(again.data).toEqual(first.data)
  const other = await admin.ask(MOVE, { input: reserve(1), key: 'k1' })
  expect(other.data.inventoryMoveQuantities.userErrors[0].code).toBe('IDEMPOTENCY_KEY_PARAMETER_MISMATCH')
  expect(levelOf(admin)).toEqual({ available: 3, reserved: 2, onHand: 6 })
  expect(topics).toEqual(['inventory_levels/update'])
})

test('without a key nothing happens', async () => {
  const admin = openAdmin()
  const bare = MOVE.replace(' @idempotent(key: $key)', '').replace(', $key: String!', '')
  const answer = await admin.ask(bare, { input: reserve(2) })
  expect(answer.errors[0]?.message).toBe(
    'The @idempotent directive is required for this mutation but was not provided.',
  )
  expect(levelOf(admin).reserved).toBe(0)
})

test('a key where Shopify knows none is refused', async () => {
  const answer = await openAdmin().ask(
    'mutation { appUninstall @idempotent(key: "k") { userErrors { message } } }',
  )
  expect(answer.errors[0]?.message).toMatch(/not supported on appUninstall/)
})

test.each<[string, ReturnType<typeof reserve>]>([
  ['INVALID_QUANTITY_NEGATIVE', reserve(-1)],
  ['INVALID_INVENTORY_ITEM', reserve(1, { inventoryItemId: 'gid://shopify/InventoryItem/9' })],
  ['INVALID_REASON', { ...reserve(1), reason: 'because' }],
  ['INVALID_REFERENCE_DOCUMENT', { ...reserve(1), referenceDocumentUri: 'no uri' }],
  [
    'SAME_QUANTITY_NAME',
    reserve(1, { to: { locationId: PLACE, name: 'available', changeFromQuantity: null } }),
  ],
  [
    'INVALID_QUANTITY_NAME',
    reserve(1, { to: { locationId: PLACE, name: 'nowhere', changeFromQuantity: null } }),
  ],
  [
    'INVALID_QUANTITY_DOCUMENT',
    reserve(1, { to: { locationId: PLACE, name: 'reserved', changeFromQuantity: null } }),
  ],
  [
    'CHANGE_FROM_QUANTITY_STALE',
    reserve(1, { from: { locationId: PLACE, name: 'available', changeFromQuantity: 4 } }),
  ],
])('%s stops the whole call', async (code, input) => {
  const admin = openAdmin()
  const { data } = await admin.ask(MOVE, { input, key: 'k' })
  expect(data.inventoryMoveQuantities.inventoryAdjustmentGroup).toBeNull()
  expect(data.inventoryMoveQuantities.userErrors.map((error: { code: string }) => error.code)).toContain(code)
  expect(levelOf(admin)).toEqual({ available: 5, reserved: 0, onHand: 6 })
})

test('a refused attempt does not use up its key', async () => {
  const admin = openAdmin()
  await admin.ask(MOVE, { input: reserve(-1), key: 'k' })
  const { data } = await admin.ask(MOVE, { input: reserve(1), key: 'k' })
  expect(data.inventoryMoveQuantities.userErrors).toEqual([])
})

test('what is not reserved cannot be released', async () => {
  const admin = openAdmin()
  const release = reserve(1, {
    from: {
      locationId: PLACE,
      name: 'reserved',
      changeFromQuantity: 0,
      ledgerDocumentUri: 'gid://filigree/Wave/1',
    },
    to: { locationId: PLACE, name: 'available', changeFromQuantity: null },
  })
  const { data } = await admin.ask(MOVE, { input: release, key: 'k' })
  expect(data.inventoryMoveQuantities.userErrors[0].code).toBe('INVALID_QUANTITY_NEGATIVE')
})

test('setting what is on hand moves what is available', async () => {
  const admin = openAdmin()
  const set = `mutation($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) @idempotent(key: "s") {
    userErrors { code } inventoryAdjustmentGroup { changes { delta quantityAfterChange item { sku } location { name } } } } }`
  const quantities = [{ inventoryItemId: ITEM, locationId: PLACE, quantity: 10, changeFromQuantity: 6 }]
  const { data } = await admin.ask(set, { input: { name: 'on_hand', reason: 'correction', quantities } })
  expect(data.inventorySetQuantities.inventoryAdjustmentGroup.changes).toEqual([
    { delta: 4, quantityAfterChange: 10, item: { sku: 'SKU-11' }, location: { name: 'Workshop' } },
  ])
  expect(levelOf(admin)).toEqual({ available: 9, reserved: 0, onHand: 10 })
})

test('an adjustment adds to what is available', async () => {
  const admin = openAdmin()
  const adjust = `mutation($input: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $input) @idempotent(key: "a") { userErrors { code } } }`
  const changes = [{ inventoryItemId: ITEM, locationId: PLACE, delta: -2 }]
  const { data } = await admin.ask(adjust, { input: { name: 'available', reason: 'shrinkage', changes } })
  expect(data.inventoryAdjustQuantities.userErrors).toEqual([])
  expect(levelOf(admin)).toEqual({ available: 3, reserved: 0, onHand: 4 })
})

test('the comparison has to be given, if only as null', async () => {
  const admin = openAdmin()
  const from = { locationId: PLACE, name: 'available' }
  const { errors } = await admin.ask(MOVE, { input: reserve(1, { from }), key: 'k' })
  expect(errors[0]?.message).toMatch(/changeFromQuantity/)
  expect(levelOf(admin).reserved).toBe(0)
})

test.each([
  ['INTERNAL_LEDGER_DOCUMENT', 'gid://shopify/Order/1'],
  ['INVALID_LEDGER_DOCUMENT', 'wave one'],
])('%s', async (code, ledgerDocumentUri) => {
  const to = { locationId: PLACE, name: 'reserved', changeFromQuantity: null, ledgerDocumentUri }
  const { data } = await openAdmin().ask(MOVE, { input: reserve(1, { to }), key: 'k' })
  expect(data.inventoryMoveQuantities.userErrors[0].code).toBe(code)
})

test('one call names at most two ledger documents', async () => {
  const input = reserve(1)
  const [change] = input.changes
  const changes = [1, 2, 3].map((wave) => ({
    ...change,
    to: { ...change?.to, ledgerDocumentUri: `gid://filigree/Wave/${wave}` },
  }))
  const { data } = await openAdmin().ask(MOVE, { input: { ...input, changes }, key: 'k' })
  expect(data.inventoryMoveQuantities.userErrors[0].code).toBe('MAXIMUM_LEDGER_DOCUMENT_URIS')
})
