// What a link into the theme editor asks for, read as strictly as Shopify documents such links: what it does not document, it does not do.

import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { readThemeBlocks } from '#sandbox/storefront/theme-extension.ts'

export type EditorRequest =
  /** The editor alone. */
  | { ok: true; kind: 'open' }
  | {
      ok: true
      kind: 'add' | 'activate'
      block: string
      name: string
      template: string
      target: string | null
    }
  /** The editor opens and adds nothing; on Shopify it does not say why. */
  | { ok: false; problem: string }

const TEMPLATES = ['index', 'product', 'collection', 'page', 'cart']
const TARGET = /^(newAppsSection|mainSection|sectionId:[\w-]+|sectionGroup:(header|footer|aside))$/

export function readEditorRequest(sandbox: Sandbox, query: URLSearchParams): EditorRequest {
  const adds = query.get('addAppBlockId')
  const activates = query.get('activateAppId')
  if (adds !== null && activates !== null) return problem('It names a block to add and an embed to activate.')
  const named = adds ?? activates
  if (named === null) return { ok: true, kind: 'open' }
  const kind = adds === null ? 'activate' : 'add'
  const [apiKey, handle, ...more] = named.split('/')
  if (apiKey !== sandbox.options.apiKey || more.length > 0)
    return problem(`“${named}” does not begin with the client id of an app that is installed here.`)
  const block = readThemeBlocks(sandbox.options.appTomlPath).find((known) => known.handle === handle)
  if (!block) return problem(`The app’s theme extension has no block “${handle}”.`)
  const isEmbed = block.schema.target !== 'section'
  if (isEmbed !== (kind === 'activate'))
    return problem(isEmbed ? `“${handle}” is an app embed: it is activated.` : `“${handle}” is added.`)
  const template = query.get('template') ?? ''
  if (!TEMPLATES.includes(template)) return problem(`The theme has no template “${template}”.`)
  const target = query.get('target')
  if (kind === 'add' && !TARGET.test(target ?? '')) return problem(`“${target ?? ''}” is no target.`)
  if (kind === 'activate' && query.get('context') !== 'apps')
    return problem('Embeds stand in the context apps.')
  return { ok: true, kind, block: block.handle, name: block.schema.name, template, target }
}

function problem(text: string): EditorRequest {
  return { ok: false, problem: text }
}
