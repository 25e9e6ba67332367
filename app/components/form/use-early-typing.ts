import { useEffect, useState } from 'react'

export type EarlyTexts = Record<string, string>

/**
 * What a person typed and chose in the fields that the server drew, before the page came alive. `id` is that of the element
 * around the fields; `adopt` is called at most once, with the texts by field name.
 */
export function useEarlyTyping(id: string, adopt: (texts: EarlyTexts) => void): void {
  // Read before React takes the fields over, which empties some, and after, for what was typed meanwhile.
  const [before] = useState(() =>
    typeof document === 'undefined' ? {} : changedTexts(document.getElementById(id)),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page comes alive once.
  useEffect(() => {
    const texts = { ...before, ...changedTexts(document.getElementById(id)) }
    if (Object.keys(texts).length > 0) adopt(texts)
  }, [])
}

/** False until the page has come alive: what needs a script must not be sent off without it. */
export function useIsAlive(): boolean {
  const [alive, setAlive] = useState(false)
  useEffect(() => setAlive(true), [])
  return alive
}

/** Of fields that stand otherwise than the server's markup says. */
export function changedTexts(container: HTMLElement | null): EarlyTexts {
  const texts: EarlyTexts = {}
  for (const field of container?.querySelectorAll('input, textarea, select') ?? []) {
    const text = changedText(field)
    if (text !== null && 'name' in field && field.name) texts[String(field.name)] = text
  }
  return texts
}

function changedText(field: Element): string | null {
  if (field instanceof HTMLSelectElement) {
    const chosen = field.selectedOptions[0]
    const drawn = [...field.options].find((option) => option.defaultSelected) ?? field.options[0]
    return chosen && chosen !== drawn ? field.value : null
  }
  if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox'))
    return field.checked && !field.defaultChecked ? field.value : null
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
    return field.value === field.defaultValue ? null : field.value
  return null
}
