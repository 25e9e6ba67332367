// The app proxy: requests below /apps/<subpath> go to the app, signed, without cookies in either direction.
import { createHmac } from 'node:crypto'
import fs from 'node:fs'
import type { Context, Hono } from 'hono'
import { parse } from 'smol-toml'
import { z } from 'zod'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { cartOf } from './cart-cookie.ts'
import { storefrontRoot } from './liquid-objects.ts'
import { renderPage } from './render-page.ts'
import type { ShopRoute } from './router.ts'

const TIMEOUT_MS = 10_000
/** Names that only Shopify may set. */
const RESERVED = ['shop', 'path_prefix', 'timestamp', 'logged_in_customer_id', 'signature', 'hmac']
const NOT_FORWARDED = new Set([
  'cookie',
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'x-sandbox-shop',
  'x-sandbox-locale',
])
const NOT_RETURNED = new Set([
  'set-cookie',
  'content-encoding',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
])

export interface AppProxy {
  /** Path at the app, e.g. /storefront */
  path: string
  prefix: string
  subpath: string
}

/** `[app_proxy]` of shopify.app.toml; undefined when the app declares none. */
export function readAppProxy(appTomlPath: string): AppProxy | undefined {
  const toml = z
    .object({ app_proxy: z.object({ url: z.string(), prefix: z.string(), subpath: z.string() }).optional() })
    .parse(parse(fs.readFileSync(appTomlPath, 'utf8')))
  if (!toml.app_proxy) return undefined
  const { url, prefix, subpath } = toml.app_proxy
  return { path: new URL(url, 'http://app.example').pathname.replace(/\/$/, ''), prefix, subpath }
}

/** Query as Shopify signs it: hex HMAC-SHA256 of the sorted "name=value" pairs, repeated names joined by commas. */
export function signProxyQuery(query: URLSearchParams, secret: string): string {
  const names = [...new Set(query.keys())].filter((name) => name !== 'signature')
  const pairs = names.map((name) => `${name}=${query.getAll(name).join(',')}`).sort()
  return createHmac('sha256', secret).update(pairs.join('')).digest('hex')
}

export function mountAppProxy(router: Hono, sandbox: Sandbox, route: ShopRoute): void {
  const forward = route(async (state, context) => {
    const proxy = readAppProxy(sandbox.options.appTomlPath)
    const { prefix, subpath } = context.req.param()
    const isDeclared = proxy && proxy.prefix === prefix && proxy.subpath === subpath
    if (!isDeclared || !state.shop.installation) return missing(sandbox, state, context)
    try {
      return await answerOf(sandbox, state, context, proxy, await callApp(sandbox, state, context, proxy))
    } catch (error) {
      console.error(`App proxy: ${(error as Error).message}`)
      return missing(sandbox, state, context, 'There was an error in the third-party application.', 502)
    }
  })
  for (const prefix of ['apps', 'a', 'community', 'tools']) {
    const path = `/storefront/:handle/:prefix{${prefix}}/:subpath`
    router.all(path, forward)
    router.all(`${path}/*`, forward)
  }
}

function callApp(sandbox: Sandbox, state: ShopState, context: Context, proxy: AppProxy): Promise<Response> {
  const asked = new URL(context.req.url)
  const pathPrefix = `/${proxy.prefix}/${proxy.subpath}`
  const tail = asked.pathname.slice(`${storefrontRoot(state)}${pathPrefix}`.length)
  const target = new URL(`${proxy.path}${tail}`, sandbox.options.appUrl)
  const query = new URLSearchParams(asked.search)
  for (const name of RESERVED) query.delete(name)
  query.set('shop', state.shop.domain)
  query.set('logged_in_customer_id', '')
  query.set('path_prefix', pathPrefix)
  query.set('timestamp', String(Math.floor(Date.now() / 1000)))
  query.set('signature', signProxyQuery(query, sandbox.options.apiSecret))
  target.search = query.toString()

  const headers = new Headers()
  for (const [name, value] of context.req.raw.headers) {
    if (!NOT_FORWARDED.has(name)) headers.set(name, value)
  }
  headers.set('x-forwarded-host', state.shop.domain)
  headers.set('x-forwarded-proto', 'https')
  const hasBody = !['GET', 'HEAD'].includes(context.req.method)
  return context.req.raw.arrayBuffer().then((body) =>
    fetch(target, {
      method: context.req.method,
      headers,
      body: hasBody ? body : undefined,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }),
  )
}

async function answerOf(
  sandbox: Sandbox,
  state: ShopState,
  context: Context,
  proxy: AppProxy,
  answer: Response,
): Promise<Response> {
  const headers = new Headers()
  for (const [name, value] of answer.headers) if (!NOT_RETURNED.has(name)) headers.set(name, value)
  const location = headers.get('location')
  if (location?.startsWith('/')) headers.set('location', `${storefrontRoot(state)}${location}`)
  if (!(headers.get('content-type') ?? '').includes('application/liquid')) {
    const hasBody = answer.body !== null && ![204, 304].includes(answer.status)
    return new Response(hasBody ? await answer.arrayBuffer() : null, { status: answer.status, headers })
  }
  const html = await renderPage(sandbox, state, cartOf(sandbox, state, context), {
    template: 'page',
    content: await answer.text(),
    title: '',
    path: `/${proxy.prefix}/${proxy.subpath}`,
  })
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Response(html, { status: answer.status, headers })
}

async function missing(
  sandbox: Sandbox,
  state: ShopState,
  context: Context,
  message = 'This page does not exist.',
  status: 404 | 502 = 404,
): Promise<Response> {
  const page = { template: 'missing', title: 'Not here', path: context.req.path, scope: { message } }
  return context.html(await renderPage(sandbox, state, cartOf(sandbox, state, context), page), status)
}
