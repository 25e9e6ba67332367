// The resource picker: a dialog with a search and a list. Answers with the chosen resources, or nothing when cancelled.
import type { PickerRequest } from '../../app-bridge/protocol.ts'
import { part } from './shell-config.ts'

/** A resource as the app gets it, with what the list shows. */
interface Choice {
  id: string
  label: string
  note: string
  image: string | null
  resource: unknown
}

const PLURAL = { product: 'products', variant: 'variants', collection: 'collections' } as const

export function openPicker(storePath: string, request: PickerRequest): Promise<unknown[] | undefined> {
  const dialog = part<HTMLDialogElement>('picker')
  const search = part<HTMLInputElement>('picker-search')
  const list = part('picker-list')
  const confirm = part<HTMLButtonElement>('picker-confirm')
  const chosen = new Map<string, Choice | undefined>(request.selectionIds.map((id) => [id, undefined]))
  const limit = request.multiple === true ? Number.POSITIVE_INFINITY : Number(request.multiple) || 1
  const known = new Map<string, Choice>()
  let lastQuery = 0

  part('picker-title').textContent =
    `${request.action === 'select' ? 'Select' : 'Add'} ${limit > 1 ? PLURAL[request.type] : request.type}`
  search.placeholder = `Search ${PLURAL[request.type]}`
  search.value = request.query

  const drawState = () => {
    confirm.disabled = chosen.size === 0 && request.selectionIds.length === 0
    confirm.textContent = request.action === 'select' ? 'Select' : 'Add'
    part('picker-count').textContent = `${chosen.size} selected`
    for (const box of list.querySelectorAll<HTMLInputElement>('input')) box.checked = chosen.has(box.value)
  }
  const toggle = (choice: Choice) => {
    if (chosen.has(choice.id)) chosen.delete(choice.id)
    else {
      if (limit === 1) chosen.clear()
      if (chosen.size < limit) chosen.set(choice.id, choice)
    }
    drawState()
  }
  const load = async () => {
    const ticket = ++lastQuery
    list.setAttribute('aria-busy', 'true')
    const choices = await fetchChoices(storePath, request, search.value, [...chosen.keys()])
    if (ticket !== lastQuery) return
    list.removeAttribute('aria-busy')
    for (const choice of choices.all) known.set(choice.id, choice)
    list.replaceChildren(
      ...(choices.found.length > 0
        ? choices.found.map((choice) => row(choice, limit > 1, toggle))
        : [emptyRow(search.value)]),
    )
    drawState()
  }
  search.oninput = () => void load()
  void load()
  dialog.showModal()
  search.focus()

  return new Promise((resolve) => {
    dialog.onclose = () => {
      if (dialog.returnValue !== 'confirm') return resolve(undefined)
      const picked = [...chosen].map(([id, choice]) => choice ?? known.get(id))
      resolve(picked.filter((choice) => choice !== undefined).map((choice) => choice.resource))
    }
    dialog.returnValue = ''
    confirm.onclick = () => dialog.close('confirm')
    for (const button of dialog.querySelectorAll<HTMLElement>('[data-cancel]')) {
      button.onclick = () => dialog.close('')
    }
  })
}

async function fetchChoices(
  storePath: string,
  request: PickerRequest,
  query: string,
  selected: string[],
): Promise<{ found: Choice[]; all: Choice[] }> {
  const parameters = new URLSearchParams({ type: request.type, query, selected: selected.join(',') })
  if (request.onlyActive) parameters.set('active', '1')
  const answer = await fetch(`${storePath}/api/picker?${parameters}`)
  if (!answer.ok) throw new Error(`The picker could not be filled (${answer.status}).`)
  return answer.json()
}

function row(choice: Choice, several: boolean, toggle: (choice: Choice) => void): HTMLElement {
  const label = document.createElement('label')
  label.className = 'picker-row'
  const box = document.createElement('input')
  box.type = several ? 'checkbox' : 'radio'
  box.name = 'picker'
  box.value = choice.id
  box.addEventListener('click', () => toggle(choice))
  const image = document.createElement(choice.image ? 'img' : 'span')
  image.className = 'picker-image'
  if (image instanceof HTMLImageElement && choice.image) {
    image.src = choice.image
    image.alt = ''
  }
  const name = document.createElement('span')
  name.className = 'picker-name'
  name.textContent = choice.label
  const note = document.createElement('span')
  note.className = 'picker-note'
  note.textContent = choice.note
  label.append(box, image, name, note)
  return label
}

function emptyRow(query: string): HTMLElement {
  const empty = document.createElement('p')
  empty.className = 'picker-empty'
  empty.textContent = query ? `Nothing is called “${query}”.` : 'There is nothing to choose from yet.'
  return empty
}
