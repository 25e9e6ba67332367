import { isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { KEY_REQUIRED } from '../idempotency.ts'
import { adminSchema } from '../schema.ts'
import { resolvers } from './registry.ts'

test('every resolver belongs to a field of the published schema', () => {
  const strangers = Object.entries(resolvers).flatMap(([typeName, fields]) => {
    const type = adminSchema().getType(typeName)
    if (!isObjectType(type)) return [typeName]
    return Object.keys(fields)
      .filter((field) => !type.getFields()[field])
      .map((field) => `${typeName}.${field}`)
  })
  expect(strangers).toEqual([])
})

test('every mutation that must carry a key exists', () => {
  const mutations = adminSchema().getMutationType()?.getFields() ?? {}
  expect([...KEY_REQUIRED].filter((name) => !mutations[name])).toEqual([])
})
