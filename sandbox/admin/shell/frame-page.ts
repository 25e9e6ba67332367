// The admin around every page: top bar, navigation, main area.
import { html } from 'hono/html'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { handleOf } from '../shop-handle.ts'
import { STAFF } from '../staff.ts'
import { appMark, icon, mark } from './icons.ts'

export type Section = 'home' | 'orders' | 'products' | 'apps' | 'app' | 'charge' | 'themes'
export type Html = ReturnType<typeof html>

export interface FramePage {
  section: Section
  title: string
  body: Html
  /** The app in a frame fills the main area; other pages scroll in it. */
  fillsFrame?: boolean
  /** Who works here, and where to go on after it was changed; pages that belong to nobody have none. */
  staff?: { userId: string; back: string }
}

/** The app's name as people see it. */
export const APP_NAME = 'Filigree'

export function framePage(sandbox: Sandbox, state: ShopState, page: FramePage): Html {
  const handle = handleOf(state.shop.domain)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${state.shop.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/store-assets/shell.css">
</head>
<body${page.fillsFrame ? html` class="fills-frame"` : ''}>
<a class="skip" href="#main">Skip to content</a>
${topBar(sandbox, state, page.staff)}
<input type="checkbox" id="nav-toggle" class="nav-toggle" aria-label="Navigation">
<div class="columns">
<nav class="sidebar" aria-label="Admin">
<ul>
${navLink(page.section === 'home', `/store/${handle}/home`, 'home', 'Home')}
${navLink(page.section === 'orders', `/store/${handle}/orders`, 'orders', 'Orders')}
${navLink(page.section === 'products', `/store/${handle}/products`, 'products', 'Products')}
</ul>
<p class="nav-heading">Apps</p>
<ul>
<li><a id="app-root" href="/store/${handle}/apps/${sandbox.options.apiKey}"${page.section === 'app' ? html` data-current` : ''}>${appMark(18)}<span>${APP_NAME}</span></a>
<ul id="app-nav" class="app-nav"></ul></li>
${navLink(page.section === 'apps', `/store/${handle}/apps`, 'apps', 'Apps and access')}
</ul>
<p class="sidebar-foot">A stand-in for Shopify’s admin,<br>running on your own machine.</p>
</nav>
<label class="scrim" for="nav-toggle"></label>
<main id="main" tabindex="-1">${page.body}</main>
</div>
<div id="announcer" class="visually-hidden" role="status"></div>
</body>
</html>`
}

function navLink(isCurrent: boolean, href: string, name: Parameters<typeof icon>[0], label: string): Html {
  return html`<li><a href="${href}"${isCurrent ? html` data-current aria-current="page"` : ''}>${icon(name)}<span>${label}</span></a></li>`
}

function topBar(sandbox: Sandbox, state: ShopState, staff: FramePage['staff']): Html {
  const handle = handleOf(state.shop.domain)
  const others = Object.values(sandbox.shops).filter((other) => other.shop.domain !== state.shop.domain)
  return html`<header class="topbar">
<label class="menu-button" for="nav-toggle">${icon('menu')}<span class="visually-hidden">Navigation</span></label>
<a class="brand" href="/store/${handle}/home">${mark()}<span>Sandbox</span></a>
<details class="shop-switch">
<summary><span class="shop-initial" aria-hidden="true">${state.shop.name.charAt(0)}</span><span class="shop-name">${state.shop.name}</span></summary>
<div class="menu"><p>${state.shop.domain}</p>${others.map((other) => html`<a href="/store/${handleOf(other.shop.domain)}/home">${other.shop.name}</a>`)}
${others.length === 0 ? html`<p class="faint">The only shop in this sandbox.</p>` : ''}${staff ? staffSwitch(handle, staff) : ''}</div>
</details>
<div class="topbar-links">
<a href="/storefront/${handle}/" target="_blank" rel="noopener" title="Online store">${icon('store')}<span>Storefront</span></a>
<a href="/mailbox" target="_blank" rel="noopener" title="Mailbox">${icon('mail')}<span>Mailbox</span></a>
<a href="/" target="_blank" rel="noopener" title="Control panel">${icon('panel')}<span>Control panel</span></a>
</div>
<div id="save-bar" class="save-bar" hidden role="region" aria-label="Unsaved changes">
<span class="save-bar-text">${icon('alert')}Unsaved changes</span>
<button type="button" class="button" id="save-bar-discard">Discard</button>
<button type="button" class="button" data-tone="primary" id="save-bar-save">Save</button>
</div>
</header>`
}

function staffSwitch(handle: string, { userId, back }: NonNullable<FramePage['staff']>): Html {
  return html`<form class="staff-switch" method="post" action="/store/${handle}/staff">
<input type="hidden" name="back" value="${back}"><p>You work here as</p>
${STAFF.map(({ id, title }) => html`<button name="user" value="${id}" aria-pressed="${String(id === userId)}">${title}</button>`)}
</form>`
}
