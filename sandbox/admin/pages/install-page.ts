// What the merchant sees before the app is installed: who asks, and for what.
import { html } from 'hono/html'
import { readAppScopes } from '#sandbox/oauth/app-scopes.ts'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { APP_NAME, framePage, type Html } from '../shell/frame-page.ts'
import { appMark } from '../shell/icons.ts'
import { scopeInWords } from '../shell/scope-words.ts'
import { handleOf } from '../shop-handle.ts'

/** `innerPath`: where the app opens after the installation. */
export function installPage(sandbox: Sandbox, state: ShopState, innerPath: string): Html {
  const scopes = readAppScopes(sandbox.options.appTomlPath)
  return framePage(sandbox, state, {
    section: 'app',
    title: `Install ${APP_NAME}`,
    body: html`<div class="page narrow"><section class="card install">
${appMark(56)}<h1>Install ${APP_NAME}</h1>
<p>${APP_NAME} asks for access to <strong>${state.shop.name}</strong>.</p>
<h2>It will be able to</h2>
<ul class="scopes">${scopes.map((scope) => html`<li>${scopeInWords(scope)}<code>${scope}</code></li>`)}</ul>
<form method="post" action="/store/${handleOf(state.shop.domain)}/install"><input type="hidden" name="path" value="${innerPath}">
<div class="row-end"><a class="button" href="/store/${handleOf(state.shop.domain)}/home">Cancel</a><button class="button" data-tone="primary">Install</button></div></form>
<p class="faint">You can uninstall it at any time under “Apps and access”.</p>
</section></div>`,
  })
}
