// Where the app is, told to the shell; where the shell wants it to go, told to the app's router.
import type { AdminChannel } from './admin-channel.ts'
import { innerPath, toSandboxUrl } from './admin-urls.ts'
import type { BridgeConfig } from './config.ts'

/** Reports every change of address, and turns the shell's navigation into 'shopify:navigate'. */
export function followNavigation(config: BridgeConfig, channel: AdminChannel): void {
  const report = () => channel.tell({ name: 'location', path: innerPath(new URL(location.href)) })
  for (const method of ['pushState', 'replaceState'] as const) {
    const plain = history[method].bind(history)
    history[method] = (...parameters: Parameters<History['pushState']>) => {
      plain(...parameters)
      report()
    }
  }
  window.addEventListener('popstate', report)
  report()

  const heard = countNavigateListeners()
  channel.onEvent((event) => {
    if (event.name === 'navigate') navigateApp(event.path, heard(), config)
  })
}

/** Without a router that listens, the page is loaded; Shopify's parameters go along, since the app needs them. */
function navigateApp(path: string, isHeard: boolean, config: BridgeConfig): void {
  if (!isHeard) {
    const url = new URL(path, location.origin)
    for (const [name, value] of Object.entries({ embedded: '1', shop: config.shop, host: config.host })) {
      url.searchParams.set(name, value)
    }
    location.assign(url)
    return
  }
  const anchors = document.querySelectorAll<HTMLElement>('ui-nav-menu a, s-app-nav a, s-app-nav s-link')
  const known = [...anchors].find((anchor) => anchor.getAttribute('href') === path)
  const target = known ?? document.body.appendChild(document.createElement('a'))
  target.setAttribute('href', path)
  target.dispatchEvent(new CustomEvent('shopify:navigate', { bubbles: true }))
  if (!known) target.remove()
}

function countNavigateListeners(): () => boolean {
  let count = 0
  const add = window.addEventListener.bind(window)
  const remove = window.removeEventListener.bind(window)
  window.addEventListener = (...parameters: Parameters<typeof add>) => {
    if ((parameters[0] as string) === 'shopify:navigate') count += 1
    add(...parameters)
  }
  window.removeEventListener = (...parameters: Parameters<typeof remove>) => {
    if ((parameters[0] as string) === 'shopify:navigate') count -= 1
    remove(...parameters)
  }
  return () => count > 0
}

/** window.open and links that aim at the whole window go through the shell; so do addresses of Shopify's admin. */
export function captureLeaving(config: BridgeConfig, channel: AdminChannel): (url: string) => void {
  const leave = (address: string) =>
    channel.tell({ name: 'top', url: toSandboxUrl(address, config.adminOrigin, config.shop) })
  const plainOpen = window.open.bind(window)
  window.open = (address, target, features) => {
    if (address !== undefined && (target === '_top' || target === '_parent')) {
      leave(String(address))
      return null
    }
    const mapped =
      address === undefined ? undefined : toSandboxUrl(String(address), config.adminOrigin, config.shop)
    return plainOpen(mapped, target, features)
  }
  document.addEventListener('click', (event) => {
    const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (!(anchor instanceof HTMLAnchorElement) || event.defaultPrevented) return
    const address = anchor.getAttribute('href') ?? ''
    const toAdmin =
      /^(shopify:\/\/admin|https:\/\/(admin\.shopify\.com|[a-z0-9-]+\.myshopify\.com)(\/|$))/.test(address)
    if (anchor.target === '_top' || anchor.target === '_parent' || (toAdmin && anchor.target !== '_blank')) {
      event.preventDefault()
      leave(address)
    } else if (toAdmin) {
      event.preventDefault()
      channel.tell({ name: 'window', url: toSandboxUrl(address, config.adminOrigin, config.shop) })
    }
  })
  return leave
}
