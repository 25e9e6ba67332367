// What the app's page and the admin shell say to each other by postMessage. Both sides check origin and window of every message.

export const CHANNEL = 'sandbox-admin/1'

export interface NavItem {
  href: string
  label: string
  home: boolean
}

export interface TitleAction {
  id: string
  label: string
  tone: 'primary' | 'plain' | 'critical' | 'breadcrumb'
  disabled: boolean
}

export interface SaveBarState {
  open: boolean
  saving: boolean
  saveDisabled: boolean
  discardDisabled: boolean
  confirmDiscard: boolean
}

/** One-way news from the app. */
export type Notice =
  | { name: 'ready' }
  | { name: 'location'; path: string }
  | { name: 'nav'; items: NavItem[] }
  | { name: 'titleBar'; title: string | null; actions: TitleAction[] }
  | {
      name: 'toast'
      id: string
      message: string
      isError: boolean
      durationMs: number
      action: string | null
    }
  | { name: 'toastHide'; id: string }
  | { name: 'saveBar'; state: SaveBarState }
  | { name: 'saveBarNudge' }
  | { name: 'modal'; open: boolean }
  | { name: 'loading'; on: boolean }
  | { name: 'top'; url: string }
  | { name: 'window'; url: string }

export type PickerType = 'product' | 'variant' | 'collection'

export interface PickerRequest {
  type: PickerType
  action: 'add' | 'select'
  /** true: any number; a number: at most so many. */
  multiple: boolean | number
  query: string
  selectionIds: string[]
  /** Hide drafts and archived products. */
  onlyActive: boolean
}

/** Questions of the app that the shell answers. */
export type Question =
  | { method: 'idToken' }
  | { method: 'user' }
  | { method: 'scopes' }
  | { method: 'picker'; picker: PickerRequest }

export type AppMessage =
  | { channel: typeof CHANNEL; kind: 'notice'; notice: Notice }
  | { channel: typeof CHANNEL; kind: 'question'; id: number; question: Question }

/** One-way news from the shell. */
export type ShellEvent =
  | { name: 'navigate'; path: string }
  | { name: 'save' }
  | { name: 'discard' }
  | { name: 'titleAction'; id: string }
  | { name: 'toastAction'; id: string }
  | { name: 'toastDismiss'; id: string }

export type ShellMessage =
  | { channel: typeof CHANNEL; kind: 'event'; event: ShellEvent }
  | { channel: typeof CHANNEL; kind: 'answer'; id: number; ok: true; value: unknown }
  | { channel: typeof CHANNEL; kind: 'answer'; id: number; ok: false; message: string }

/** Is it a message of this channel at all? The sender must have been checked before. */
export function isChannelMessage(data: unknown): data is { channel: typeof CHANNEL } {
  return typeof data === 'object' && data !== null && 'channel' in data && data.channel === CHANNEL
}
