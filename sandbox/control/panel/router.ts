// The control panel's page and its files.
import { Hono } from 'hono'
import { browserBundle } from '#sandbox/admin/browser-bundle.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { sendStylesheet } from '#sandbox/stylesheets/send-stylesheet.ts'
import { panelPage } from './panel-page.ts'

export function panelRouter(sandbox: Sandbox): Hono {
  const router = new Hono()
  router.get('/', (context) => context.html(panelPage(sandbox)))
  router.get('/panel-assets/panel.js', (context) =>
    context.body(browserBundle(new URL('./client/panel.ts', import.meta.url)), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  )
  router.get('/panel-assets/panel.css', (context) =>
    sendStylesheet(context, new URL('./panel.css', import.meta.url)),
  )
  return router
}
