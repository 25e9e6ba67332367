// Entry of /app-bridge.js. Runs synchronously, so that window.shopify is there before the app's own scripts.
import { openAdminChannel } from './admin-channel.ts'
import { patchFetch } from './authenticated-fetch.ts'
import { readConfig } from './config.ts'
import { createIdTokens, type IdTokens } from './id-token.ts'
import { defineModal } from './modal-element.ts'
import { defineNavMenus } from './nav-menu-element.ts'
import { captureLeaving, followNavigation } from './navigation.ts'
import { defineSaveBar, watchSaveBarForms } from './save-bar-element.ts'
import { createSaveBars } from './save-bars.ts'
import { createShopifyGlobal } from './shopify-global.ts'
import { defineTitleBar } from './title-bar-element.ts'

function start(): void {
  // Pages may name the script twice (root layout and the library's provider); the first one wins.
  if ('shopify' in window) return
  const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null
  const config = readConfig(script)
  const channel = openAdminChannel(config.adminOrigin)
  const tokens = createIdTokens(channel)
  const saveBars = createSaveBars(channel)
  Object.assign(window, { shopify: createShopifyGlobal({ config, channel, tokens, saveBars }) })

  const reload = new URLSearchParams(location.search).get('shopify-reload')
  if (reload !== null) {
    void bounce(reload, tokens)
    return
  }
  const leave = captureLeaving(config, channel)
  patchFetch(config, tokens, leave)
  defineNavMenus(channel)
  defineTitleBar(channel)
  defineSaveBar(saveBars)
  defineModal(channel)
  watchSaveBarForms(saveBars)
  followNavigation(config, channel)
  channel.tell({ name: 'ready' })
}

/** The library's bounce page: fetch a token, then back to where the app wanted to be. Only within the app's own origin. */
async function bounce(reload: string, tokens: IdTokens): Promise<void> {
  const target = new URL(reload, location.href)
  if (target.origin !== location.origin) {
    throw new Error(`App Bridge: shopify-reload leads out of the app, to ${target.origin}.`)
  }
  target.searchParams.set('id_token', await tokens.renew())
  location.replace(target)
}

start()
