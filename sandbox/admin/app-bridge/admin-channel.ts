// The app's end of the wire. Messages go to the admin's origin only, and only those of the parent window are heard.
import {
  type AppMessage,
  CHANNEL,
  isChannelMessage,
  type Notice,
  type Question,
  type ShellEvent,
  type ShellMessage,
} from './protocol.ts'

export interface AdminChannel {
  tell(notice: Notice): void
  /** Rejects with the shell's own words when it refuses. */
  ask(question: Question): Promise<unknown>
  onEvent(listener: (event: ShellEvent) => void): void
}

export function openAdminChannel(adminOrigin: string): AdminChannel {
  const listeners: Array<(event: ShellEvent) => void> = []
  const waiting = new Map<number, (message: ShellMessage & { kind: 'answer' }) => void>()
  let nextId = 1

  const post = (message: AppMessage) => window.parent.postMessage(message, adminOrigin)

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window.parent || event.origin !== adminOrigin || !isChannelMessage(event.data))
      return
    const message = event.data as ShellMessage
    if (message.kind === 'event') {
      for (const listener of listeners) listener(message.event)
    } else if (message.kind === 'answer') {
      waiting.get(message.id)?.(message)
      waiting.delete(message.id)
    }
  })

  return {
    tell: (notice) => post({ channel: CHANNEL, kind: 'notice', notice }),
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = nextId++
        waiting.set(id, (answer) =>
          answer.ok ? resolve(answer.value) : reject(new Error(`App Bridge: ${answer.message}`)),
        )
        post({ channel: CHANNEL, kind: 'question', id, question })
      }),
    onEvent: (listener) => listeners.push(listener),
  }
}
