// <ui-modal>: drawn as an overlay in the app's own page; the shell dims the rest of the admin meanwhile.
import type { AdminChannel } from './admin-channel.ts'
import { actionElements } from './title-bar-element.ts'

export interface ModalElement extends HTMLElement {
  show(): Promise<void>
  hide(): Promise<void>
  toggle(): Promise<void>
  readonly content: HTMLElement
}

const STYLE = `
.sandbox-modal{position:fixed;inset:0;z-index:390;display:flex;align-items:flex-start;justify-content:center;padding:6vh 16px 16px;background:rgba(22,18,26,.5);font:14px/1.45 system-ui,sans-serif}
.sandbox-modal__card{display:flex;flex-direction:column;width:100%;max-width:620px;max-height:86vh;border-radius:14px;background:#fff;color:#1f1b24;box-shadow:0 24px 70px rgba(22,18,26,.38);overflow:hidden;outline:none}
.sandbox-modal__card[data-variant=small]{max-width:400px}.sandbox-modal__card[data-variant=large]{max-width:980px}.sandbox-modal__card[data-variant=max]{max-width:none;height:86vh}
.sandbox-modal__head{display:flex;justify-content:space-between;align-items:center;gap:12px;padding:14px 18px;border-bottom:1px solid #e9e5ee;font-weight:650}
.sandbox-modal__body{overflow:auto;flex:1}
.sandbox-modal__foot{display:flex;justify-content:flex-end;gap:8px;padding:12px 18px;border-top:1px solid #e9e5ee}
.sandbox-modal button.sm{font:inherit;font-weight:600;border-radius:9px;border:1px solid #d5cfdc;background:#fff;color:#2b2431;padding:7px 14px;cursor:pointer}
.sandbox-modal button.sm[data-tone=primary]{background:#2b2431;border-color:#2b2431;color:#fff}.sandbox-modal button.sm[data-tone=critical]{background:#a3212f;border-color:#a3212f;color:#fff}
.sandbox-modal button.sm:disabled{opacity:.5;cursor:default}
.sandbox-modal button.x{border:0;background:none;font-size:20px;line-height:1;padding:6px 8px;border-radius:8px;cursor:pointer;color:#5d5566}
.sandbox-modal button:focus-visible{outline:2px solid #8a6a2f;outline-offset:2px}`

export function defineModal(channel: AdminChannel): void {
  customElements.define(
    'ui-modal',
    class extends HTMLElement implements ModalElement {
      readonly content = document.createElement('div')
      #overlay: HTMLElement | undefined
      #returnFocus: Element | null = null
      #observer = new MutationObserver(() => this.#overlay && this.#draw(this.#overlay))

      connectedCallback() {
        this.style.display = 'none'
      }
      disconnectedCallback() {
        void this.hide()
      }
      show() {
        if (this.#overlay || !this.isConnected) return Promise.resolve()
        this.#adoptPlainChildren()
        const overlay = document.createElement('div')
        overlay.className = 'sandbox-modal'
        this.#draw(overlay)
        this.#returnFocus = document.activeElement
        document.body.append(overlay)
        this.#overlay = overlay
        this.#observer.observe(this, {
          childList: true,
          subtree: true,
          attributes: true,
          characterData: true,
        })
        overlay.querySelector<HTMLElement>('.sandbox-modal__card')?.focus()
        overlay.addEventListener('keydown', (event) => this.#onKey(event))
        overlay.addEventListener('mousedown', (event) => event.target === overlay && void this.hide())
        channel.tell({ name: 'modal', open: true })
        this.dispatchEvent(new CustomEvent('show'))
        return Promise.resolve()
      }
      hide() {
        if (!this.#overlay) return Promise.resolve()
        this.#observer.disconnect()
        this.#overlay.remove()
        this.#overlay = undefined
        channel.tell({ name: 'modal', open: false })
        if (this.#returnFocus instanceof HTMLElement) this.#returnFocus.focus()
        this.dispatchEvent(new CustomEvent('hide'))
        return Promise.resolve()
      }
      toggle() {
        return this.#overlay ? this.hide() : this.show()
      }
      /** Without React, the content is plain markup between the tags. React renders into `content` by itself. */
      #adoptPlainChildren() {
        for (const child of [...this.children]) {
          const isBar = ['UI-TITLE-BAR', 'UI-SAVE-BAR'].includes(child.tagName)
          if (!isBar && child.childElementCount + (child.textContent?.trim().length ?? 0) > 0) {
            this.content.append(child)
          }
        }
      }
      #draw(overlay: HTMLElement) {
        const bar = this.querySelector('ui-title-bar')
        const heading = bar?.getAttribute('title') ?? ''
        const shell = overlay.firstElementChild ?? this.#skeleton(overlay)
        shell.setAttribute('aria-label', heading || 'Dialog')
        shell.setAttribute('data-variant', this.getAttribute('variant') ?? 'base')
        const title = shell.querySelector('.sandbox-modal__title')
        if (title) title.textContent = heading
        const foot = shell.querySelector<HTMLElement>('.sandbox-modal__foot')
        const actions = bar ? actionElements(bar) : []
        foot?.replaceChildren(...actions.reverse().map(proxyButton))
        if (foot) foot.style.display = actions.length > 0 ? '' : 'none'
      }
      #skeleton(overlay: HTMLElement): Element {
        const style = document.createElement('style')
        style.textContent = STYLE
        const card = document.createElement('div')
        card.className = 'sandbox-modal__card'
        card.tabIndex = -1
        card.setAttribute('role', 'dialog')
        card.setAttribute('aria-modal', 'true')
        card.innerHTML =
          '<div class="sandbox-modal__head"><span class="sandbox-modal__title"></span><button type="button" class="x" aria-label="Close">×</button></div><div class="sandbox-modal__body"></div><div class="sandbox-modal__foot"></div>'
        card.querySelector('.x')?.addEventListener('click', () => void this.hide())
        card.querySelector('.sandbox-modal__body')?.append(this.content)
        overlay.append(card, style)
        return card
      }
      #onKey(event: KeyboardEvent) {
        if (event.key === 'Escape') void this.hide()
        if (event.key !== 'Tab' || !this.#overlay) return
        const stops = this.#overlay.querySelectorAll<HTMLElement>(
          'a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled),[tabindex="0"]',
        )
        const [first, last] = [stops[0], stops[stops.length - 1]]
        const edge = event.shiftKey ? first : last
        if (document.activeElement !== edge) return
        event.preventDefault()
        ;(event.shiftKey ? last : first)?.focus()
      }
    },
  )
}

function proxyButton(source: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'sm'
  button.textContent = source.textContent
  button.disabled = source.hasAttribute('disabled') || source.hasAttribute('loading')
  button.dataset.tone =
    source.getAttribute('tone') === 'critical' ? 'critical' : (source.getAttribute('variant') ?? 'plain')
  button.addEventListener('click', () => source.click())
  return button
}

/** Modal of an id. Errors: throws by name when there is none. */
export function modalById(id: string): ModalElement {
  const found = document.getElementById(id)
  if (!found || !('show' in found)) throw new Error(`App Bridge: there is no modal with the id "${id}".`)
  return found as ModalElement
}
