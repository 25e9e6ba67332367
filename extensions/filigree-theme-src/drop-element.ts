// <filigree-drop>: one block of a drop. All its texts are in the page, laid on top of each other, so that the page never moves; the element
// says which of them are on.
import { now } from './clock.ts'
import { follow, followed, type LiveState } from './live-state.ts'
import { phaseAt } from './phase.ts'

const calm = matchMedia('(prefers-reduced-motion: reduce)')
let timer: ReturnType<typeof setTimeout>

/** Attributes hold epoch seconds; none is NaN. */
const ms = (seconds: string | undefined): number => Number(seconds) * 1e3

export const all = (root: ParentNode, selector: string) => [...root.querySelectorAll<HTMLElement>(selector)]

/** Shows all blocks, and again when one of them changes: at the next full second while digits run, else at its next moment. */
export const show = (): void => {
  clearTimeout(timer)
  const at = now()
  const next = Math.min(...all(document, 'filigree-drop').map((block) => showBlock(block as DropBlock, at)))
  // Timers come a little early: 5 ms later. They know no longer waits than 24 days.
  timer = setTimeout(show, Math.min(next - at + 5, 2e9))
}

export class DropBlock extends HTMLElement {
  /** When it was shown last, ms. */
  shown = 1 / 0
  /** Whether the viewer's clock reads another time than the shop's. */
  declare isAbroad?: boolean

  connectedCallback(): void {
    for (const time of all(this, '[data-local]') as HTMLTimeElement[]) {
      // Spelled by hand: the first use of Intl costs a slow phone more than all the rest.
      const date = new Date(ms(time.dataset.local))
      const here = new Date(+date - date.getTimezoneOffset() * 6e4).toISOString().slice(0, 16)
      const [day = '', hour = ''] = here.split('T')
      if (time.dateTime.startsWith(here)) continue
      this.isAbroad = true
      time.textContent = time.dateTime.startsWith(day) ? hour : `${day} ${hour}`
    }
    show()
  }
}

/** Says what is so at `at` (ms). Returns the next moment at which something else may be, or Infinity. */
const showBlock = (block: DropBlock, at: number): number => {
  const { dataset } = block
  const { url } = dataset
  const early = ms(dataset.early)
  const open = ms(dataset.open)
  const close = ms(dataset.close)
  const known = followed[url as string]
  const phase = phaseAt(at, early, open, close, dataset.state, known?.phase)
  const isOpen = phase === 'open'
  const isOver = /held|aborted|closed/.test(phase)
  const target = isOpen ? close : at < open && !isOver ? open : 0
  const isCounting = target && !calm.matches
  const moments = [early, open, close]
  if (url && at >= open && !/aborted|closed/.test(phase)) moments.push(follow(url, at, show))

  // Rounded up: at the full second before an opening one second is left.
  const left = target - at + 999
  const figures = [(left / 864e5) | 0, ...new Date(left).toISOString().slice(11, 19).split(':')]
  if (isCounting) {
    all(block, '[data-unit]').forEach((digits, index) => {
      const figure = `${figures[index]}`
      if (digits.textContent !== figure) digits.textContent = figure
      moments.push(at - (at % 1e3) + 1e3)
    })
  }
  const words = [
    phase,
    `${isCounting ? 'tick' : 'still'}-${phase}`,
    `${block.isAbroad ? 'local' : 'same'}-${phase}`,
    stockOf(block, at, isOver, known?.stock),
  ]
  const spoken = words.map((word) => `[data-on~=${word}]`).join()
  for (const text of all(block, '[data-on]')) text.classList.toggle('fil-on', text.matches(spoken))
  // Moments with a text are told to screen readers as they pass.
  for (const moment of all(block, '[data-at]')) {
    const when = ms(moment.dataset.at)
    moments.push(when)
    if (block.shown < when && when <= at && !/held|aborted|longer/.test(phase)) {
      for (const status of all(block, '.fil-status')) status.textContent = moment.title
    }
  }
  dataset.now = phase
  block.shown = at
  return Math.min(...moments.filter((moment) => moment > at))
}

/** Name of the text about stock. Without a fresh, logged claim nothing is claimed. */
const stockOf = (block: DropBlock, at: number, isOver: boolean, state?: LiveState): string => {
  const form = document.querySelector<HTMLFormElement>('form[action*="cart/add"]:not(.fil *)')
  const chosen = form && new FormData(form).get('id')
  const variants = `${block.dataset.variants}`.split(' ')
  // A drop of one variant speaks of it whatever the page's own form looks like.
  const variant = variants.find((one) => one === chosen || !variants[1])
  const claim = state?.o.find((offer) => offer.v === variant && offer.c !== null)
  let more = ''
  for (const { dataset } of all(block, '[data-wave]')) {
    const isUnbacked = isOver || state?.w.some((one) => `${one.at}` === dataset.at && !one.ok)
    dataset.is = ms(dataset.at) <= at ? 'past' : isUnbacked ? 'off' : 'plan'
    if (dataset.is === 'plan' && dataset.wave === variant) more = '-more'
  }
  return isOver ? 'over' : claim && claim.k !== 'open' ? claim.k + more : 'quiet'
}
