// Where to go, when everything runs.
import type { House } from './start-house.ts'
import { SHOP } from './story-cast.ts'

export interface HouseUrls {
  admin: string
  storefront: string
  mailbox: string
  panel: string
  app: string
}

export function urlsOf(house: House): HouseUrls {
  const handle = SHOP.domain.replace('.myshopify.com', '')
  const { sandboxUrl } = house
  return {
    admin: `${sandboxUrl}/store/${handle}/apps/${house.env.SHOPIFY_API_KEY}/app`,
    storefront: `${sandboxUrl}/storefront/${handle}`,
    mailbox: `${sandboxUrl}/mailbox`,
    panel: `${sandboxUrl}/`,
    app: house.appUrl,
  }
}

export function urlPanel(house: House, folder: string): string {
  const urls = urlsOf(house)
  const rows: Array<[string, string]> = [
    [`Filigree in ${SHOP.name}'s admin`, urls.admin],
    ['The shop as buyers see it', urls.storefront],
    ['Mail that creators received', urls.mailbox],
    ['Control panel: orders, clock, faults', urls.panel],
  ]
  const widest = Math.max(...rows.map(([label]) => label.length))
  const lines = rows.map(([label, url]) => `  ${label.padEnd(widest)}  ${url}`)
  const rule = '─'.repeat(Math.max(...lines.map((line) => line.length)) + 2)
  return [
    rule,
    ...lines,
    rule,
    `  Data and logs in ${folder}. Ctrl-C stops; npm run demo goes on from there.`,
  ].join('\n')
}
