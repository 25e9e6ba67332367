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

/** "A", "A and B", "A, B and C". */
export function joinWords(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
}
