// A message's HTML for the preview frame: harmless, and in the color scheme that is asked for.
import type { MailMessage } from './mail-store.ts'

export type ColorScheme = 'light' | 'dark'

/** What the frame may load: pictures that came with the message, styles of its own; no script, no network. */
export const PREVIEW_POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"

const SCHEME_QUERY = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi

/** Media queries on the color scheme are decided here, since a frame cannot be told another scheme than the browser's. */
export function previewHtml(message: MailMessage, scheme: ColorScheme): string {
  const body =
    message.html ??
    `<pre style="white-space:pre-wrap;font:14px/1.5 system-ui">${escapeText(message.text)}</pre>`
  const decided = body.replace(SCHEME_QUERY, (_query, wanted: string) =>
    wanted.toLowerCase() === scheme ? '(min-width: 0px)' : '(max-width: 0px)',
  )
  const withImages = decided.replace(/cid:([^"')\s>]+)/g, (whole, id: string) => {
    const image = message.attachments.find((attachment) => attachment.contentId === decodeURIComponent(id))
    return image ? `data:${image.contentType};base64,${image.base64}` : whole
  })
  const head = `<base target="_blank"><style>:root{color-scheme:${scheme}}</style>`
  return /<head[^>]*>/i.test(withImages)
    ? withImages.replace(/<head[^>]*>/i, (tag) => `${tag}${head}`)
    : `${head}${withImages}`
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
