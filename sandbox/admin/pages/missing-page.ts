// Plain page for what is not there.
import { html } from 'hono/html'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import type { Html } from '../shell/frame-page.ts'
import { mark } from '../shell/icons.ts'
import { handleOf } from '../shop-handle.ts'

export function missingPage(sandbox: Sandbox, what: string): Html {
  const shops = Object.values(sandbox.shops)
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Not found · Sandbox</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/store-assets/shell.css"></head>
<body><main class="page narrow"><section class="card install">${mark()}<h1>Not found</h1><p>${what}</p>
${shops.length === 0 ? html`<p class="faint">This sandbox has no shops yet.</p>` : html`<p>Shops of this sandbox:</p>`}
<ul class="scopes">${shops.map(({ shop }) => html`<li><a href="/store/${handleOf(shop.domain)}/home">${shop.name}</a></li>`)}</ul>
<p><a href="/">Control panel</a></p></section></main></body></html>`
}
