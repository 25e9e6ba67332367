// The app's admin pages as a merchant's browser speaks to them: forms and data requests with a session token of the shop.
import type { ControlClient } from './control-client.ts'
import { readSingleFetch } from './read-single-fetch.ts'

/** A list is a field that is sent several times. */
export type FormFields = Record<string, string | string[]>

export interface AppClient {
  /** Opens a page as the admin does, in the frame: installs the app at the first time. */
  open(path: string): Promise<void>
  /** Posts a form; the path that the app leads to afterwards, or the same path. Errors: a refusal is thrown in the form's words. */
  submit(path: string, fields: FormFields): Promise<{ to: string }>
  /** What the page's own loader answers. */
  load(path: string): Promise<Record<string, unknown>>
  /** A file that a page offers. */
  download(path: string): Promise<string>
}

/** shopify-app-remix turns away what looks like a robot. */
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const TOKEN_SERVES_MS = 40_000

/** `userId`: which of the shop's people asks; the first when none is named. */
export function connectApp(appUrl: string, control: ControlClient, shop: string, userId?: string): AppClient {
  let token = { text: '', until: 0 }

  async function sessionToken(path: string): Promise<{ token: string; url: string }> {
    return control.call(`/control/shops/${shop}/session-token`, { path, userId })
  }

  async function headers(path: string): Promise<Record<string, string>> {
    if (Date.now() > token.until) {
      token = { text: (await sessionToken(path)).token, until: Date.now() + TOKEN_SERVES_MS }
    }
    return { authorization: `Bearer ${token.text}`, 'user-agent': BROWSER, accept: '*/*' }
  }

  function address(path: string): URL {
    const url = new URL(path, appUrl)
    url.pathname += '.data'
    return url
  }

  return {
    async open(path) {
      const { url } = await sessionToken(path)
      const answer = await fetch(url, { headers: { 'user-agent': BROWSER, accept: 'text/html' } })
      const text = await answer.text()
      if (!answer.ok)
        throw new Error(`The app did not open at ${path}: ${answer.status} ${text.slice(0, 300)}`)
    },
    async submit(path, fields) {
      const answer = await fetch(address(path), {
        method: 'POST',
        headers: await headers(path),
        body: new URLSearchParams(
          Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
        ),
      })
      const result = await readAnswer(answer, `POST ${path}`)
      if (typeof result.redirect === 'string') return { to: result.redirect }
      const data = result.data as { ok?: unknown } | undefined
      if (data?.ok !== true) throw new Error(`The app refused the form of ${path}: ${JSON.stringify(result)}`)
      return { to: path }
    },
    async load(path) {
      const answer = await fetch(address(path), { headers: await headers(path) })
      const routes = await readAnswer(answer, `GET ${path}`)
      const { data } = (Object.values(routes).at(-1) ?? {}) as { data?: unknown }
      if (typeof data !== 'object' || data === null)
        throw new Error(`${path} has no data: ${JSON.stringify(routes)}`)
      return Object.fromEntries(Object.entries(data))
    },
    async download(path) {
      const answer = await fetch(new URL(path, appUrl), { headers: await headers(path) })
      const text = await answer.text()
      if (!answer.ok)
        throw new Error(`The app gave no file at ${path}: ${answer.status} ${text.slice(0, 300)}`)
      return text
    },
  }
}

async function readAnswer(answer: Response, asked: string): Promise<Record<string, unknown>> {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`The app answered ${asked} with ${answer.status}: ${text.slice(0, 500)}`)
  const value = readSingleFetch(text)
  if (typeof value !== 'object' || value === null)
    throw new Error(`The app answered ${asked} with ${text.slice(0, 200)}`)
  return Object.fromEntries(Object.entries(value))
}
