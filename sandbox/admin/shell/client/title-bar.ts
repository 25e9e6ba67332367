// Title of the app's page and its buttons, above the iframe.
import type { TitleAction } from '../../app-bridge/protocol.ts'
import { part } from './shell-config.ts'

export function createTitleBar(press: (id: string) => void) {
  const title = part('page-title')
  const actions = part('page-actions')
  const appTitle = document.title
  return {
    show(text: string | null, buttons: TitleAction[]): void {
      title.textContent = text ?? ''
      title.hidden = !text
      document.title = text ? `${text} · ${appTitle}` : appTitle
      actions.replaceChildren(
        ...buttons.map((action) => {
          const button = document.createElement('button')
          button.type = 'button'
          button.className = 'button'
          button.dataset.tone = action.tone
          button.disabled = action.disabled
          button.textContent = action.label
          button.addEventListener('click', () => press(action.id))
          return button
        }),
      )
    },
  }
}
