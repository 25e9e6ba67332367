// Links into Shopify's theme editor that put a block of ours at its place, or open the switch of the app embed, in the form that
// Shopify documents: shopify.dev, "Configure theme app extensions", deep linking.

export interface ThemeBlock {
  /** File name of the block in the theme app extension. */
  handle: string
  kind: 'block' | 'embed'
  /** JSON template of the theme that the editor opens, and that a block is added to. */
  template: 'product' | 'page' | 'index'
  /** Where in it: its main section, or, where that takes no blocks of apps, a section of its own. */
  target?: 'mainSection' | 'newAppsSection'
}

const ON_PIECES = { kind: 'block', template: 'product', target: 'mainSection' } as const

/** In the order in which they are best added: with the first three a drop says all that it must. */
export const THEME_BLOCKS: readonly ThemeBlock[] = [
  { handle: 'creator-links', kind: 'embed', template: 'index' },
  { handle: 'drop-countdown', ...ON_PIECES },
  { handle: 'drop-stock', ...ON_PIECES },
  { handle: 'drop-gate', ...ON_PIECES },
  { handle: 'drop-signup', ...ON_PIECES },
  { handle: 'drop-story', ...ON_PIECES },
  { handle: 'drop-arrival', ...ON_PIECES },
  // Beside a stream, which stands on a page of its own.
  { handle: 'drop-live', kind: 'block', template: 'page', target: 'newAppsSection' },
]

/** `apiKey`: the app's client id, by which the theme editor knows the extension. */
export function themeEditorLink(
  block: ThemeBlock,
  { shopDomain, apiKey }: { shopDomain: string; apiKey: string },
): string {
  const { template, target = 'newAppsSection' } = block
  // The slash between key and handle stands as it is: so it is documented.
  const name = `${encodeURIComponent(apiKey)}/${block.handle}`
  const query =
    block.kind === 'embed'
      ? `context=apps&template=${template}&activateAppId=${name}`
      : `template=${template}&addAppBlockId=${name}&target=${target}`
  return `https://${shopDomain}/admin/themes/current/editor?${query}`
}
