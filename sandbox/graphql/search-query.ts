// Shopify's search syntax for `query:` arguments: field:value, comparators, AND, OR, NOT, "-", quotes and parentheses.
// A filter that the sandbox does not know is refused by name; Shopify would ignore it with a warning and answer too much.
import { GraphQLError } from 'graphql'
import { notImplemented } from './resolver.ts'

export type SearchField<Item> =
  | { kind: 'time'; of: (item: Item) => string | null }
  | { kind: 'number'; of: (item: Item) => number | null }
  | { kind: 'text'; of: (item: Item) => Array<string | null> }
  /** The item matches the word itself, e.g. status:open. */
  | { kind: 'word'; matches: (item: Item, word: string) => boolean | undefined }

export interface SearchFields<Item> {
  /** Texts that a bare word is looked for in. */
  text: (item: Item) => Array<string | null>
  fields: Record<string, SearchField<Item>>
}

type Predicate<Item> = (item: Item) => boolean
type Comparator = '=' | '>' | '>=' | '<' | '<='

/** Compiles a search. Errors: unknown filters, words and broken syntax are thrown by name. */
export function compileSearch<Item>(
  query: string | null | undefined,
  known: SearchFields<Item>,
): Predicate<Item> {
  if (!query?.trim()) return () => true
  const tokens = tokenize(query)
  const predicate = parseOr(tokens, known)
  if (tokens.length > 0) throw syntaxError(query)
  return predicate
}

function tokenize(query: string): string[] {
  return query.match(/\(|\)|-?(?:[\w.]+:)?(?:>=|<=|>|<|=)?(?:"[^"]*"|'[^']*'|[^\s()"']+)/g) ?? []
}

function parseOr<Item>(tokens: string[], known: SearchFields<Item>): Predicate<Item> {
  let left = parseAnd(tokens, known)
  while (tokens[0] === 'OR') {
    tokens.shift()
    const [a, b] = [left, parseAnd(tokens, known)]
    left = (item) => a(item) || b(item)
  }
  return left
}

function parseAnd<Item>(tokens: string[], known: SearchFields<Item>): Predicate<Item> {
  let left = parseOne(tokens, known)
  while (tokens[0] !== undefined && tokens[0] !== 'OR' && tokens[0] !== ')') {
    if (tokens[0] === 'AND') tokens.shift()
    const [a, b] = [left, parseOne(tokens, known)]
    left = (item) => a(item) && b(item)
  }
  return left
}

function parseOne<Item>(tokens: string[], known: SearchFields<Item>): Predicate<Item> {
  const token = tokens.shift()
  if (token === undefined || token === ')') throw syntaxError(token ?? 'the end')
  if (token === 'NOT') return negate(parseOne(tokens, known))
  if (token === '(') {
    const inner = parseOr(tokens, known)
    if (tokens.shift() !== ')') throw syntaxError('a parenthesis that is not closed')
    return inner
  }
  if (token.startsWith('-') && token.length > 1) return negate(term(token.slice(1), known))
  return term(token, known)
}

function negate<Item>(predicate: Predicate<Item>): Predicate<Item> {
  return (item) => !predicate(item)
}

function term<Item>(token: string, known: SearchFields<Item>): Predicate<Item> {
  const match = /^(?:([\w.]+):)?(>=|<=|>|<|=)?([\s\S]*)$/.exec(token)
  const [, name, comparator = '=', rawValue = ''] = match ?? []
  const value = rawValue.replace(/^(["'])([\s\S]*)\1$/, '$2')
  if (name === undefined) return (item) => containsText(known.text(item), value)
  const field = known.fields[name]
  if (!field) throw notImplemented(`search filter ${name}`)
  return fieldTerm(field, name, comparator as Comparator, value)
}

function fieldTerm<Item>(
  field: SearchField<Item>,
  name: string,
  comparator: Comparator,
  value: string,
): Predicate<Item> {
  switch (field.kind) {
    case 'text':
      return (item) => equalsText(field.of(item), value)
    case 'word':
      return (item) => {
        const matches = field.matches(item, value.toLowerCase())
        if (matches === undefined) throw notImplemented(`search ${name}:${value}`)
        return matches
      }
    case 'number': {
      const wanted = Number(value)
      if (Number.isNaN(wanted)) throw syntaxError(`${name}:${value}`)
      return (item) => compare(field.of(item), comparator, wanted)
    }
    case 'time':
      return timeTerm(field.of, name, comparator, value)
  }
}

function timeTerm<Item>(
  of: (item: Item) => string | null,
  name: string,
  comparator: Comparator,
  value: string,
): Predicate<Item> {
  const wanted = Date.parse(value)
  if (Number.isNaN(wanted)) throw syntaxError(`${name}:${value}`)
  // A bare date means the whole day.
  if (comparator === '=' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return (item) => of(item)?.startsWith(value) ?? false
  return (item) => {
    const time = of(item)
    return compare(time === null ? null : Date.parse(time), comparator, wanted)
  }
}

function compare(actual: number | null, comparator: Comparator, wanted: number): boolean {
  if (actual === null) return false
  switch (comparator) {
    case '=':
      return actual === wanted
    case '>':
      return actual > wanted
    case '>=':
      return actual >= wanted
    case '<':
      return actual < wanted
    case '<=':
      return actual <= wanted
  }
}

function equalsText(texts: Array<string | null>, value: string): boolean {
  const wanted = value.toLowerCase()
  const matches = wanted.endsWith('*')
    ? (text: string) => text.startsWith(wanted.slice(0, -1))
    : (text: string) => text === wanted
  return texts.some((text) => text !== null && matches(text.toLowerCase()))
}

function containsText(texts: Array<string | null>, value: string): boolean {
  const wanted = value.replace(/\*$/, '').toLowerCase()
  return texts.some((text) => text?.toLowerCase().includes(wanted) ?? false)
}

function syntaxError(at: string): GraphQLError {
  return new GraphQLError(`sandbox: the search is not understood near "${at}"`, {
    extensions: { code: 'BAD_REQUEST' },
  })
}
