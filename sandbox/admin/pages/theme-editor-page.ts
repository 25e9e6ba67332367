// The theme editor, as far as links into it go: what it would add, where, and the press that saves it.
import { html } from 'hono/html'
import type { ShopState } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { framePage, type Html } from '../shell/frame-page.ts'
import { handleOf } from '../shop-handle.ts'
import type { EditorRequest } from '../theme-editor-request.ts'

export function themeEditorPage(sandbox: Sandbox, state: ShopState, request: EditorRequest): Html {
  return framePage(sandbox, state, {
    section: 'themes',
    title: 'Theme editor',
    body: html`<div class="page narrow"><section class="card install"><h1>Theme editor</h1>
${asked(request)}
<h2>App blocks in the theme</h2>
${placed(state)}
<p class="faint">The sandbox’s editor places blocks and draws no preview. <a href="/storefront/${handleOf(state.shop.domain)}/">Look at the storefront</a></p>
</section></div>`,
  })
}

function asked(request: EditorRequest): Html {
  if (!request.ok) return html`<p class="notice" role="alert">This link adds nothing. ${request.problem}</p>`
  if (request.kind === 'open') return html`<p>Open it by a link of an app to add one of its blocks.</p>`
  if (request.kind === 'activate')
    return html`<p><strong>${request.name}</strong> is an app embed. Here all embeds are on; on Shopify you switch it on and save.</p>`
  const place = request.target === 'newAppsSection' ? 'in a section of its own' : `in ${request.target ?? ''}`
  return html`<p><strong>${request.name}</strong> is added to the template <strong>${request.template}</strong>, ${place}.</p>
<form method="post"><div class="row-end"><button class="button" data-tone="primary">Save</button></div></form>`
}

function placed(state: ShopState): Html {
  const blocks = state.theme?.blocks
  if (!blocks)
    return html`<p class="faint">Nothing was arranged yet: every block stands once on product pages.</p>`
  if (blocks.length === 0) return html`<p class="faint">None.</p>`
  return html`<ul class="scopes">${blocks.map(({ block, template }) => html`<li>${block} <span class="faint">on ${template}</span></li>`)}</ul>`
}
