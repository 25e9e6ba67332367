// The shell's end of the wire: hears only the app's window at the app's origin, and speaks to that origin only.
import {
  type AppMessage,
  CHANNEL,
  isChannelMessage,
  type Notice,
  type Question,
  type ShellEvent,
  type ShellMessage,
} from '../../app-bridge/protocol.ts'

export interface AppChannel {
  send(event: ShellEvent): void
}

export interface AppListeners {
  notice(notice: Notice): void
  /** What it resolves with goes back to the app; what it throws, too. */
  question(question: Question): Promise<unknown>
}

export function openAppChannel(
  frame: HTMLIFrameElement,
  appOrigin: string,
  listeners: AppListeners,
): AppChannel {
  const post = (message: ShellMessage) => frame.contentWindow?.postMessage(message, appOrigin)

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== frame.contentWindow || event.origin !== appOrigin || !isChannelMessage(event.data)) {
      return
    }
    const message = event.data as AppMessage
    if (message.kind === 'notice') listeners.notice(message.notice)
    if (message.kind !== 'question') return
    const { id } = message
    listeners.question(message.question).then(
      (value) => post({ channel: CHANNEL, kind: 'answer', id, ok: true, value }),
      (error: Error) => post({ channel: CHANNEL, kind: 'answer', id, ok: false, message: error.message }),
    )
  })
  return { send: (event) => post({ channel: CHANNEL, kind: 'event', event }) }
}
