// Theme app extensions of the app: their blocks, found beside shopify.app.toml, rendered as Shopify renders them.
import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { jsonValue } from '#sandbox/graphql/resolvers/metafield.ts'
import type { Metafield, PlacedBlock } from '#sandbox/state/nouns.ts'
import { createLiquidEngine, escapeHtml } from './liquid-engine.ts'
import { readTranslations } from './translations.ts'

const blockSchema = z.object({
  name: z.string(),
  target: z.enum(['section', 'head', 'body', 'compliance_head']),
  javascript: z.string().optional(),
  stylesheet: z.string().optional(),
  templates: z.array(z.string()).optional(),
  enabled_on: z.object({ templates: z.array(z.string()) }).optional(),
  /** A boolean of the app's own metafields, as "{{ app.metafields.namespace.key }}". */
  available_if: z
    .string()
    .regex(/^\{\{\s*app\.metafields\.\w+\.\w+\s*\}\}$/)
    .optional(),
  settings: z
    .array(z.object({ type: z.string(), id: z.string().optional(), default: z.unknown().optional() }))
    .default([]),
})

export interface ThemeBlock {
  extension: string
  handle: string
  source: string
  schema: z.infer<typeof blockSchema>
}

export interface RenderedBlocks {
  head: string
  body: string
  /** App blocks of the page's sections. */
  section: string
}

/** Every block of every theme extension. Errors: a block without a readable schema is thrown by name. */
export function readThemeBlocks(appTomlPath: string): ThemeBlock[] {
  return themeExtensions(appTomlPath).flatMap(({ handle, folder }) => {
    const blocks = path.join(folder, 'blocks')
    if (!fs.existsSync(blocks)) return []
    return fs
      .readdirSync(blocks)
      .filter((file) => file.endsWith('.liquid'))
      .sort()
      .map((file) => readBlock(handle, path.join(blocks, file)))
  })
}

/** Folder of an extension's assets; undefined for an unknown extension. */
export function extensionAssets(appTomlPath: string, handle: string): string | undefined {
  const found = themeExtensions(appTomlPath).find((extension) => extension.handle === handle)
  return found && path.join(found.folder, 'assets')
}

function themeExtensions(appTomlPath: string): Array<{ handle: string; folder: string }> {
  const root = path.join(path.dirname(path.resolve(appTomlPath)), 'extensions')
  if (!fs.existsSync(root)) return []
  return fs.readdirSync(root).flatMap((name) => {
    const file = path.join(root, name, 'shopify.extension.toml')
    if (!fs.existsSync(file)) return []
    const toml = z
      .object({
        extensions: z.array(z.object({ type: z.string(), handle: z.string().optional() })).default([]),
      })
      .parse(parse(fs.readFileSync(file, 'utf8')))
    return toml.extensions
      .filter((extension) => extension.type === 'theme')
      .map((extension) => ({ handle: extension.handle ?? name, folder: path.join(root, name) }))
  })
}

function readBlock(extension: string, file: string): ThemeBlock {
  const source = fs.readFileSync(file, 'utf8')
  const text = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/.exec(source)?.[1]
  try {
    return {
      extension,
      handle: path.basename(file, '.liquid'),
      source,
      schema: blockSchema.parse(JSON.parse(text ?? '')),
    }
  } catch (error) {
    throw new Error(`${file} has no readable {% schema %}: ${(error as Error).message}`)
  }
}

export interface BlockPage {
  /** "product", "cart", … */
  template: string
  currency: string
  timeZone: string
  locale: string
  now: Date
  /** "/storefront/lumen-atelier" */
  rootUrl: string
  /** Liquid's global objects of the page. */
  scope: Record<string, unknown>
  appTomlPath: string
  isDesignMode: boolean
  /** What the merchant placed; absent: every block once, where its schema lets it be. */
  placed?: PlacedBlock[]
  /** The app's own metafields. */
  metafields: Metafield[]
  /** The product of a handle, for settings of that type. */
  productOf(handle: string): unknown
}

/** Renders the blocks that are on for this page. */
export async function renderThemeBlocks(page: BlockPage): Promise<RenderedBlocks> {
  const rendered: RenderedBlocks = { head: '', body: '', section: '' }
  const app = { metafields: metafieldTree(page.metafields) }
  const loaded = new Set<string>()
  for (const { block, settings, index } of blocksOf(page)) {
    if (!isAvailable(block, app)) continue
    const place =
      block.schema.target === 'body' || block.schema.target === 'section' ? block.schema.target : 'head'
    const { html, assets } = await renderBlock(block, settings, index, app, page)
    // What schemas name is loaded once a page, ahead of it.
    for (const asset of assets.filter((tag) => !loaded.has(tag))) {
      loaded.add(asset)
      rendered.head += asset
    }
    rendered[place] += html
  }
  return rendered
}

/** App embeds wherever they may be, app blocks where the merchant placed them. */
function blocksOf(page: BlockPage) {
  const known = readThemeBlocks(page.appTomlPath)
  const mayBeHere = ({ schema }: ThemeBlock) => {
    const templates = schema.enabled_on?.templates ?? schema.templates
    return !templates || templates.includes(page.template) || templates.includes('*')
  }
  const embeds = known.filter(({ schema }) => schema.target !== 'section')
  const placed =
    page.placed ??
    known
      .filter(({ schema }) => schema.target === 'section' && page.template === 'product')
      .map(({ handle }) => ({ block: handle, template: page.template, settings: {} }))
  return [
    ...embeds.map((block) => ({
      block,
      settings: placed.find((one) => one.block === block.handle)?.settings,
    })),
    ...placed
      .filter((one) => one.template === page.template)
      .flatMap((one) => {
        const block = known.find(({ handle, schema }) => handle === one.block && schema.target === 'section')
        return block ? [{ block, settings: one.settings }] : []
      }),
  ]
    .filter(({ block }) => mayBeHere(block))
    .map((one, index) => ({ ...one, index }))
}

function isAvailable(block: ThemeBlock, app: { metafields: MetafieldTree }): boolean {
  const [, namespace = '', key = ''] = /metafields\.(\w+)\.(\w+)/.exec(block.schema.available_if ?? '') ?? []
  return !block.schema.available_if || app.metafields[namespace]?.[key]?.value === true
}

type MetafieldTree = Record<string, Record<string, { type: string; value: unknown }>>

function metafieldTree(metafields: Metafield[]): MetafieldTree {
  const tree: MetafieldTree = {}
  for (const { namespace, key, type, value } of metafields) {
    tree[namespace] = { ...tree[namespace], [key]: { type, value: jsonValue(type, value) } }
  }
  return tree
}

async function renderBlock(
  block: ThemeBlock,
  given: Record<string, unknown> | undefined,
  index: number,
  app: unknown,
  page: BlockPage,
): Promise<{ html: string; assets: string[] }> {
  const { extension, schema } = block
  const assetRoot = `${page.rootUrl.split('/').slice(0, 3).join('/')}/extensions/${extension}/assets/`
  const folder = path.join(extensionAssets(page.appTomlPath, extension) ?? '', '..')
  const engine = createLiquidEngine({
    ...page,
    assetRoot,
    snippets: path.join(folder, 'snippets'),
    translate: readTranslations(folder, page.locale),
  })
  const id = `${extension}-${block.handle}${index}`
  const editor = JSON.stringify({ id, type: block.handle })
  const settings = Object.fromEntries(
    schema.settings.flatMap(({ id: name, type, default: value }) => {
      if (!name) return []
      const set = given?.[name] ?? value
      return [[name, type === 'product' && typeof set === 'string' ? page.productOf(set) : set]]
    }),
  )
  const shopifyAttributes = page.isDesignMode ? `data-shopify-editor-block="${escapeHtml(editor)}"` : ''
  const html = await engine.parseAndRender(
    block.source,
    { block: { id, type: block.handle, settings, shopify_attributes: shopifyAttributes } },
    { globals: { ...page.scope, app } },
  )
  return {
    html: `<div id="shopify-block-${escapeHtml(id)}" class="shopify-block shopify-app-block">${html}</div>`,
    assets: [
      schema.stylesheet && `<link rel="stylesheet" href="${assetRoot}${escapeHtml(schema.stylesheet)}">`,
      schema.javascript && `<script src="${assetRoot}${escapeHtml(schema.javascript)}" defer></script>`,
    ].filter((tag): tag is string => typeof tag === 'string'),
  }
}
