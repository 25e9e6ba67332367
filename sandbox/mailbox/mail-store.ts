// Received messages, newest first; kept in a file beside the sandbox's state when that is kept.
import fs from 'node:fs'
import type { Sandbox } from '#sandbox/state/sandbox.ts'

export interface MailAttachment {
  name: string
  contentType: string
  /** Bytes. */
  size: number
  contentId: string | null
  base64: string
}

export interface MailMessage {
  id: string
  /** Real time, ISO. */
  receivedAt: string
  /** Who the SMTP envelope names; the headers may say otherwise. */
  envelope: { from: string; to: string[] }
  from: string
  to: string
  subject: string
  headers: Array<{ name: string; value: string }>
  text: string
  html: string | null
  attachments: MailAttachment[]
}

export interface MailFaults {
  /** Share of messages refused with 451, 0 to 1. */
  rejectRate: number
  seed: number
}

interface MailStore {
  messages: MailMessage[]
  nextId: number
  faults: MailFaults
  drawn: number
  timer: NodeJS.Timeout | undefined
}

const stores = new WeakMap<Sandbox, MailStore>()
const SAVE_AFTER_MS = 500

/** Path of the file that keeps the mail; undefined when the sandbox keeps nothing. */
export function mailPath(sandbox: Sandbox): string | undefined {
  const { statePath } = sandbox.options
  return statePath && `${statePath.replace(/\.json$/, '')}.mail.json`
}

function storeOf(sandbox: Sandbox): MailStore {
  const known = stores.get(sandbox)
  if (known) return known
  const messages = readKept(mailPath(sandbox))
  const nextId = Math.max(0, ...messages.map((message) => Number(message.id))) + 1
  const fresh = { messages, nextId, faults: { rejectRate: 0, seed: 1 }, drawn: 0, timer: undefined }
  stores.set(sandbox, fresh)
  return fresh
}

function readKept(file: string | undefined): MailMessage[] {
  if (!file || !fs.existsSync(file)) return []
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(
      `${file} cannot be read as mail (${(error as Error).message}). Move it away to start afresh.`,
    )
  }
}

/** Newest first. */
export function messagesOf(sandbox: Sandbox): readonly MailMessage[] {
  return storeOf(sandbox).messages
}

export function findMessage(sandbox: Sandbox, id: string): MailMessage | undefined {
  return storeOf(sandbox).messages.find((message) => message.id === id)
}

export function addMessage(sandbox: Sandbox, message: Omit<MailMessage, 'id'>): MailMessage {
  const store = storeOf(sandbox)
  const added = { ...message, id: String(store.nextId++) }
  store.messages.unshift(added)
  saveSoon(sandbox)
  return added
}

/** Deletes one message, or all of them. Answers how many went. */
export function deleteMessages(sandbox: Sandbox, id?: string): number {
  const store = storeOf(sandbox)
  const before = store.messages.length
  store.messages = id === undefined ? [] : store.messages.filter((message) => message.id !== id)
  saveSoon(sandbox)
  return before - store.messages.length
}

export function mailFaultsOf(sandbox: Sandbox): Readonly<MailFaults> {
  return storeOf(sandbox).faults
}

export function setMailFaults(sandbox: Sandbox, faults: MailFaults): void {
  const store = storeOf(sandbox)
  store.faults = faults
  store.drawn = 0
}

/** Draws once: is this message to be refused? The same seed refuses the same messages. */
export function drawsRejection(sandbox: Sandbox): boolean {
  const store = storeOf(sandbox)
  store.drawn += 1
  const mixed = Math.imul(store.faults.seed * 2654435761 + store.drawn * 40503, 0x9e3779b1) >>> 0
  return mixed / 4294967296 < store.faults.rejectRate
}

function saveSoon(sandbox: Sandbox): void {
  const store = storeOf(sandbox)
  if (!mailPath(sandbox) || store.timer) return
  store.timer = setTimeout(() => saveMail(sandbox), SAVE_AFTER_MS)
  store.timer.unref()
}

/** Writes now what is not yet written. */
export function saveMail(sandbox: Sandbox): void {
  const store = storeOf(sandbox)
  clearTimeout(store.timer)
  store.timer = undefined
  const file = mailPath(sandbox)
  if (!file) return
  fs.writeFileSync(`${file}.new`, JSON.stringify(store.messages))
  fs.renameSync(`${file}.new`, file)
}
