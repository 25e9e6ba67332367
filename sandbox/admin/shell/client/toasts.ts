// Toasts at the foot of the admin: polite for news, assertive for errors.
import type { Notice } from '../../app-bridge/protocol.ts'
import { part } from './shell-config.ts'

type ToastNotice = Extract<Notice, { name: 'toast' }>

export function createToastStack(act: (id: string) => void, dismissed: (id: string) => void) {
  const stack = part('toasts')
  const shown = new Map<string, HTMLElement>()

  const hide = (id: string) => {
    const toast = shown.get(id)
    if (!toast) return
    shown.delete(id)
    toast.remove()
    dismissed(id)
  }
  return {
    hide,
    show(notice: ToastNotice): void {
      const toast = document.createElement('div')
      toast.className = 'toast'
      toast.setAttribute('role', notice.isError ? 'alert' : 'status')
      toast.toggleAttribute('data-error', notice.isError)
      const text = document.createElement('span')
      text.textContent = notice.message
      toast.append(text)
      if (notice.action) {
        toast.append(toastButton(notice.action, () => act(notice.id), 'toast-action'))
      }
      const close = toastButton('×', () => hide(notice.id), 'toast-close')
      close.setAttribute('aria-label', 'Dismiss')
      toast.append(close)
      stack.append(toast)
      shown.set(notice.id, toast)
      setTimeout(() => hide(notice.id), Math.max(notice.durationMs, 1000))
    },
  }
}

function toastButton(label: string, press: () => void, className: string): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = className
  button.textContent = label
  button.addEventListener('click', press)
  return button
}
