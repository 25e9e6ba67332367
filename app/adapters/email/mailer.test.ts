import { createServer } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { expect, test } from 'vitest'
import { createMailer, type OutgoingMail } from './mailer.ts'

const FROM = 'Filigree <statements@filigree.example>'
const mail: OutgoingMail = {
  to: 'mira@creators.example',
  subject: 'Your royalty statement — May',
  html: '<p>€166.25</p>',
  text: '€166.25',
}

interface Inbox {
  url: string
  received: string[]
  [Symbol.asyncDispose](): Promise<void>
}

async function openInbox(options: SMTPServerOptions = {}): Promise<Inbox> {
  const received: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        received.push(Buffer.concat(parts).toString('utf8'))
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the test server has no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function refusing(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}

async function sendTo(inbox: Inbox, changes: Partial<OutgoingMail> = {}) {
  const mailer = createMailer({ smtpUrl: inbox.url, from: FROM })
  try {
    return await mailer.send({ ...mail, ...changes })
  } finally {
    await mailer.close()
  }
}

test('a mail arrives with both bodies, its attachments byte for byte, and the shop as sender', async () => {
  await using inbox = await openInbox()
  const pdf = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x0a])
  const sent = await sendTo(inbox, {
    fromName: 'Lumen "Atelier", Paris',
    replyTo: 'studio@lumen-atelier.example',
    messageId: '<statement-1@filigree.example>',
    headers: { 'X-Entity-Ref-ID': 'MIRA-0005' },
    attachments: [
      { filename: 'MIRA-0005.pdf', content: pdf, contentType: 'application/pdf' },
      { filename: 'MIRA-0005.csv', content: 'record\r\néclat\r\n', contentType: 'text/csv' },
    ],
  })
  expect(sent).toEqual({ ok: true, messageId: '<statement-1@filigree.example>' })
  const parsed = await simpleParser(inbox.received[0] ?? '')
  expect(parsed.subject).toBe(mail.subject)
  expect(parsed.html).toContain('€166.25')
  expect(parsed.text?.trim()).toBe('€166.25')
  expect(parsed.from?.value[0]).toEqual({
    name: 'Lumen "Atelier", Paris',
    address: 'statements@filigree.example',
  })
  expect(parsed.replyTo?.value[0]?.address).toBe('studio@lumen-atelier.example')
  expect(parsed.headers.get('x-entity-ref-id')).toBe('MIRA-0005')
  expect(parsed.attachments.map((file) => file.filename)).toEqual(['MIRA-0005.pdf', 'MIRA-0005.csv'])
  expect(new Uint8Array(parsed.attachments[0]?.content ?? [])).toEqual(pdf)
  expect(parsed.attachments[1]?.content.toString('utf8')).toBe('record\r\néclat\r\n')
})

test.each([
  ['a mailbox that does not exist', 550, false],
  ['a mailbox that is busy', 451, true],
])('%s is a rejected address whose text names no address', async (_case, code, retry) => {
  await using inbox = await openInbox({
    onRcptTo: (address, _session, done) => done(refusing(code, `no such user ${address.address}`)),
  })
  const result = await sendTo(inbox)
  expect(result).toMatchObject({ ok: false, reason: 'rejected_address', retry })
  expect(JSON.stringify(result)).not.toContain('mira@')
  expect(JSON.stringify(result)).toContain('no such user')
})

test('a sender that the server does not want is not blamed on the creator', async () => {
  await using inbox = await openInbox({
    onMailFrom: (_address, _session, done) => done(refusing(553, 'sender not verified')),
  })
  expect(await sendTo(inbox)).toMatchObject({ ok: false, reason: 'refused', retry: false })
})

test('a mail that the server refuses for good is not tried again', async () => {
  await using inbox = await openInbox({
    onData(stream, _session, done) {
      stream.on('data', () => undefined)
      stream.on('end', () => done(refusing(554, 'content refused')))
    },
  })
  expect(await sendTo(inbox)).toMatchObject({ ok: false, reason: 'refused', retry: false })
})

test('a server that does not answer its port is unreachable and worth another try', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const address = closed.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await new Promise((resolve) => closed.close(resolve))
  const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM })
  expect(await mailer.send(mail)).toMatchObject({ ok: false, reason: 'unreachable', retry: true })
  await mailer.close()
})

test('a wrong password is refused, may go through later, and is not repeated in the message', async () => {
  await using inbox = await openInbox({
    authOptional: false,
    onAuth: (_auth, _session, done) => done(refusing(535, 'authentication failed')),
  })
  const mailer = createMailer({ smtpUrl: inbox.url.replace('//', '//user:hunter2-secret@'), from: FROM })
  const result = await mailer.send(mail)
  await mailer.close()
  expect(result).toMatchObject({ ok: false, reason: 'refused', retry: true })
  expect(JSON.stringify(result)).not.toContain('hunter2')
})

test('closing waits for what is on its way', async () => {
  await using inbox = await openInbox()
  const mailer = createMailer({ smtpUrl: inbox.url, from: FROM })
  const sending = Promise.all([1, 2, 3, 4, 5, 6].map(() => mailer.send(mail)))
  await mailer.close()
  expect((await sending).every((result) => result.ok)).toBe(true)
  expect(inbox.received).toHaveLength(6)
})

test('a line break in a subject or name starts no header of its own', async () => {
  await using inbox = await openInbox()
  await sendTo(inbox, {
    subject: 'May\r\nBcc: thief@elsewhere.example',
    fromName: 'Lumen\r\nBcc: thief@elsewhere.example',
  })
  const parsed = await simpleParser(inbox.received[0] ?? '')
  expect(parsed.bcc).toBeUndefined()
  expect(inbox.received[0]).not.toMatch(/^Bcc:/im)
})
