import type { Shop } from '#sandbox/state/nouns.ts'
import { gid } from '../gid.ts'
import { fields, type GraphqlContext, plain, type Resolvers } from '../resolver.ts'
import { metafieldFields } from './metafield.ts'

export const shopResolvers: Resolvers = {
  QueryRoot: fields({
    shop: (_root, _args, { state }: GraphqlContext) => state.shop,
  }),
  Shop: fields<Shop>({
    ...plain<Shop>('name', 'email', 'taxesIncluded'),
    ...metafieldFields((shop: Shop) => gid('Shop', shop.id)),
    id: (shop) => gid('Shop', shop.id),
    contactEmail: (shop) => shop.email,
    shopOwnerName: (shop) => shop.ownerName,
    myshopifyDomain: (shop) => shop.domain,
    currencyCode: (shop) => shop.currency,
    enabledPresentmentCurrencies: (shop) => [shop.currency],
    ianaTimezone: (shop) => shop.timeZone,
    timezoneOffsetMinutes: (shop, _args, { sandbox }) => offsetMinutes(shop.timeZone, sandbox.clock.now()),
    timezoneOffset: (shop, _args, { sandbox }) =>
      spellOffset(offsetMinutes(shop.timeZone, sandbox.clock.now())),
    url: (shop) => `https://${shop.domain}`,
    primaryDomain: (shop) => ({
      id: gid('Domain', shop.id),
      host: shop.domain,
      url: `https://${shop.domain}`,
      sslEnabled: true,
    }),
    plan: (shop) => ({
      displayName: shop.planPublicName,
      publicDisplayName: shop.planPublicName,
      partnerDevelopment: /development/i.test(shop.planPublicName),
      shopifyPlus: /plus/i.test(shop.planPublicName),
    }),
    billingAddress: (shop) => ({ countryCodeV2: shop.country }),
    shopAddress: (shop) => ({ countryCodeV2: shop.country }),
    setupRequired: () => false,
  }),
}

function offsetMinutes(timeZone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name ?? 'GMT') ?? []
  const total = Number(hours) * 60 + Number(minutes)
  return sign === '-' ? -total : total
}

function spellOffset(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}
