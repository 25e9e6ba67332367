// The contextual save bar, over the top bar. While it is open, the admin's links do not lead away.
import type { SaveBarState } from '../../app-bridge/protocol.ts'
import { part } from './shell-config.ts'

export interface SaveBarView {
  show(state: SaveBarState): void
  nudge(): void
  isOpen(): boolean
}

export function createSaveBarView(save: () => void, discard: () => void): SaveBarView {
  const bar = part('save-bar')
  const saveButton = part<HTMLButtonElement>('save-bar-save')
  const discardButton = part<HTMLButtonElement>('save-bar-discard')
  const dialog = part<HTMLDialogElement>('discard-dialog')
  let state: SaveBarState | undefined

  saveButton.addEventListener('click', save)
  discardButton.addEventListener('click', () => (state?.confirmDiscard ? dialog.showModal() : discard()))
  dialog.addEventListener('close', () => dialog.returnValue === 'discard' && discard())

  const view: SaveBarView = {
    show(next) {
      state = next
      bar.hidden = !next.open
      document.body.toggleAttribute('data-unsaved', next.open)
      saveButton.disabled = next.saveDisabled || next.saving
      saveButton.toggleAttribute('data-busy', next.saving)
      discardButton.disabled = next.discardDisabled || next.saving
    },
    nudge() {
      bar.classList.remove('nudge')
      void bar.offsetWidth
      bar.classList.add('nudge')
      part('announcer').textContent = 'You have unsaved changes. Save or discard them first.'
    },
    isOpen: () => state?.open ?? false,
  }
  document.addEventListener(
    'click',
    (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!view.isOpen() || !(link instanceof HTMLAnchorElement) || link.target === '_blank') return
      event.preventDefault()
      event.stopPropagation()
      view.nudge()
    },
    true,
  )
  return view
}
