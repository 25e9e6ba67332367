// A page's own styles after those that all of the sandbox's pages share.
import fs from 'node:fs'
import type { Context } from 'hono'

const HOUSE = new URL('./house.css', import.meta.url)

/** Read anew each time, so that a change shows with the next loading. */
export function sendStylesheet(context: Context, file: URL): Response {
  const text = [HOUSE, file].map((url) => fs.readFileSync(url, 'utf8')).join('\n')
  return context.body(text, 200, {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'no-cache',
  })
}
