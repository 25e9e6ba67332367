// An SMTP server on the loopback that accepts everything and delivers nothing.
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { addMessage, drawsRejection, type MailMessage, messagesOf, saveMail } from './mail-store.ts'

export interface Mailbox {
  port: number
  /** Newest first. */
  messages(): readonly MailMessage[]
  stop(): Promise<void>
}

const LARGEST_BYTES = 25 * 1024 * 1024

/** Listens on 127.0.0.1; port 0 takes a free one. Errors: rejects when the port is taken. */
export function startMailbox(sandbox: Sandbox, { port = 0 }: { port?: number } = {}): Promise<Mailbox> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideSize: false,
    size: LARGEST_BYTES,
    banner: 'sandbox mailbox',
    onAuth: (_auth, _session, done) => done(null, { user: 'sandbox' }),
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope
      simpleParser(stream, { skipImageLinks: true }).then(
        (mail) => {
          if (stream.sizeExceeded) return done(refusal(552, 'The message is too large.'))
          if (drawsRejection(sandbox))
            return done(refusal(451, 'The sandbox refuses this message on request; try again.'))
          const from = mailFrom === false ? '' : mailFrom.address
          const to = rcptTo.map((recipient) => recipient.address)
          const { id } = addMessage(sandbox, toMessage(mail, { from, to }))
          done(null, `kept as ${id}`)
        },
        (error: Error) => done(refusal(554, `The message cannot be read: ${error.message}`)),
      )
    },
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      server.on('error', (error) => console.error(`Mailbox: ${error.message}`))
      const address = server.server.address()
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        messages: () => messagesOf(sandbox),
        stop: () =>
          new Promise((stopped) => {
            saveMail(sandbox)
            server.close(() => stopped())
          }),
      })
    })
  })
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}

function toMessage(mail: ParsedMail, envelope: MailMessage['envelope']): Omit<MailMessage, 'id'> {
  return {
    receivedAt: new Date().toISOString(),
    envelope,
    from: mail.from?.text ?? envelope.from,
    to: addressText(mail.to) || envelope.to.join(', '),
    subject: mail.subject ?? '',
    headers: mail.headerLines.map(({ line }) => {
      const colon = line.indexOf(':')
      return {
        name: line.slice(0, colon),
        value: line
          .slice(colon + 1)
          .replace(/\r?\n\s+/g, ' ')
          .trim(),
      }
    }),
    text: mail.text ?? '',
    html: mail.html || null,
    attachments: mail.attachments.map((attachment, index) => ({
      name: attachment.filename ?? `part-${index + 1}`,
      contentType: attachment.contentType,
      size: attachment.size,
      contentId: attachment.contentId?.replace(/^<|>$/g, '') ?? null,
      base64: attachment.content.toString('base64'),
    })),
  }
}

function addressText(address: AddressObject | AddressObject[] | undefined): string {
  if (!address) return ''
  return (Array.isArray(address) ? address : [address]).map(({ text }) => text).join(', ')
}
