// Texts of the theme's blocks as shoppers read them, from the theme's own language file.
import type { ThemeText } from '#app/domain/drops/rehearsal.ts'
import texts from '../../../extensions/filigree-theme/locales/en.default.json'

type Entry = string | { [name: string]: Entry }

/** `timeText` spells instants. Errors: throws for a name that the file does not know. */
export function themeText({ key, params }: ThemeText, timeText: (instant: string) => string): string {
  let found: Entry | undefined = texts
  for (const name of key.split('.')) found = typeof found === 'object' ? found[name] : undefined
  if (typeof found === 'object') found = params.count === 1 ? found.one : found.other
  if (typeof found !== 'string') throw new Error(`the theme has no text ${key}`)
  return found.replace(/\{\{ (\w+) \}\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return String(value)
    return params.which ? `${params.which}, ${timeText(value)}` : timeText(value)
  })
}
