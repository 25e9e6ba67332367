// The mailbox in the browser: a list beside the open message.
import { html } from 'hono/html'
import { mark } from '#sandbox/admin/shell/icons.ts'
import type { MailAttachment, MailMessage } from './mail-store.ts'
import type { ColorScheme } from './preview-html.ts'

type Html = ReturnType<typeof html>
export type MailTab = 'html' | 'text' | 'headers'

export interface MailboxView {
  messages: readonly MailMessage[]
  open: MailMessage | undefined
  tab: MailTab
  scheme: ColorScheme
  words: string
  smtp: string
}

export function mailboxPage(view: MailboxView): Html {
  const { open, messages } = view
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${open ? `${open.subject} · ` : ''}Mailbox</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/mailbox/assets/mailbox.css"></head>
<body${open ? html` class="reading"` : ''}>
<header><a class="brand" href="/">${mark()}<span>Mailbox</span></a><span class="faint smtp">${view.smtp}</span>
<form method="post" action="/mailbox/delete" onsubmit="return confirm('Delete all messages?')"><button class="button"${messages.length === 0 ? html` disabled` : ''}>Delete all</button></form></header>
<div class="panes"><section class="list" aria-label="Messages"><form role="search"><input type="search" name="q" value="${view.words}" placeholder="Search" aria-label="Search messages"></form>
<ul id="messages">${messages.map((message) => listItem(message, view))}</ul>
${messages.length === 0 ? html`<p class="empty">${view.words ? 'No message matches.' : 'No mail yet. What the app sends lands here, never with anyone.'}</p>` : ''}</section>
<main>${open ? openMessage(open, view) : html`<p class="empty big">Choose a message.</p>`}</main></div>
<script src="/mailbox/assets/mailbox.js" defer></script></body></html>`
}

function listItem(message: MailMessage, { open, words }: MailboxView): Html {
  const attached = message.attachments.filter((attachment) => !isInline(attachment)).length
  const query = words ? `?q=${encodeURIComponent(words)}` : ''
  return html`<li><a href="/mailbox/${message.id}${query}"${message.id === open?.id ? html` aria-current="true"` : ''}>
<span class="to">${message.to}</span><time datetime="${message.receivedAt}">${shortTime(message.receivedAt)}</time>
<strong>${message.subject || '(no subject)'}</strong><span class="preview">${message.text.replace(/\s+/g, ' ').slice(0, 110)}</span>
${attached > 0 ? html`<span class="clip">${attached} attached</span>` : ''}</a></li>`
}

function openMessage(message: MailMessage, { tab, scheme, words }: MailboxView): Html {
  const link = (change: { tab?: MailTab; scheme?: ColorScheme }) =>
    `/mailbox/${message.id}?${new URLSearchParams({ tab, scheme, ...(words && { q: words }), ...change })}`
  const tabs: Array<[MailTab, string]> = [
    ['html', 'HTML'],
    ['text', 'Text'],
    ['headers', 'Headers'],
  ]
  return html`<a class="back" href="/mailbox">All messages</a>
<h1>${message.subject || '(no subject)'}</h1>
<dl class="meta"><div><dt>From</dt><dd>${message.from}</dd></div><div><dt>To</dt><dd>${message.to}</dd></div><div><dt>Received</dt><dd>${longTime(message.receivedAt)}</dd></div></dl>
${message.attachments.some((attachment) => !isInline(attachment)) ? html`<ul class="attachments">${message.attachments.map((attachment, index) => (isInline(attachment) ? '' : html`<li><a href="/mailbox/api/messages/${message.id}/attachments/${index}"><strong>${attachment.name}</strong><span>${Math.max(1, Math.round(attachment.size / 1024))} KB</span></a></li>`))}</ul>` : ''}
<div class="bar"><nav aria-label="View">${tabs.map(([name, label]) => html`<a href="${link({ tab: name })}"${name === tab ? html` aria-current="true"` : ''}>${label}</a>`)}</nav>
${tab === 'html' ? html`<nav aria-label="Color scheme"><a href="${link({ scheme: 'light' })}"${scheme === 'light' ? html` aria-current="true"` : ''}>Light</a><a href="${link({ scheme: 'dark' })}"${scheme === 'dark' ? html` aria-current="true"` : ''}>Dark</a></nav>` : ''}</div>
${tab === 'html' ? html`<iframe class="preview-frame" data-scheme="${scheme}" title="Message" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mailbox/${message.id}/preview?scheme=${scheme}"></iframe>` : ''}
${tab === 'text' ? html`<pre class="plain">${message.text}</pre>` : ''}
${tab === 'headers' ? html`<dl class="headers">${message.headers.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>` : ''}`
}

function shortTime(iso: string): string {
  return new Intl.DateTimeFormat('en', {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso))
}

function longTime(iso: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'medium' }).format(new Date(iso))
}

/** A picture that the HTML shows is no attachment to the reader. */
function isInline(attachment: MailAttachment): boolean {
  return attachment.contentId !== null && attachment.contentType.startsWith('image/')
}
