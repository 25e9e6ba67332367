// The language of a storefront page: its folder (/de/products/…) or ?locale=de. English is the shop's first.
import type { Context, Hono } from 'hono'

const HEADER = 'x-sandbox-locale'
const FIRST = 'en'

export function localeOf(context: Context): string {
  const wanted = context.req.query('locale') ?? context.req.header(HEADER) ?? ''
  return /^[a-z]{2}$/.test(wanted) ? wanted : FIRST
}

/** Addresses below a language's folder are those of the store, in that language. */
export function mountLocales(router: Hono): void {
  const path = '/storefront/:handle/:locale{[a-z][a-z]}'
  const serve = (context: Context) => {
    const url = new URL(context.req.url)
    const { locale = FIRST } = context.req.param() as { locale?: string }
    url.pathname = url.pathname.replace(`/${locale}`, '')
    const request = new Request(url, context.req.raw)
    request.headers.set(HEADER, locale)
    return router.fetch(request)
  }
  router.all(path, serve)
  router.all(`${path}/*`, serve)
}
