// Theme app extensions of the app: their blocks, found beside shopify.app.toml, rendered as Shopify renders them.
import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { createLiquidEngine, escapeHtml } from './liquid-engine.ts'

const blockSchema = z.object({
  name: z.string(),
  target: z.enum(['section', 'head', 'body', 'compliance_head']),
  javascript: z.string().optional(),
  stylesheet: z.string().optional(),
  templates: z.array(z.string()).optional(),
  enabled_on: z.object({ templates: z.array(z.string()) }).optional(),
  settings: z.array(z.object({ id: z.string().optional(), default: z.unknown().optional() })).default([]),
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
  /** "/storefront/lumen-atelier" */
  rootUrl: string
  /** Liquid variables of the page. */
  scope: Record<string, unknown>
  appTomlPath: string
}

/** Renders the blocks that are on for this page, each with its settings' defaults. */
export async function renderThemeBlocks(page: BlockPage): Promise<RenderedBlocks> {
  const rendered: RenderedBlocks = { head: '', body: '', section: '' }
  for (const block of readThemeBlocks(page.appTomlPath)) {
    const templates = block.schema.enabled_on?.templates ?? block.schema.templates
    if (templates && !templates.includes(page.template) && !templates.includes('*')) continue
    const place =
      block.schema.target === 'body' || block.schema.target === 'section' ? block.schema.target : 'head'
    rendered[place] += await renderBlock(block, page)
  }
  return rendered
}

async function renderBlock(block: ThemeBlock, page: BlockPage): Promise<string> {
  const assetRoot = `${page.rootUrl}/extensions/${block.extension}/assets/`
  const engine = createLiquidEngine({
    currency: page.currency,
    assetRoot,
    translate: (key) => readTranslation(page.appTomlPath, block.extension, key),
  })
  const settings = Object.fromEntries(
    block.schema.settings.flatMap(({ id, default: value }) => (id ? [[id, value]] : [])),
  )
  const id = `${block.extension}-${block.handle}`
  const body = await engine.parseAndRender(block.source, {
    ...page.scope,
    block: { id, type: block.handle, settings, shopify_attributes: `data-block-id="${escapeHtml(id)}"` },
  })
  const style = block.schema.stylesheet
    ? `<link rel="stylesheet" href="${assetRoot}${escapeHtml(block.schema.stylesheet)}">`
    : ''
  const script = block.schema.javascript
    ? `<script src="${assetRoot}${escapeHtml(block.schema.javascript)}" defer></script>`
    : ''
  return `${style}<div id="shopify-block-${escapeHtml(id)}" class="shopify-block shopify-app-block">${body}</div>${script}`
}

function readTranslation(appTomlPath: string, extension: string, key: string): string | undefined {
  const assets = extensionAssets(appTomlPath, extension)
  const file = assets && path.join(assets, '..', 'locales', 'en.default.json')
  if (!file || !fs.existsSync(file)) return undefined
  let value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'))
  for (const part of key.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined
  }
  return typeof value === 'string' ? value : undefined
}
