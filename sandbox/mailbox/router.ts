// Every URL of the mailbox: pages, previews, and the JSON API.
import fs from 'node:fs'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { sendStylesheet } from '#sandbox/stylesheets/send-stylesheet.ts'
import {
  deleteMessages,
  findMessage,
  type MailMessage,
  mailFaultsOf,
  messagesOf,
  setMailFaults,
} from './mail-store.ts'
import { type MailTab, mailboxPage } from './mailbox-page.ts'
import { type ColorScheme, PREVIEW_POLICY, previewHtml } from './preview-html.ts'

const faultsSchema = z.object({
  rejectRate: z.number().min(0).max(1),
  seed: z.number().int().nonnegative().default(1),
})
const NOT_FOUND = { ok: false, reason: 'unknown_message', message: 'There is no such message.' } as const

export function mailboxRouter(sandbox: Sandbox): Hono {
  const router = new Hono()
  mountApi(router, sandbox)
  mountPages(router, sandbox)
  return router
}

function mountPages(router: Hono, sandbox: Sandbox): void {
  const show = (context: Context) => {
    const id = context.req.param('id')
    const open = id ? findMessage(sandbox, id) : undefined
    if (id && !open) return context.redirect('/mailbox')
    const words = context.req.query('q') ?? ''
    const page = mailboxPage({
      messages: search(sandbox, words),
      open,
      tab: readTab(context.req.query('tab'), open),
      scheme: readScheme(context),
      words,
      smtp: `${messagesOf(sandbox).length} received`,
    })
    return context.html(page)
  }
  router.get('/mailbox/assets/mailbox.css', (context) =>
    sendStylesheet(context, new URL('./assets/mailbox.css', import.meta.url)),
  )
  router.get('/mailbox/assets/mailbox.js', (context) =>
    context.body(fs.readFileSync(new URL('./assets/mailbox.js', import.meta.url), 'utf8'), 200, {
      'content-type': 'text/javascript; charset=utf-8',
    }),
  )
  router.get('/mailbox', show)
  router.get('/mailbox/:id{[0-9]+}', show)
  router.get('/mailbox/:id{[0-9]+}/preview', (context) => {
    const message = findMessage(sandbox, context.req.param('id'))
    if (!message) return context.text(NOT_FOUND.message, 404)
    return context.html(previewHtml(message, readScheme(context)), 200, {
      'content-security-policy': PREVIEW_POLICY,
      'referrer-policy': 'no-referrer',
    })
  })
  router.post('/mailbox/delete', (context) => {
    deleteMessages(sandbox)
    return context.redirect('/mailbox', 303)
  })
}

function mountApi(router: Hono, sandbox: Sandbox): void {
  router.get('/mailbox/api/messages', (context) => {
    const to = (context.req.query('to') ?? '').toLowerCase()
    const messages = search(sandbox, context.req.query('q') ?? '').filter((message) =>
      `${message.to} ${message.envelope.to.join(' ')}`.toLowerCase().includes(to),
    )
    return context.json({ ok: true, total: messages.length, messages: messages.map(withoutBytes) })
  })
  router.get('/mailbox/api/messages/:id', (context) => {
    const message = findMessage(sandbox, context.req.param('id'))
    return message ? context.json({ ok: true, message: withoutBytes(message) }) : context.json(NOT_FOUND, 404)
  })
  router.get('/mailbox/api/messages/:id/attachments/:index', (context) => {
    const attachment = findMessage(sandbox, context.req.param('id'))?.attachments[
      Number(context.req.param('index'))
    ]
    if (!attachment) return context.json(NOT_FOUND, 404)
    return context.body(new Uint8Array(Buffer.from(attachment.base64, 'base64')), 200, {
      'content-type': attachment.contentType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    })
  })
  router.delete('/mailbox/api/messages', (context) =>
    context.json({ ok: true, deleted: deleteMessages(sandbox) }),
  )
  router.delete('/mailbox/api/messages/:id', (context) => {
    const deleted = deleteMessages(sandbox, context.req.param('id'))
    return deleted > 0 ? context.json({ ok: true, deleted }) : context.json(NOT_FOUND, 404)
  })
  router.get('/mailbox/api/faults', (context) => context.json({ ok: true, faults: mailFaultsOf(sandbox) }))
  router.post('/mailbox/api/faults', async (context) => {
    const read = faultsSchema.safeParse(await context.req.json().catch(() => null))
    if (!read.success) {
      const [issue] = read.error.issues
      const message = `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`
      return context.json({ ok: false, reason: 'invalid_faults', message }, 400)
    }
    setMailFaults(sandbox, read.data)
    return context.json({ ok: true, faults: read.data })
  })
}

function search(sandbox: Sandbox, words: string): MailMessage[] {
  const wanted = words.trim().toLowerCase()
  return messagesOf(sandbox).filter((message) =>
    `${message.subject}\n${message.to}\n${message.from}\n${message.text}`.toLowerCase().includes(wanted),
  )
}

function withoutBytes({ attachments, ...message }: MailMessage) {
  return { ...message, attachments: attachments.map(({ base64, ...facts }) => facts) }
}

function readTab(tab: string | undefined, open: MailMessage | undefined): MailTab {
  if (tab === 'text' || tab === 'headers' || tab === 'html') return tab
  return open?.html === null ? 'text' : 'html'
}

function readScheme(context: Context): ColorScheme {
  return context.req.query('scheme') === 'dark' ? 'dark' : 'light'
}
