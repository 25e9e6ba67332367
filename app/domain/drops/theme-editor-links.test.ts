import fs from 'node:fs'
import { expect, test } from 'vitest'
import { THEME_BLOCKS, themeEditorLink } from './theme-editor-links.ts'

const shop = { shopDomain: 'lumen.myshopify.com', apiKey: 'key-1' }

test('a block is added to the main section of its template, the embed is switched on among the apps', () => {
  const [embed, block] = THEME_BLOCKS
  if (!embed || !block) throw new Error('there are no blocks')
  expect(themeEditorLink(embed, shop)).toBe(
    'https://lumen.myshopify.com/admin/themes/current/editor?context=apps&template=index&activateAppId=key-1%2Fcreator-links',
  )
  expect(themeEditorLink(block, shop)).toBe(
    'https://lumen.myshopify.com/admin/themes/current/editor?template=product&addAppBlockId=key-1%2Fdrop-countdown&target=mainSection',
  )
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
