import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import { expect, onTestFinished, test } from 'vitest'
import { openSandbox } from '#sandbox/state/sandbox.ts'
import { messagesOf } from './mail-store.ts'
import { previewHtml } from './preview-html.ts'
import { mailboxRouter } from './router.ts'
import { startMailbox } from './start-mailbox.ts'

function newSandbox(statePath?: string) {
  return openSandbox({
    apiKey: 'key',
    apiSecret: 'secret',
    appUrl: 'http://localhost:3000',
    sandboxUrl: 'http://localhost:4000',
    appTomlPath: 'shopify.app.toml',
    statePath,
  })
}

async function running(statePath?: string) {
  const sandbox = newSandbox(statePath)
  const mailbox = await startMailbox(sandbox, { port: 0 })
  const transport = createTransport({ host: '127.0.0.1', port: mailbox.port, secure: false, ignoreTLS: true })
  onTestFinished(() => mailbox.stop())
  const send = (subject = 'Statement LA-2026-10') =>
    transport.sendMail({
      from: '"Lumen Atelier" <studio@lumen.example>',
      to: 'mara@creator.example',
      subject,
      text: 'You earned 12.40 €.',
      html: '<html><head><style>@media (prefers-color-scheme: dark){p{color:#fff}}</style></head><body><p>You earned 12.40 €.</p><img src="cid:mark"></body></html>',
      attachments: [
        {
          filename: 'statement ü.pdf',
          content: Buffer.from('%PDF-1.7 test'),
          contentType: 'application/pdf',
        },
        { filename: 'mark.png', content: Buffer.from([1, 2, 3]), contentType: 'image/png', cid: 'mark' },
      ],
    })
  return { sandbox, mailbox, send, router: mailboxRouter(sandbox) }
}

test('a message sent by SMTP is kept whole: text, HTML, headers and every byte of an attachment', async () => {
  const { mailbox, send, router } = await running()
  await send()
  const [message] = mailbox.messages()
  expect(message).toMatchObject({ subject: 'Statement LA-2026-10', to: 'mara@creator.example' })
  expect(message?.text.trim()).toBe('You earned 12.40 €.')
  const index = message?.attachments.findIndex((attachment) => attachment.contentType === 'application/pdf')
  const answer = await router.request(`/mailbox/api/messages/${message?.id}/attachments/${index}`)
  expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe('%PDF-1.7 test')
  expect(answer.headers.get('content-disposition')).toContain('statement%20%C3%BC.pdf')
  const listed = await (await router.request('/mailbox/api/messages?to=mara@')).json()
  expect(listed).toMatchObject({ ok: true, total: 1 })
  expect(JSON.stringify(listed)).not.toContain('base64')
})

test('the preview decides the color scheme, shows pictures that came along, and lets no script run', async () => {
  const { sandbox, send, router } = await running()
  await send()
  const [message] = messagesOf(sandbox)
  if (!message) throw new Error('no message')
  expect(previewHtml(message, 'dark')).toContain('@media (min-width: 0px){p')
  expect(previewHtml(message, 'light')).toContain('@media (max-width: 0px){p')
  expect(previewHtml(message, 'light')).toContain('src="data:image/png;base64,AQID"')
  const answer = await router.request(`/mailbox/${message.id}/preview`)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('a mailbox told to refuse answers with a temporary error, and keeps nothing', async () => {
  const { mailbox, send, router } = await running()
  await router.request('/mailbox/api/faults', { method: 'POST', body: JSON.stringify({ rejectRate: 1 }) })
  await expect(send()).rejects.toMatchObject({ responseCode: 451 })
  expect(mailbox.messages()).toHaveLength(0)
  await router.request('/mailbox/api/faults', { method: 'POST', body: JSON.stringify({ rejectRate: 0 }) })
  await send()
  expect(mailbox.messages()).toHaveLength(1)
})

test('faults out of range are refused by field', async () => {
  const { router } = await running()
  const answer = await router.request('/mailbox/api/faults', { method: 'POST', body: '{"rejectRate":2}' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ ok: false, message: expect.stringContaining('rejectRate') })
})

test('mail survives a restart when the state does', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mailbox-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  const statePath = path.join(folder, 'state.json')
  const { mailbox, send } = await running(statePath)
  await send('Kept')
  await mailbox.stop()
  expect(messagesOf(newSandbox(statePath)).map((message) => message.subject)).toEqual(['Kept'])
})

test('a subject with markup is text on the page, and all can be deleted', async () => {
  const { mailbox, send, router } = await running()
  await send('<script>alert(1)</script>')
  const page = await (await router.request('/mailbox')).text()
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).not.toContain('<script>alert')
  await router.request('/mailbox/api/messages', { method: 'DELETE' })
  expect(mailbox.messages()).toHaveLength(0)
})
