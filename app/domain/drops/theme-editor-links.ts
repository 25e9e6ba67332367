// Links into Shopify's theme editor that put a block of ours at its place, or open the switch of the app embed.

export interface ThemeBlock {
  /** File name of the block in the theme app extension. */
  handle: string
  kind: 'block' | 'embed'
  /** Where it is added. */
  template: 'product' | 'index'
}

/** In the order in which they are best added: with the first three a drop says all that it must. */
export const THEME_BLOCKS: readonly ThemeBlock[] = [
  { handle: 'creator-links', kind: 'embed', template: 'index' },
  { handle: 'drop-countdown', kind: 'block', template: 'product' },
  { handle: 'drop-stock', kind: 'block', template: 'product' },
  { handle: 'drop-gate', kind: 'block', template: 'product' },
  { handle: 'drop-signup', kind: 'block', template: 'product' },
  { handle: 'drop-story', kind: 'block', template: 'product' },
  { handle: 'drop-arrival', kind: 'block', template: 'product' },
  { handle: 'drop-live', kind: 'block', template: 'product' },
]

/** `apiKey`: the app's client id, by which the theme editor knows the extension. */
export function themeEditorLink(
  block: ThemeBlock,
  { shopDomain, apiKey }: { shopDomain: string; apiKey: string },
): string {
  const name = `${apiKey}/${block.handle}`
  const query: Record<string, string> =
    block.kind === 'embed'
      ? { context: 'apps', template: block.template, activateAppId: name }
      : { template: block.template, addAppBlockId: name, target: 'mainSection' }
  return `https://${shopDomain}/admin/themes/current/editor?${new URLSearchParams(query)}`
}
