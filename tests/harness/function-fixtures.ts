// Fixtures of functions: each is checked against the input query and the schema before it is believed.
import fs from 'node:fs'
import path from 'node:path'
import { executeSync, getOperationAST } from 'graphql'
import { bundleFunction } from '#sandbox/functions/bundle-function.ts'
import { type FunctionExtension, readFunctionExtensions } from '#sandbox/functions/function-extensions.ts'
import { checkInputQuery, readOutput, schemaOf } from '#sandbox/functions/function-schema.ts'
import { type FunctionRun, runBundle } from '#sandbox/functions/run-in-quickjs.ts'

const APP_TOML = path.join(import.meta.dirname, '../../shopify.app.toml')

export interface Fixture {
  name: string
  input: unknown
  output: unknown
}

export function extensionOf(handle: string): FunctionExtension {
  const found = readFunctionExtensions(APP_TOML).find((extension) => extension.handle === handle)
  if (!found) throw new Error(`there is no function ${handle}`)
  return found
}

/** In the form that Shopify's CLI writes for replays: payload.export, target, input, output. */
export function readFixtures(handle: string): Fixture[] {
  const extension = extensionOf(handle)
  const folder = path.join(extension.folder, 'tests/fixtures')
  return fs
    .readdirSync(folder)
    .sort()
    .map((file) => {
      const { payload } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))
      if (payload.export !== 'run' || payload.target !== extension.target)
        throw new Error(`${file} is of another target`)
      return { name: path.basename(file, '.json'), input: payload.input, output: payload.output }
    })
}

/** What the query would make of an input that has everything under the names that the query gives it. Missing and surplus fields show. */
export function asQueried(handle: string, input: unknown): unknown {
  const extension = extensionOf(handle)
  const { document } = checkInputQuery(extension)
  const variables = getOperationAST(document)?.variableDefinitions ?? []
  const result = executeSync({
    schema: schemaOf(extension),
    document,
    rootValue: input,
    variableValues: Object.fromEntries(
      variables.map(({ variable, type }) => [
        variable.name.value,
        type.kind === 'NonNullType' && type.type.kind === 'ListType' ? [] : '1970-01-01T00:00:00',
      ]),
    ),
    fieldResolver: (source: Record<string, unknown>, _args, _context, { path: { key } }) =>
      source[String(key)],
    typeResolver: (value: { __typename: string }) => value.__typename,
  })
  if (result.errors) throw new Error(result.errors.map(({ message }) => message).join('; '))
  return JSON.parse(JSON.stringify(result.data))
}

/** Throws when the schema does not take it. */
export function checkOutput(handle: string, output: unknown): void {
  readOutput(extensionOf(handle), output)
}

/** The bundle's answer in QuickJS; the engine must be loaded. */
export function runInEngine(handle: string, input: unknown): FunctionRun {
  return runBundle(bundleFunction(extensionOf(handle)), input)
}
