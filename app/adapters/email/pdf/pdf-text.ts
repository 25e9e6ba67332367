// The fonts that every PDF reader has know Western European letters only. What they lack is spelled with what they have.
const BEYOND_LATIN_1 = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')

const spelled = new Map(
  Object.entries({
    ł: 'l',
    Ł: 'L',
    đ: 'd',
    Đ: 'D',
    ħ: 'h',
    Ħ: 'H',
    ı: 'i',
    ŧ: 't',
    Ŧ: 'T',
    ŋ: 'n',
    ĸ: 'k',
    ẞ: 'SS',
    ə: 'e',
    '\u2212': '-',
    '\u2010': '-',
    '\u2011': '-',
    '\u2012': '–',
    '\u2015': '—',
    '\u2032': "'",
    '\u2033': '"',
    '\u2044': '/',
    '→': '->',
    '←': '<-',
    '≤': '<=',
    '≥': '>=',
    '≈': '~',
    '≠': '!=',
    '№': 'No.',
    '◆': '•',
    '✓': 'v',
    '★': '*',
    '\u2009': ' ',
    '\u200a': ' ',
    '\u202f': '\u00a0',
    '\u2007': '\u00a0',
    '\ufe0f': '',
    '\u200b': '',
    '\u200d': '',
  }),
)

/** Whether the built-in fonts print this text as it is. */
export function canPrint(text: string): boolean {
  return [...text].every(isPrintable)
}

/** The text with what can be printed: accents that the fonts lack fall away, other scripts become question marks. */
export function printable(text: string): string {
  return [...text.normalize('NFC')]
    .map((character) => (isPrintable(character) ? character : spell(character)))
    .join('')
}

/** Every text inside a value made printable; the value's shape stays. */
export function printableDeep<Value>(value: Value): Value {
  return deep(value) as Value
}

function deep(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(deep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, deep(member)]))
}

function spell(character: string): string {
  const known = spelled.get(character)
  if (known !== undefined) return known
  const plain = character.normalize('NFKD').replace(/\p{M}/gu, '')
  if (plain !== '' && plain !== character && canPrint(plain)) return plain
  return /\p{M}|\p{C}/u.test(character) ? '' : '?'
}

function isPrintable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff && code !== 0xad))
    return true
  return BEYOND_LATIN_1.has(character)
}
