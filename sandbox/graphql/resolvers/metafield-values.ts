// Which metafield types there are, and what a value of each looks like.
import { parseGid } from '../gid.ts'
import { jsonValue } from './metafield.ts'

export const KNOWN_TYPES =
  /^(list\.)?(boolean|color|date|date_time|dimension|id|json|link|money|multi_line_text_field|number_decimal|number_integer|rating|rich_text_field|single_line_text_field|url|volume|weight|\w+_reference)$/

export function isValueOf(type: string, value: string): boolean {
  try {
    const parsed = jsonValue(type, value)
    if (type.startsWith('list.')) return Array.isArray(parsed)
    if (type === 'number_integer') return Number.isSafeInteger(parsed)
    if (type === 'boolean') return typeof parsed === 'boolean'
    if (type === 'number_decimal') return /^-?\d+(\.\d+)?$/.test(value)
    if (type === 'date_time') return !Number.isNaN(Date.parse(value))
    if (type === 'url') return URL.canParse(value)
    if (type.endsWith('_reference')) return parseGid(value) !== undefined
    return true
  } catch {
    return false
  }
}
