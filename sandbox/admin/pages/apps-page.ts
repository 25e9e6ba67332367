// Installed apps: what they may do, what they charge, and the way out.
import { html } from 'hono/html'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { formatAmount, formatMoment, sentenceCase } from '../format-amount.ts'
import { APP_NAME, framePage, type Html } from '../shell/frame-page.ts'
import { appMark } from '../shell/icons.ts'
import { scopeInWords } from '../shell/scope-words.ts'
import { handleOf } from '../shop-handle.ts'

export function appsPage(sandbox: Sandbox, state: ShopState): Html {
  const { installation } = state.shop
  const storePath = `/store/${handleOf(state.shop.domain)}`
  const appPath = `${storePath}/apps/${sandbox.options.apiKey}`
  const head = html`<div class="app-line">${appMark(40)}<div><h2>${APP_NAME}</h2><p class="faint">${installation ? `Installed ${formatMoment(installation.installedAt, state.shop.timeZone)}` : 'Not installed'}</p></div><a class="button" href="${appPath}">${installation ? 'Open' : 'Install'}</a></div>`
  const details = installation
    ? html`<h3>Access</h3><ul class="scopes">${installation.scopes.map((scope) => html`<li>${scopeInWords(scope)}<code>${scope}</code></li>`)}</ul>
<h3>Charges</h3>${installation.subscriptions.length === 0 ? html`<p class="faint">None.</p>` : ''}
${installation.subscriptions.map((entry) => html`<p>${entry.name}, ${formatAmount(entry.price, entry.currency)} <span class="badge" data-tone="${entry.status === 'ACTIVE' ? 'good' : 'muted'}">${sentenceCase(entry.status)}</span></p>`)}
<details class="danger"><summary>Uninstall ${APP_NAME}</summary><form method="post" action="${storePath}/uninstall"><p>The app loses its access at once, and its charges end. What it has stored is erased 48 hours later unless you install it again.</p><button class="button" data-tone="critical">Uninstall</button></form></details>`
    : ''
  return framePage(sandbox, state, {
    section: 'apps',
    title: 'Apps and access',
    body: html`<div class="page narrow"><header class="page-head"><h1>Apps and access</h1></header><section class="card">${head}${details}</section></div>`,
  })
}
