// Bodies of storefront requests: JSON, or forms with names such as updates[123] and attributes[key].
import type { Context } from 'hono'

export type Fields = Record<string, unknown>

/** Broken JSON comes out as no fields at all; the schemas then name what is missing. */
export async function readFields(context: Context): Promise<Fields> {
  const type = context.req.header('content-type') ?? ''
  if (type.includes('json')) {
    try {
      const parsed: unknown = JSON.parse(await context.req.text())
      return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Fields) : {}
    } catch {
      return {}
    }
  }
  if (!type.includes('form')) return {}
  const fields: Fields = {}
  for (const [name, value] of Object.entries(await context.req.parseBody())) {
    const nested = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name)
    const [, group, key] = nested ?? []
    if (group === undefined || key === undefined) {
      fields[name] = value
      continue
    }
    const known = fields[group]
    fields[group] = { ...(typeof known === 'object' ? known : {}), [key]: value }
  }
  return fields
}
