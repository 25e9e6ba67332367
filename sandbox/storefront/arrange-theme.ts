// What a merchant does in the theme editor: which of the app's blocks stand where, and how long the edge keeps pages.
import { findShopState } from '#sandbox/commerce/find-nouns.ts'
import { type Refusal, refuse } from '#sandbox/commerce/refusal.ts'
import type { ThemeSettings } from '#sandbox/state/nouns.ts'
import type { Sandbox } from '#sandbox/state/sandbox.ts'
import { readThemeBlocks } from './theme-extension.ts'

export function arrangeTheme(
  sandbox: Sandbox,
  shopDomain: string,
  theme: ThemeSettings,
): { ok: true; theme: ThemeSettings } | Refusal<'unknown_shop' | 'unknown_block'> {
  const found = findShopState(sandbox, shopDomain)
  if (!found.ok) return found
  const known = readThemeBlocks(sandbox.options.appTomlPath)
    .filter(({ schema }) => schema.target === 'section')
    .map(({ handle }) => handle)
  for (const { block } of theme.blocks ?? [])
    if (!known.includes(block))
      return refuse('unknown_block', `blocks: the app has no block ${block}, but ${known.join(', ')}.`)
  found.state.theme = { ...found.state.theme, ...theme }
  sandbox.changed()
  return { ok: true, theme: found.state.theme }
}
