// A Liquid engine with the filters and tags that themes and theme extensions use.
import { fileURLToPath } from 'node:url'
import { Liquid, type TagToken, type Template, type TopLevelToken } from 'liquidjs'
import { formatAmount } from '#sandbox/admin/format-amount.ts'
import { formatMoney } from '#sandbox/commerce/money.ts'
import { formatNamedDate } from './liquid-dates.ts'
import type { Translate } from './translations.ts'

const THEME = fileURLToPath(new URL('./theme', import.meta.url))

export interface EngineOptions {
  currency: string
  /** Where `asset_url` points, with a slash at its end. */
  assetRoot: string
  /** Where the sandbox stands in time and place; dates are written in the shop's zone. */
  timeZone: string
  locale: string
  now: Date
  /** Texts of the `t` filter; keys with dots. */
  translate?: Translate
  /** Folder of the files that `render` finds; the theme's own when absent. */
  snippets?: string
}

/** An engine for one rendering: its filters know the shop's currency and zone, the page's language and the folder of assets. */
export function createLiquidEngine(options: EngineOptions): Liquid {
  const { currency, assetRoot, translate, timeZone, locale, now } = options
  const engine = new Liquid({
    root: [`${THEME}/templates`, `${THEME}/layout`],
    partials: options.snippets ?? `${THEME}/snippets`,
    extname: '.liquid',
    cache: false,
    timezoneOffset: timeZone,
  })
  const money = (minor: unknown) => formatAmount(formatMoney(BigInt(String(minor ?? 0)), currency), currency)
  engine.registerFilter('money', money)
  engine.registerFilter('money_with_currency', (minor: unknown) => `${money(minor)} ${currency}`)
  engine.registerFilter('asset_url', (name: unknown) => `${assetRoot}${name}`)
  engine.registerFilter(
    'stylesheet_tag',
    (url: unknown) => `<link rel="stylesheet" href="${escapeHtml(url)}">`,
  )
  engine.registerFilter('script_tag', (url: unknown) => `<script src="${escapeHtml(url)}"></script>`)
  engine.registerFilter('image_url', (image: unknown) => imageSource(image))
  engine.registerFilter('img_url', (image: unknown) => imageSource(image))
  engine.registerFilter('handleize', handleize)
  engine.registerFilter('handle', handleize)
  engine.registerFilter(
    't',
    (key: unknown, ...values: unknown[]) =>
      translate?.(String(key), named(values)) ?? `Translation missing: ${key}`,
  )
  registerDates(engine, { timeZone, locale, now })
  for (const name of ['schema', 'javascript', 'stylesheet']) registerSilentBlock(engine, name)
  registerStyleBlock(engine)
  return engine
}

/** Named arguments of a filter come as pairs. */
function named(values: unknown[]): Record<string, unknown> {
  return Object.fromEntries(values.filter((value): value is [string, unknown] => Array.isArray(value)))
}

function registerDates(engine: Liquid, place: { timeZone: string; locale: string; now: Date }): void {
  const strftime = engine.filters.date
  if (typeof strftime !== 'function') throw new Error('the Liquid engine has no date filter')
  engine.registerFilter('date', function (value: unknown, ...formats: unknown[]) {
    const { format } = named(formats)
    if (typeof format === 'string') return formatNamedDate(value, format, place)
    return strftime.call(this, value === 'now' ? Math.floor(place.now.getTime() / 1000) : value, ...formats)
  })
}

function handleize(text: unknown): string {
  return String(text ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function imageSource(image: unknown): string {
  return typeof image === 'object' && image !== null && 'src' in image
    ? String(image.src)
    : String(image ?? '')
}

export function escapeHtml(value: unknown): string {
  return String(value ?? '').replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  )
}

/** A block whose content is data, not output. */
function registerSilentBlock(engine: Liquid, name: string): void {
  engine.registerTag(name, {
    parse(_token: TagToken, remaining: TopLevelToken[]) {
      skipTo(remaining, name)
    },
    render: () => '',
  })
}

function skipTo(remaining: TopLevelToken[], name: string): void {
  while (remaining.length > 0) {
    const token = remaining.shift()
    if (token && 'name' in token && token.name === `end${name}`) return
  }
  throw new Error(`tag ${name} is not closed`)
}

/** {% style %} renders what is in it as a style element. */
function registerStyleBlock(engine: Liquid): void {
  const bodies = new WeakMap<object, Template[]>()
  engine.registerTag('style', {
    parse(_token: TagToken, remaining: TopLevelToken[]) {
      const templates: Template[] = []
      const stream = this.liquid.parser
        .parseStream(remaining)
        .on('template', (template: Template) => templates.push(template))
        .on('tag:endstyle', () => stream.stop())
        .on('end', () => {
          throw new Error('tag style is not closed')
        })
      stream.start()
      bodies.set(this, templates)
    },
    *render(context, emitter) {
      emitter.write('<style>')
      yield this.liquid.renderer.renderTemplates(bodies.get(this) ?? [], context, emitter)
      emitter.write('</style>')
    },
  })
}
