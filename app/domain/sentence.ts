/**
 * One sentence for people: a key and its parameters for translation, and the English rendering.
 * Parameters are already formatted for the reader's locale (money, percentages, dates).
 */
export interface Sentence {
  key: string
  params: Record<string, string | number>
  text: string
}

/** Fills `{name}` places of a pattern. A missing parameter is a bug and throws. */
export function sentence(key: string, pattern: string, params: Sentence['params'] = {}): Sentence {
  const text = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`sentence ${key} lacks its parameter ${name}`)
    return String(value)
  })
  return { key, params, text }
}

/** "A", "A and B", "A, B and C", as the language of the locale lists them. Default English. */
export function joinWords(words: readonly string[], locale = 'en'): string {
  // British English lists without the comma before "and", which these texts never had.
  const manner = new Intl.Locale(locale).language === 'en' ? 'en-GB' : locale
  return new Intl.ListFormat(manner, { type: 'conjunction' }).format(words)
}
