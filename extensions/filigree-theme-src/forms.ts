// Forms of the blocks answer on the page; without script they are plain forms. Beside a stream, a piece is in the cart with one press, at the
// checkout with a second, and sold out within five seconds of being so.
import { ask, askJson } from './clock.ts'
import { all } from './drop-element.ts'

/** Every offer is looked at once in this time, ms, while the drop is open, in the shop's own product JSON: the app is not asked. */
const ROUND = 4e3

/** What a link brought along. */
export const query = new URLSearchParams(location.search)

/** The first field of a form is what it is about. */
export const input = (form: HTMLFormElement): HTMLInputElement => form[0] as HTMLInputElement

/** done, refused or lost; nothing when pressed twice, which counts once. */
export const send = async (form: HTMLFormElement): Promise<string | undefined> => {
  if (form.ariaBusy) return undefined
  form.ariaBusy = 'true'
  const { ok, status } = await ask(form.action + form.dataset.to, {
    method: 'POST',
    // Themes leave the page when they have added to the cart.
    keepalive: true,
    body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
  }).catch(() => ({}) as Response)
  // No answer has no status, which is less than nothing.
  const result = ok ? 'done' : status < 429 ? 'refused' : 'lost'
  form.ariaBusy = null
  // The answers are in the page, on the element after the form.
  const region = form.nextElementSibling as HTMLElement
  region.textContent = region.dataset[result] as string
  const place = form.parentNode as HTMLElement
  place.dataset.is = result
  return result
}

export const attachForms = (): void => {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (form.matches('.fil form')) {
      event.preventDefault()
      send(form)
    }
  })

  // The link that a guest got.
  const pass = query.get('fil_pass')
  const gate = document.querySelector<HTMLFormElement>('.fil-pass')
  if (pass && gate) {
    input(gate).value = pass
    send(gate)
  }

  for (const offer of all(document, '[data-offer]')) {
    const { dataset } = offer
    setInterval(() => {
      if (document.hidden || !offer.closest('[data-now=open]')) return
      askJson<{ variants: Array<{ id: number; available: boolean }> }>(`${dataset.offer}.js`)
        .then(({ variants }) => {
          // What is in the cart stays so.
          if (dataset.is === 'done') return
          dataset.is = variants.find(({ id }) => `${id}` === dataset.variant)?.available ? 'there' : 'refused'
        })
        // Made up for by the next look; the button tells in any case.
        .catch(() => 0)
    }, ROUND)
  }
}
