// Sends mail through SMTP. Addresses appear in no message that this returns, so that logs stay free of them.
import { createTransport } from 'nodemailer'

interface MailAttachment {
  filename: string
  content: Uint8Array | string
  contentType: string
}

export interface OutgoingMail {
  to: string
  /** Overrides the configured sender. */
  from?: string
  /** Shown in front of the configured sender's address: the shop that the mail speaks for. */
  fromName?: string
  replyTo?: string
  subject: string
  html: string
  text: string
  attachments?: MailAttachment[]
  headers?: Record<string, string>
  /** The same on every attempt, so that a mail that was taken but not confirmed shows once. */
  messageId?: string
}

export type SendResult =
  | { ok: true; messageId: string }
  | {
      ok: false
      /** The address is not taken; the server is not reached; the server does not take the mail. */
      reason: 'rejected_address' | 'unreachable' | 'refused'
      message: string
      /** Whether the same mail may go through later. */
      retry: boolean
    }

export interface Mailer {
  /** Throws only on a mail that cannot be composed. */
  send(mail: OutgoingMail): Promise<SendResult>
  /** Lets what is on its way arrive, then hangs up. */
  close(): Promise<void>
}

export interface MailerOptions {
  /** smtp:// or smtps://, with user and password where the server asks for them. */
  smtpUrl: string
  /** "Name <address>" */
  from: string
}

const CONNECT_MS = 10_000
const SILENCE_MS = 30_000

export function createMailer({ smtpUrl, from }: MailerOptions): Mailer {
  const url = new URL(smtpUrl)
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    maxMessages: 200,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    // A password never travels in the clear, except to this very machine.
    requireTLS: url.username !== '' && url.protocol === 'smtp:' && !isLoopback(url.hostname),
    // Attachments are what the caller gives; a path or URL in one is never followed.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const underway = new Set<Promise<unknown>>()

  async function send(mail: OutgoingMail): Promise<SendResult> {
    try {
      const { messageId } = await transport.sendMail(composed(mail, from))
      return { ok: true, messageId }
    } catch (error) {
      const refusal = readRefusal(error)
      if (refusal) return refusal
      throw error
    }
  }

  return {
    send(mail) {
      const sending = send(mail)
      const settled = sending.catch(() => undefined).finally(() => underway.delete(settled))
      underway.add(settled)
      return sending
    },
    async close() {
      await Promise.all(underway)
      transport.close()
    },
  }
}

function composed(mail: OutgoingMail, from: string) {
  return {
    to: mail.to,
    from: mail.from ?? senderOf(from, mail.fromName),
    replyTo: mail.replyTo,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: mail.headers,
    messageId: mail.messageId,
    attachments: mail.attachments?.map(({ filename, content, contentType }) => ({
      filename,
      content: typeof content === 'string' ? content : Buffer.from(content),
      contentType,
    })),
  }
}

function senderOf(from: string, name: string | undefined): string | { name: string; address: string } {
  if (!name) return from
  return { name, address: /<([^<>]+)>/.exec(from)?.[1] ?? from }
}

/** Null for what no server said: a bug of ours. */
function readRefusal(error: unknown): Extract<SendResult, { ok: false }> | null {
  if (!(error instanceof Error)) return null
  const {
    code = '',
    command,
    responseCode,
  } = error as { code?: string; command?: string; responseCode?: number }
  const message = withoutAddresses(error.message)
  const temporary = responseCode !== undefined && responseCode >= 400 && responseCode < 500
  // The same code stands for a sender that the server does not want; that is not the recipient's fault.
  if (code === 'EENVELOPE' && command !== 'MAIL FROM') {
    return { ok: false, reason: 'rejected_address', message, retry: temporary }
  }
  // A wrong password is put right by the operator, not by the mail: worth another try later.
  if (code === 'EAUTH' || code === 'ENOAUTH') return { ok: false, reason: 'refused', message, retry: true }
  if (responseCode !== undefined) return { ok: false, reason: 'refused', message, retry: temporary }
  if (UNREACHABLE.has(code)) return { ok: false, reason: 'unreachable', message, retry: true }
  return null
}

const UNREACHABLE = new Set([
  'ECONNECTION',
  'ECONNREFUSED',
  'ECONNRESET',
  'EDNS',
  'EPROTOCOL',
  'ESOCKET',
  'ETIMEDOUT',
  'ETLS',
  'EREQUIRETLS',
  'EMAXLIMIT',
  'EMESSAGE',
])

function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g, '(address)').slice(0, 300)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host)
}
