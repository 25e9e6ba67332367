// Entry of the control panel's script: plain calls of the control API, then a fresh look at the page.
import { callControl } from './call-control.ts'
import { drawDeliveries } from './deliveries.ts'
import { bindFaultForms } from './fault-forms.ts'
import { randomOrder } from './random-order.ts'

const EVERY_MS = 2500

function note(text: string, isError = false): void {
  const element = document.getElementById('note')
  if (!element) return
  element.textContent = text
  element.hidden = false
  element.toggleAttribute('data-error', isError)
  clearTimeout(Number(element.dataset.timer))
  element.dataset.timer = String(setTimeout(() => (element.hidden = true), isError ? 8000 : 3500))
}

async function act(button: HTMLButtonElement): Promise<void> {
  const { post, body, done, randomOrder: api } = button.dataset
  if (button.dataset.confirm && !confirm(button.dataset.confirm)) return
  button.disabled = true
  try {
    if (api) {
      const answer = await callControl(`${api}/orders`, randomOrder(button.dataset))
      note(`${orderName(answer)} was placed.`)
    } else if (post) {
      await callControl(post, body ? JSON.parse(body) : {})
      note(done ?? 'Done.')
    }
    await refresh()
  } catch (error) {
    note((error as Error).message, true)
  } finally {
    button.disabled = false
  }
}

function orderName(answer: unknown): string {
  const order = (answer as { order?: { name?: string } }).order
  return order?.name ? `Order ${order.name}` : 'An order'
}

/** Swaps in what changed: shops, clock, mail, deliveries. What has the focus stays. */
async function refresh(): Promise<void> {
  const page = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html')
  for (const id of ['shops', 'clock', 'mail-count']) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)]
    if (!old || !fresh || old.innerHTML === fresh.innerHTML || old.contains(document.activeElement)) continue
    old.replaceWith(fresh)
  }
  await drawDeliveries()
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null
  if (button && !button.form)
    void act(button)
      .then(() => button.blur())
      .then(refresh)
})
bindFaultForms(note)
void refresh().catch(() => undefined)
setInterval(() => {
  if (!document.hidden) void refresh().catch(() => undefined)
}, EVERY_MS)
