// The app's functions, as the extensions beside shopify.app.toml declare them.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'

const targetSchema = z.object({ target: z.string(), input_query: z.string(), export: z.string() })
const extensionSchema = z.object({
  type: z.string(),
  handle: z.string().optional(),
  name: z.string().default(''),
  description: z.string().nullish(),
  targeting: z.array(targetSchema).default([]),
  input: z
    .object({ variables: z.object({ namespace: z.string().optional(), key: z.string() }).optional() })
    .optional(),
})
const fileSchema = z.object({
  api_version: z.string().optional(),
  extensions: z.array(extensionSchema).default([]),
})

/** Which Functions API a target belongs to, under the name that Shopify gives its schema. */
const APIS: Record<string, string> = {
  'cart.validations.generate.run': 'cart_checkout_validation',
  'cart.lines.discounts.generate.run': 'discount',
}

export interface FunctionExtension {
  /** Shopify's id of the function; here it follows from the handle. */
  id: string
  handle: string
  title: string
  description: string | null
  apiType: string
  apiVersion: string
  /** Folder of the extension. */
  folder: string
  target: string
  /** Text of the input query. */
  inputQuery: string
  /** The owner's JSON metafield whose fields are the query's variables. */
  variables: { namespace: string; key: string } | null
}

/** Errors: a toml that is no function extension's, a target that the sandbox does not know or a missing query is thrown by name. */
export function readFunctionExtensions(appTomlPath: string): FunctionExtension[] {
  const root = path.join(path.dirname(path.resolve(appTomlPath)), 'extensions')
  if (!fs.existsSync(root)) return []
  return fs
    .readdirSync(root)
    .sort()
    .flatMap((name) => {
      const file = path.join(root, name, 'shopify.extension.toml')
      return fs.existsSync(file) ? readFile(file) : []
    })
}

function readFile(file: string): FunctionExtension[] {
  const read = fileSchema.safeParse(parse(fs.readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(`${file} cannot be read: ${z.prettifyError(read.error)}`)
  const folder = path.dirname(file)
  return read.data.extensions
    .filter(({ type }) => type === 'function')
    .map((extension) => {
      const handle = extension.handle ?? path.basename(folder)
      const [target, ...others] = extension.targeting
      if (!target || others.length > 0)
        throw new Error(`${file}: the sandbox runs functions of exactly one target.`)
      const apiType = APIS[target.target]
      if (!apiType) throw new Error(`${file}: the sandbox does not know the target ${target.target}.`)
      if (!read.data.api_version) throw new Error(`${file}: api_version is missing.`)
      const variables = extension.input?.variables
      return {
        id: functionId(handle),
        handle,
        title: extension.name,
        description: extension.description ?? null,
        apiType,
        apiVersion: read.data.api_version,
        folder,
        target: target.target,
        inputQuery: fs.readFileSync(path.join(folder, target.input_query), 'utf8'),
        variables: variables ? { namespace: variables.namespace ?? '$app', key: variables.key } : null,
      }
    })
}

function functionId(handle: string): string {
  const hex = createHash('sha256').update(handle).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
