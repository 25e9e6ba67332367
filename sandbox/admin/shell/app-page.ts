// The app embedded in the admin, and what the shell needs around it: title bar, toasts, picker, dialogs.
import { html, raw } from 'hono/html'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { buildIframeUrl } from '../iframe-url.ts'
import { handleOf } from '../shop-handle.ts'
import type { ShellConfig } from './client/shell-config.ts'
import { APP_NAME, framePage, type Html } from './frame-page.ts'
import { appMark, icon } from './icons.ts'

/** `innerPath`: the app's own path and query, from the shell's address. `userId`: who works here. */
export async function appPage(
  sandbox: Sandbox,
  state: ShopState,
  innerPath: string,
  userId: string,
): Promise<Html> {
  const storePath = `/store/${handleOf(state.shop.domain)}`
  const config: ShellConfig = {
    storePath,
    appPath: `${storePath}/apps/${sandbox.options.apiKey}`,
    appName: APP_NAME,
    appOrigin: new URL(sandbox.options.appUrl).origin,
    iframeUrl: await buildIframeUrl(sandbox, state.shop.domain, innerPath, userId),
    user: { accountAccess: 'Account Owner' },
    currency: state.shop.currency,
  }
  return framePage(sandbox, state, {
    section: 'app',
    title: APP_NAME,
    fillsFrame: true,
    staff: { userId, back: `${config.appPath}${innerPath}` },
    body: html`
<div class="titlebar"><h1>${appMark(22)}<span>${APP_NAME}</span></h1><span id="page-title" class="page-title" hidden></span>
<div id="page-actions" class="page-actions"></div></div>
<div id="frame" class="frame"><div id="loading-bar" class="loading-bar" hidden></div>
<div id="frame-placeholder" class="frame-placeholder" aria-hidden="true"><i></i><i></i><i></i></div></div>
<div id="toasts" class="toasts"></div>
${discardDialog()}${pickerDialog()}
<script type="application/json" id="shell-config">${raw(JSON.stringify(config).replaceAll('<', '\\u003c'))}</script>
<script src="/store-assets/shell.js"></script>`,
  })
}

function discardDialog(): Html {
  return html`<dialog id="discard-dialog" class="dialog small" aria-labelledby="discard-title"><form method="dialog">
<h2 id="discard-title">Discard all unsaved changes?</h2><p>What you have changed since the last save will be lost.</p>
<div class="dialog-foot"><button class="button" value="">Continue editing</button><button class="button" data-tone="critical" value="discard">Discard changes</button></div>
</form></dialog>`
}

function pickerDialog(): Html {
  return html`<dialog id="picker" class="dialog picker" aria-labelledby="picker-title">
<div class="dialog-head"><h2 id="picker-title"></h2><button type="button" class="close" data-cancel aria-label="Close">×</button></div>
<label class="picker-field">${icon('search')}<span class="visually-hidden">Search</span><input id="picker-search" type="search" autocomplete="off"></label>
<div id="picker-list" class="picker-list"></div>
<div class="dialog-foot"><span id="picker-count" class="faint"></span><button type="button" class="button" data-cancel>Cancel</button><button type="button" class="button" data-tone="primary" id="picker-confirm">Add</button></div>
</dialog>`
}
