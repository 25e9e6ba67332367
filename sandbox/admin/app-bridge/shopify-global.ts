// window.shopify: what this stand-in implements, and a loud refusal by name for the rest.
import type { AdminChannel } from './admin-channel.ts'
import type { BridgeConfig } from './config.ts'
import type { IdTokens } from './id-token.ts'
import { modalById } from './modal-element.ts'
import { pickResources, type ResourcePickerOptions } from './resource-picker.ts'
import type { SaveBars } from './save-bars.ts'
import { createToasts } from './toasts.ts'

export interface BridgeParts {
  config: BridgeConfig
  channel: AdminChannel
  tokens: IdTokens
  saveBars: SaveBars
}

export function createShopifyGlobal({ config, channel, tokens, saveBars }: BridgeParts) {
  const { adminOrigin, ...publicConfig } = config
  return {
    config: publicConfig,
    origin: adminOrigin,
    ready: Promise.resolve(),
    environment: { mobile: false, embedded: window.parent !== window, pos: false, intent: false },
    loading: (on = true) => channel.tell({ name: 'loading', on: Boolean(on) }),
    idToken: () => tokens.get(),
    user: () => channel.ask({ method: 'user' }),
    toast: createToasts(channel),
    resourcePicker: (options: ResourcePickerOptions) => pickResources(channel, options),
    modal: {
      show: async (id: string) => modalById(id).show(),
      hide: async (id: string) => modalById(id).hide(),
      toggle: async (id: string) => modalById(id).toggle(),
    },
    saveBar: {
      show: async (id: string) => saveBars.open(saveBars.byId(id)),
      hide: async (id: string) => saveBars.close(saveBars.byId(id)),
      toggle: async (id: string) => {
        const owner = saveBars.byId(id)
        saveBars.isOpen(owner) ? saveBars.close(owner) : saveBars.open(owner)
      },
      leaveConfirmation: () => saveBars.leaveConfirmation(),
    },
    scopes: {
      query: () => channel.ask({ method: 'scopes' }),
      request: refuse('scopes.request'),
      revoke: refuse('scopes.revoke'),
    },
    picker: refuse('picker'),
    scanner: { capture: refuse('scanner.capture') },
    pos: {
      cart: refuse('pos.cart'),
      close: refuse('pos.close'),
      device: refuse('pos.device'),
      location: refuse('pos.location'),
    },
    intents: { invoke: refuse('intents.invoke'), register: refuse('intents.register') },
    webVitals: { onReport: refuse('webVitals.onReport') },
    support: { registerHandler: refuse('support.registerHandler') },
    reviews: { request: refuse('reviews.request') },
    app: { extensions: refuse('app.extensions') },
    tools: { register: refuse('tools.register') },
    shopifyQL: { query: refuse('shopifyQL.query') },
    setSignals: refuse('setSignals'),
  }
}

function refuse(name: string): (...parameters: unknown[]) => Promise<never> {
  return () => {
    const error = new Error(`App Bridge in the sandbox does not implement shopify.${name}.`)
    console.error(error)
    return Promise.reject(error)
  }
}
