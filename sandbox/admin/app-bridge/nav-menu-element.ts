// <ui-nav-menu> and <s-app-nav>: invisible in the app, drawn by the shell.
import type { AdminChannel } from './admin-channel.ts'
import type { NavItem } from './protocol.ts'

export function defineNavMenus(channel: AdminChannel): void {
  const tell = (element: Element) => channel.tell({ name: 'nav', items: readItems(element) })
  customElements.define('ui-nav-menu', menuClass(tell))
  customElements.define('s-app-nav', menuClass(tell))
}

function menuClass(tell: (element: Element) => void): CustomElementConstructor {
  return class extends HTMLElement {
    #observer = new MutationObserver(() => tell(this))
    connectedCallback() {
      this.style.display = 'none'
      this.#observer.observe(this, { childList: true, subtree: true, attributes: true, characterData: true })
      tell(this)
    }
    disconnectedCallback() {
      this.#observer.disconnect()
    }
  }
}

function readItems(element: Element): NavItem[] {
  return [...element.querySelectorAll('a[href], s-link[href]')].map((anchor) => ({
    href: anchor.getAttribute('href') ?? '/',
    label: anchor.textContent?.trim() ?? '',
    home: anchor.getAttribute('rel') === 'home',
  }))
}
