// Extracts what Shopify's CLI demands of shopify.app.toml and shopify.extension.toml from its npm package, as JSON Schema. The package (29 MB, and it downloads more when
// it runs) is no dependency: fetch and unpack it with `npm pack @shopify/cli`. Its schemas are inside one bundled file; the file is loaded with stand-ins for the packages that it
// does not need for that, and nothing of it is called.
// Usage: node sandbox/shopify-schema/extract-cli-config.mjs PATH_TO_UNPACKED_PACKAGE
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const WANTED = ['function', 'theme', 'app_proxy']
const STANDINS = ['@ast-grep/napi', 'clipboardy', 'global-agent', 'esbuild']

const [packageFolder] = process.argv.slice(2)
if (!packageFolder) {
  console.error('usage: node sandbox/shopify-schema/extract-cli-config.mjs PATH_TO_UNPACKED_PACKAGE')
  process.exit(2)
}
const { version } = JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'))
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'cli-config-'))
fs.cpSync(path.join(packageFolder, 'dist'), path.join(work, 'dist'), { recursive: true })
for (const name of STANDINS) {
  const folder = path.join(work, 'node_modules', name)
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module","exports":"./index.js"}')
  const names = [
    'parse',
    'parseAsync',
    'Lang',
    'bootstrap',
    'createGlobalProxyAgent',
    'context',
    'build',
    'formatMessagesSync',
  ]
  fs.writeFileSync(
    path.join(folder, 'index.js'),
    `export default {}\n${names.map((one) => `export const ${one} = null`).join('\n')}\n`,
  )
}

const bundle = fs
  .readdirSync(path.join(work, 'dist'))
  .filter((file) => file.endsWith('.js'))
  .find((file) =>
    /identifier:"function",additionalIdentifiers/.test(
      fs.readFileSync(path.join(work, 'dist', file), 'utf8'),
    ),
  )
if (!bundle) throw new Error('the CLI has no specification of functions any more')
const file = path.join(work, 'dist', bundle)
const source = fs.readFileSync(file, 'utf8')
const variables = [...source.matchAll(/([\w$]+)=[\w$]+\(\{identifier:/g)].map(([, variable]) => variable)
const list = variables.map((variable) => `typeof ${variable} === 'undefined' ? null : ${variable}`)
fs.appendFileSync(file, `\nexport const specificationsForSchemas = () => [${list.join(', ')}]\n`)
const { specificationsForSchemas } = await import(pathToFileURL(file).href)
const specifications = Object.fromEntries(
  specificationsForSchemas().flatMap((one) => (one?.identifier ? [[one.identifier, one]] : [])),
)

/** The part of zod that these schemas use. What is neither checked nor refused here is `{}`: anything. */
function toJsonSchema(schema) {
  const { typeName, ...def } = schema._def
  switch (typeName) {
    case 'ZodObject': {
      const shape = def.shape()
      const properties = Object.fromEntries(
        Object.entries(shape).map(([name, one]) => [name, toJsonSchema(one)]),
      )
      const required = Object.keys(shape).filter((name) => !shape[name].isOptional())
      return { type: 'object', properties, ...(required.length > 0 && { required }) }
    }
    case 'ZodString':
      return { type: 'string', ...lengthsOf(def.checks) }
    case 'ZodNumber':
      return { type: 'number' }
    case 'ZodBoolean':
      return { type: 'boolean' }
    case 'ZodLiteral':
      return { const: def.value }
    case 'ZodEnum':
      return { enum: def.values }
    case 'ZodArray':
      return { type: 'array', items: toJsonSchema(def.type) }
    case 'ZodUnion':
      return { anyOf: def.options.map(toJsonSchema) }
    case 'ZodRecord':
      return { type: 'object' }
    case 'ZodOptional':
    case 'ZodNullable':
    case 'ZodDefault':
      return toJsonSchema(def.innerType)
    case 'ZodEffects':
      return toJsonSchema(def.schema)
    default:
      return {}
  }
}

function lengthsOf(checks) {
  const of = (kind) => checks.find((check) => check.kind === kind)?.value
  return {
    ...(of('max') !== undefined && { maxLength: of('max') }),
    ...(of('min') !== undefined && { minLength: of('min') }),
  }
}

const schemas = Object.fromEntries(
  WANTED.filter((name) => specifications[name]).map((name) => [
    name,
    toJsonSchema(specifications[name].schema),
  ]),
)
if (process.argv.includes('--names')) console.log(Object.keys(specifications).join(' '))
fs.writeFileSync(
  path.join(import.meta.dirname, 'cli-config.json'),
  `${JSON.stringify({ cli: version, schemas }, null, 1)}\n`,
)
fs.rmSync(work, { recursive: true })
