// The alphabet of the SEPA scheme: Latin letters, digits and a few signs. Everything else is written in them.

const BY_SIGN: Record<string, string> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ŋ: 'n',
  Ŋ: 'N',
  ĸ: 'k',
  ŧ: 't',
  Ŧ: 'T',
  '€': 'EUR',
  '&': '+',
  '@': '(at)',
  _: '-',
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '“': "'",
  '”': "'",
  '„': "'",
  '‚': "'",
  '«': "'",
  '»': "'",
  '‹': "'",
  '›': "'",
  '"': "'",
  '`': "'",
  '´': "'",
  ';': ',',
  '!': '.',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '<': '(',
  '>': ')',
  '*': '.',
}
const GREEK_FROM = 'ΑΒΓΔΕΖΗΙΚΛΜΝΞΟΠΡΣΤΥΦΩαβγδεζηικλμνξοπρστυφωςΘΧΨθχψ'
const GREEK_TO =
  'A V G D E Z I I K L M N X O P R S T Y F O a v g d e z i i k l m n x o p r s t y f o s TH CH PS th ch ps'.split(
    ' ',
  )
// Letters that Bulgarian shares are written its way; those of the other languages follow theirs.
const CYRILLIC_FROM =
  'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯ' + 'абвгдежзийклмнопрстуфхцчшщъьюя' + 'ЂЈЉЊЋЏЅІЇЄҐЫЭ' + 'ђјљњћџѕіїєґыэ'
const CYRILLIC_TO = (
  'A B V G D E ZH Z I Y K L M N O P R S T U F H TS CH SH SHT A Y YU YA ' +
  'a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya ' +
  'D J LJ NJ C DZ DZ I YI YE G Y E ' +
  'd j lj nj c dz dz i yi ye g y e'
).split(' ')

const bySign = new Map<string, string>([
  ...Object.entries(BY_SIGN),
  ...[...GREEK_FROM].map((sign, index): [string, string] => [sign, GREEK_TO[index] ?? '.']),
  ...[...CYRILLIC_FROM].map((sign, index): [string, string] => [sign, CYRILLIC_TO[index] ?? '.']),
])

const ALLOWED = /^[A-Za-z0-9/\-?:().,'+ ]$/

/** The text in the scheme's alphabet, at most so many characters, blanks made single; empty when nothing of it can be written. */
export function toSepaText(text: string, longest: number): string {
  // Composed first: letters like ł and й have an entry of their own, which their parts would not find.
  const written = [...text.normalize('NFC')].map(writeSign).join('')
  const single = written.replace(/\s+/g, ' ').replace(/\/{2,}/g, '/')
  const cut = withoutEdges(withoutEdges(single).slice(0, longest))
  return /[A-Za-z0-9]/.test(cut) ? cut : ''
}

/** A slash at the edge or doubled has a meaning of its own between banks. */
function withoutEdges(text: string): string {
  return text.replace(/^[ /]+|[ /]+$/g, '')
}

function writeSign(sign: string): string {
  if (ALLOWED.test(sign)) return sign
  const known = bySign.get(sign)
  if (known !== undefined) return known
  if (/\s/.test(sign)) return ' '
  const bare = sign.normalize('NFD').replace(/\p{M}/gu, '')
  if (bare === sign) return /\p{M}/u.test(sign) ? '' : '.'
  return [...bare].map((part) => (ALLOWED.test(part) ? part : (bySign.get(part) ?? '.'))).join('')
}
