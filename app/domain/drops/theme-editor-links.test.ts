import fs from 'node:fs'
import { expect, test } from 'vitest'
import { THEME_BLOCKS, themeEditorLink } from './theme-editor-links.ts'

const shop = { shopDomain: 'lumen.myshopify.com', apiKey: 'key-1' }

const EDITOR = 'https://lumen.myshopify.com/admin/themes/current/editor'

/** Shopify's documented forms, letter by letter. */
test.each([
  ['creator-links', 'context=apps&template=index&activateAppId=key-1/creator-links'],
  ['drop-countdown', 'template=product&addAppBlockId=key-1/drop-countdown&target=mainSection'],
  ['drop-live', 'template=page&addAppBlockId=key-1/drop-live&target=newAppsSection'],
])('%s is reached by the documented link', (handle, query) => {
  const block = THEME_BLOCKS.find((known) => known.handle === handle)
  if (!block) throw new Error(`the guide has no ${handle}`)
  expect(themeEditorLink(block, shop)).toBe(`${EDITOR}?${query}`)
})

test('what is added to the main section of a template is no block of its own section, and an embed has no target', () => {
  for (const { kind, template, target } of THEME_BLOCKS) {
    expect([kind, template, target]).toBeOneOf([
      ['embed', 'index', undefined],
      ['block', 'product', 'mainSection'],
      ['block', 'page', 'newAppsSection'],
    ])
  }
})

const folder = 'extensions/filigree-theme/blocks'

test('every block of the extension is in the guide, as what it is', () => {
  for (const file of fs.readdirSync(folder)) {
    const handle = file.replace(/\.liquid$/, '')
    const kind = fs.readFileSync(`${folder}/${file}`, 'utf8').includes('"target": "section"')
      ? 'block'
      : 'embed'
    expect(THEME_BLOCKS).toContainEqual(expect.objectContaining({ handle, kind }))
  }
})
