// shopify.app.toml and every shopify.extension.toml, by the schemas inside Shopify's own CLI. A key that the CLI does not know is a mistake here, though the CLI would pass it by.
import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import { readFunctionExtensions } from '#sandbox/functions/function-extensions.ts'

interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  minLength?: number
  maxLength?: number
}

const root = path.join(import.meta.dirname, '../..')
const { schemas } = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, 'cli-config.json'), 'utf8'),
) as {
  schemas: Record<string, Schema>
}

function problemsOf(schema: Schema | undefined, value: unknown, where: string): string[] {
  if (!schema) return [`${where}: there is no schema`]
  if (schema.anyOf) {
    const all = schema.anyOf.map((one) => problemsOf(one, value, where))
    return all.some((problems) => problems.length === 0) ? [] : (all[0] ?? [])
  }
  if (schema.enum && !schema.enum.includes(value))
    return [`${where}: ${String(value)} is none of ${schema.enum.join(', ')}`]
  if (schema.const !== undefined && schema.const !== value)
    return [`${where}: is not ${String(schema.const)}`]
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${where}: is no list`]
    return value.flatMap((one, index) => problemsOf(schema.items, one, `${where}[${index}]`))
  }
  if (schema.type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${where}: is no table`]
    const { properties, required = [] } = schema
    const missing = required
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => `${where}.${name}: is missing`)
    if (!properties) return missing
    const inner = Object.entries(value).flatMap(([name, one]) =>
      properties[name]
        ? problemsOf(properties[name], one, `${where}.${name}`)
        : [`${where}.${name}: is unknown`],
    )
    return [...missing, ...inner]
  }
  if (schema.type && typeof value !== schema.type) return [`${where}: is no ${schema.type}`]
  const length = typeof value === 'string' ? value.length : 0
  if (length > (schema.maxLength ?? length) || length < (schema.minLength ?? length))
    return [`${where}: has ${length} characters`]
  return []
}

function readToml(file: string): Record<string, unknown> {
  return parse(fs.readFileSync(path.join(root, file), 'utf8'))
}

function extensionProblems(text: Record<string, unknown>): string[] {
  const { extensions, ...shared } = text as { extensions: Array<Record<string, unknown>> }
  return extensions.flatMap((extension) =>
    problemsOf(schemas[String(extension.type)], { ...shared, ...extension }, String(extension.handle)),
  )
}

/** What the theme's files are built from is no extension. */
const SOURCES = 'filigree-theme-src'
const tomls = fs
  .readdirSync(path.join(root, 'extensions'))
  .filter((name) => name !== SOURCES)
  .map((name) => `extensions/${name}/shopify.extension.toml`)

test.each(tomls)('%s is what the CLI takes', (file) => expect(extensionProblems(readToml(file))).toEqual([]))

test('the app’s proxy and its compliance topics are what the CLI takes', () => {
  const { app_proxy, webhooks } = readToml('shopify.app.toml')
  expect(problemsOf(schemas.app_proxy?.properties?.app_proxy, app_proxy, 'app_proxy')).toEqual([])
  expect(Object.keys(webhooks as object).sort()).toEqual(['api_version', 'subscriptions'])
})

test('mistakes show', () => {
  const gate = () =>
    readToml('extensions/drop-gate/shopify.extension.toml') as { extensions: Array<Record<string, unknown>> }
  const changed = (change: Record<string, unknown>) => {
    const text = gate()
    return extensionProblems({ ...text, extensions: [{ ...text.extensions[0], ...change }] })
  }
  expect(changed({ targets: [] })).toEqual(['drop-gate.targets: is unknown'])
  expect(changed({ targeting: [{ input_query: 'x' }] })).toEqual([
    'drop-gate.targeting[0].target: is missing',
  ])
  expect(changed({ input: { variables: { key: 'windows' } } })).toEqual([
    'drop-gate.input.variables.namespace: is missing',
  ])
  expect(changed({ handle: 'x'.repeat(51) })[0]).toMatch(/51 characters/)
  expect(changed({ type: 'functions' })).toEqual(['drop-gate: there is no schema'])
})

test('each function names a version, its query is valid, and its package has what Shopify’s compiler needs', () => {
  for (const { folder, apiVersion, variables } of readFunctionExtensions(
    path.join(root, 'shopify.app.toml'),
  )) {
    expect(apiVersion).toBe('2026-10')
    expect(variables).toEqual({ namespace: '$app', key: 'windows' })
    const own = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
    const { dependencies, devDependencies } = JSON.parse(
      fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
    )
    const house = { ...devDependencies, ...dependencies }
    expect(own.dependencies).toHaveProperty(['@shopify/shopify_function'])
    // The version that is tested here is the version that is deployed.
    for (const [name, version] of Object.entries(own.dependencies))
      if (name !== '@shopify/shopify_function') expect(house[name]).toBe(version)
  }
})
