// Reads the faults in force into the forms, and sends what was changed.
import { callControl } from './call-control.ts'

type Json = Record<string, unknown>

export function bindFaultForms(note: (text: string, isError?: boolean) => void): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-faults]')) {
    const url = form.dataset.faults ?? ''
    void fill(form, url).catch((error: Error) => note(error.message, true))
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      callControl(url, valuesOf(form)).then(
        () => note('The faults are in force.'),
        (error: Error) => note(error.message, true),
      )
    })
  }
}

async function fill(form: HTMLFormElement, url: string): Promise<void> {
  const answer = (await callControl(url)) as { faults?: Json }
  const faults = answer.faults ?? (answer as Json)
  for (const input of form.querySelectorAll('input')) {
    const value = input.name
      .split('.')
      .reduce<unknown>((at, part) => (at as Json | undefined)?.[part], faults)
    if (input.dataset.kind === 'flag') input.checked = value === true
    else if (typeof value === 'number') input.value = String(value)
  }
}

function valuesOf(form: HTMLFormElement): Json {
  const values: Json = {}
  for (const input of form.querySelectorAll('input')) {
    if (input.dataset.kind !== 'flag' && input.value === '') continue
    const value = input.dataset.kind === 'flag' ? input.checked : Number(input.value)
    const [group = '', key] = input.name.split('.')
    if (key === undefined) values[group] = value
    else values[group] = { ...(values[group] as Json | undefined), [key]: value }
  }
  return values
}
