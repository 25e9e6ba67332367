import { expect, test } from 'vitest'
import { writeSampleApp } from '#sandbox/functions/function-sample.test-support.ts'
import { type Admin, openAdmin } from '../ask-admin.ts'

const appToml = writeSampleApp()

function openShop(scopes?: string[]): Admin {
  const admin = openAdmin(scopes)
  admin.sandbox.options.appTomlPath = appToml
  return admin
}

const CREATE = `mutation($validation: ValidationCreateInput!) { validationCreate(validation: $validation) {
  validation { id title enabled blockOnFailure shopifyFunction { handle apiType } metafield(namespace: "$app", key: "rules") { value } }
  userErrors { field code message } } }`
const UPDATE = `mutation($id: ID!, $validation: ValidationUpdateInput!) { validationUpdate(id: $id, validation: $validation) {
  validation { enabled blockOnFailure metafield(namespace: "$app", key: "rules") { value ownerType } } userErrors { code } } }`
const RULES = { namespace: '$app', key: 'rules', type: 'json', value: '{"v":1}' }
const GATE = { functionHandle: 'gate', enable: true, blockOnFailure: true, metafields: [RULES] }

async function createGate(admin: Admin): Promise<string> {
  const { data } = await admin.ask(CREATE, { validation: GATE })
  expect(data.validationCreate.userErrors).toEqual([])
  return data.validationCreate.validation.id as string
}

test('a validation is created with its metafields, listed and deleted', async () => {
  const admin = openShop()
  const id = await createGate(admin)
  const { data } = await admin.ask(
    '{ validations(first: 5) { nodes { id title enabled blockOnFailure shopifyFunction { handle apiType } } } }',
  )
  expect(data.validations.nodes).toEqual([
    {
      id,
      title: 'gate',
      enabled: true,
      blockOnFailure: true,
      shopifyFunction: { handle: 'gate', apiType: 'cart_checkout_validation' },
    },
  ])
  const remove = 'mutation($id: ID!) { validationDelete(id: $id) { deletedId userErrors { code } } }'
  expect((await admin.ask(remove, { id })).data.validationDelete).toEqual({ deletedId: id, userErrors: [] })
  expect((await admin.ask(remove, { id })).data.validationDelete.userErrors[0].code).toBe('NOT_FOUND')
})

test('an update that leaves a switch out turns it off: the published defaults', async () => {
  const admin = openShop()
  const id = await createGate(admin)
  const { data } = await admin.ask(UPDATE, {
    id,
    validation: { metafields: [{ ...RULES, value: '{"v":2}' }] },
  })
  expect(data.validationUpdate.validation).toEqual({
    enabled: false,
    blockOnFailure: false,
    metafield: { value: '{"v":2}', ownerType: 'VALIDATION' },
  })
})

test('its metafields can be set beside it, with the scope of validations', async () => {
  const admin = openShop()
  const ownerId = await createGate(admin)
  const set =
    'mutation($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { metafields { value } userErrors { code } } }'
  const { data } = await admin.ask(set, { m: [{ ...RULES, ownerId, value: '{"v":3}' }] })
  expect(data.metafieldsSet).toEqual({ metafields: [{ value: '{"v":3}' }], userErrors: [] })
})

test.each([
  ['FUNCTION_NOT_FOUND', { functionHandle: 'nobody' }],
  ['FUNCTION_DOES_NOT_IMPLEMENT', { functionHandle: 'price' }],
  ['MISSING_FUNCTION_IDENTIFIER', {}],
  ['INVALID_VALUE', { ...GATE, metafields: [{ ...RULES, value: '{' }] }],
])('%s', async (code, validation) => {
  const admin = openShop()
  const { data } = await admin.ask(CREATE, { validation })
  expect(data.validationCreate.validation).toBeNull()
  expect(data.validationCreate.userErrors[0].code).toBe(code)
})

test('a shop has at most 25 validations switched on', async () => {
  const admin = openShop()
  for (let count = 0; count < 25; count += 1) await createGate(admin)
  const { data } = await admin.ask(CREATE, { validation: GATE })
  expect(data.validationCreate.userErrors[0].code).toBe('MAX_VALIDATIONS_ACTIVATED')
})

test('functions are listed by their kind, without any scope', async () => {
  const { data } = await openShop(['read_products']).ask(
    '{ shopifyFunctions(first: 5, apiType: "discount") { nodes { handle apiVersion title appKey } } }',
  )
  expect(data.shopifyFunctions.nodes).toEqual([
    { handle: 'price', apiVersion: '2026-10', title: 'price', appKey: 'filigree-local-key' },
  ])
})

test('validations need their scope', async () => {
  const { errors } = await openShop(['read_products']).ask(CREATE, { validation: GATE })
  expect(errors[0]?.message).toMatch(/write_validations/)
})
