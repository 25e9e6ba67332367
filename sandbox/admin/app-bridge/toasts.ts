// shopify.toast: short messages, shown by the shell.
import type { AdminChannel } from './admin-channel.ts'

export interface ToastOptions {
  duration?: number
  isError?: boolean
  action?: string
  onAction?: () => void
  onDismiss?: () => void
}

export interface Toasts {
  show(message: string, options?: ToastOptions): string
  hide(id: string): void
}

const DEFAULT_MS = 5000

export function createToasts(channel: AdminChannel): Toasts {
  const shown = new Map<string, ToastOptions>()
  let next = 1
  channel.onEvent((event) => {
    if (event.name === 'toastAction') shown.get(event.id)?.onAction?.()
    if (event.name === 'toastDismiss') {
      shown.get(event.id)?.onDismiss?.()
      shown.delete(event.id)
    }
  })
  return {
    show(message, options = {}) {
      if (typeof message !== 'string') throw new TypeError('App Bridge: toast.show needs a message as text.')
      const id = `toast-${next++}`
      shown.set(id, options)
      channel.tell({
        name: 'toast',
        id,
        message,
        isError: options.isError ?? false,
        durationMs: options.duration ?? DEFAULT_MS,
        action: options.action ?? null,
      })
      return id
    },
    hide: (id) => channel.tell({ name: 'toastHide', id }),
  }
}
