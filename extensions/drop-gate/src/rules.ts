// What the app writes into the validation's metafield `$app:rules`, read back with suspicion: a gate that cannot read its rules must not open.

export interface DropRule {
  /** The drop's handle. */
  id: string
  title: string
  /** Numeric ids of its products. */
  products: string[]
  /** Slots of the input query; null: none is loaded for it, so that window is shut. */
  early: number | null
  open: number | null
  /** Local times with their offset: first and last moment of the window for everyone. */
  from: string
  to: string
  /** Start of early access, seconds since 1970; null: there is none. */
  earlyFrom: number | null
  held: boolean
  tags: string[]
  tiers: string[]
  past: boolean
  pass: boolean
  /** Ids of passes that were taken back. */
  revoked: string[]
  limit: number | null
}

export interface Rules {
  drops: DropRule[]
  /** Hex. */
  passKey: string | null
}

/** Errors: throws for anything but rules of version 1. */
export function readRules(value: unknown): Rules {
  if (!isRecord(value) || value.v !== 1 || !Array.isArray(value.drops))
    throw new Error('The rules of the drop gate are missing or not of version 1.')
  return {
    drops: value.drops.map(readDrop),
    passKey: typeof value.passKey === 'string' ? value.passKey : null,
  }
}

function readDrop(value: unknown): DropRule {
  if (!isRecord(value)) throw new Error('A rule of the drop gate is no object.')
  const { id, title, from, to, earlyFrom, limit } = value
  if (
    typeof id !== 'string' ||
    typeof title !== 'string' ||
    typeof from !== 'string' ||
    typeof to !== 'string'
  )
    throw new Error('A rule of the drop gate lacks its handle, title or window.')
  return {
    id,
    title,
    products: texts(value.products),
    early: slot(value.early),
    open: slot(value.open),
    from,
    to,
    earlyFrom: typeof earlyFrom === 'number' ? earlyFrom : null,
    held: value.held === true,
    tags: texts(value.tags),
    tiers: texts(value.tiers),
    past: value.past === true,
    pass: value.pass === true,
    revoked: texts(value.revoked),
    limit: typeof limit === 'number' ? limit : null,
  }
}

function slot(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
