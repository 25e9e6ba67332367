// <ui-title-bar>: title and buttons of the page, drawn by the shell; a click there clicks the element here.
import type { AdminChannel } from './admin-channel.ts'
import type { TitleAction } from './protocol.ts'

export function defineTitleBar(channel: AdminChannel): void {
  let current: HTMLElement | undefined
  const tell = () => {
    channel.tell({
      name: 'titleBar',
      title: current?.getAttribute('title') ?? null,
      actions: current ? actionElements(current).map(readAction) : [],
    })
  }
  channel.onEvent((event) => {
    if (event.name !== 'titleAction' || !current) return
    actionElements(current)[Number(event.id)]?.click()
  })
  customElements.define(
    'ui-title-bar',
    class extends HTMLElement {
      #observer = new MutationObserver(tell)
      connectedCallback() {
        this.style.display = 'none'
        // Inside a modal it is that modal's title, not the page's.
        if (this.closest('ui-modal')) return
        current = this
        this.#observer.observe(this, {
          childList: true,
          subtree: true,
          attributes: true,
          characterData: true,
        })
        tell()
      }
      disconnectedCallback() {
        this.#observer.disconnect()
        if (current !== this) return
        current = undefined
        tell()
      }
    },
  )
}

/** Buttons and links of a title bar, in order; also used by modals. */
export function actionElements(bar: Element): HTMLElement[] {
  return [...bar.querySelectorAll<HTMLElement>('button, a')]
}

function readAction(element: HTMLElement, index: number): TitleAction {
  const variant = element.getAttribute('variant')
  const tone =
    variant === 'primary' || variant === 'breadcrumb'
      ? variant
      : element.getAttribute('tone') === 'critical'
        ? 'critical'
        : 'plain'
  return {
    id: String(index),
    label: element.textContent?.trim() ?? '',
    tone,
    disabled: element.hasAttribute('disabled') || element.hasAttribute('loading'),
  }
}
