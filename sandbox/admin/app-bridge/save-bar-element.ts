// <ui-save-bar> and <form data-save-bar>, both owners of the one save bar.
import type { SaveBarOwner, SaveBars } from './save-bars.ts'

export function defineSaveBar(bars: SaveBars): void {
  customElements.define(
    'ui-save-bar',
    class extends HTMLElement {
      #owner: SaveBarOwner | undefined
      #unregister: (() => void) | undefined
      #observer = new MutationObserver(() => this.#owner && bars.refresh(this.#owner))

      connectedCallback() {
        this.style.display = 'none'
        this.#owner = ownerOf(this)
        this.#unregister = bars.register(this.#owner)
        this.#observer.observe(this, { childList: true, subtree: true, attributes: true })
      }
      disconnectedCallback() {
        this.#observer.disconnect()
        this.#unregister?.()
        this.#owner = undefined
      }
      get showing() {
        return this.#owner !== undefined && bars.isOpen(this.#owner)
      }
      show() {
        if (this.#owner) bars.open(this.#owner)
        return Promise.resolve()
      }
      hide() {
        if (this.#owner) bars.close(this.#owner)
        return Promise.resolve()
      }
      toggle() {
        return this.showing ? this.hide() : this.show()
      }
    },
  )
}

function ownerOf(element: HTMLElement): SaveBarOwner {
  const save = () => element.querySelector<HTMLButtonElement>('button[variant="primary"]')
  const discard = () => element.querySelector<HTMLButtonElement>('button:not([variant="primary"])')
  return {
    id: element.id,
    state: () => ({
      saving: isLoading(save()),
      saveDisabled: save()?.disabled ?? false,
      discardDisabled: discard()?.disabled ?? false,
      confirmDiscard:
        element.hasAttribute('discardconfirmation') || element.hasAttribute('discard-confirmation'),
    }),
    save: () => save()?.click(),
    discard: () => discard()?.click(),
    toggled: (open) => element.dispatchEvent(new CustomEvent(open ? 'show' : 'hide')),
  }
}

function isLoading(button: HTMLButtonElement | null): boolean {
  const value = button?.getAttribute('loading')
  return value !== null && value !== undefined && value !== 'false'
}

/** Watches every <form data-save-bar>: the first change opens the bar; submit, reset and removal close it. */
export function watchSaveBarForms(bars: SaveBars): void {
  const owners = new WeakMap<HTMLFormElement, SaveBarOwner>()
  let watched: HTMLFormElement | undefined

  const onChange = (event: Event) => {
    const form = event.target instanceof Element ? event.target.closest('form[data-save-bar]') : null
    if (!(form instanceof HTMLFormElement)) return
    const owner = owners.get(form) ?? formOwner(form)
    owners.set(form, owner)
    watched = form
    bars.open(owner)
  }
  const onDone = (event: Event) => {
    const owner = event.target instanceof HTMLFormElement ? owners.get(event.target) : undefined
    if (owner) bars.close(owner)
  }
  document.addEventListener('input', onChange)
  document.addEventListener('change', onChange)
  document.addEventListener('submit', onDone)
  document.addEventListener('reset', onDone)
  new MutationObserver(() => {
    if (!watched || watched.isConnected) return
    const owner = owners.get(watched)
    watched = undefined
    if (owner) bars.close(owner)
  }).observe(document.documentElement, { childList: true, subtree: true })
}

function formOwner(form: HTMLFormElement): SaveBarOwner {
  return {
    id: form.id,
    state: () => ({
      saving: false,
      saveDisabled: false,
      discardDisabled: false,
      confirmDiscard: form.hasAttribute('data-discard-confirmation'),
    }),
    save: () => form.requestSubmit(),
    discard: () => form.reset(),
    toggled: () => undefined,
  }
}
