// Pieces given to creators at their value, with each year's running total beside pay: some countries count both together.
import { readPayer } from '#app/adapters/db/dated-fact-store.ts'
import { INCOME_TYPES } from '#app/domain/tax/income-type.ts'
import { measureThresholds } from '#app/domain/tax/thresholds.ts'
import { localDateOf, startOfDay } from '#app/domain/time/instant.ts'
import type { ShopContext } from '../context.ts'

export interface GiftRow {
  id: string
  creatorId: string
  creatorName: string
  description: string
  givenOn: string
  amountMinor: string
  currency: string
  status: string
}

export interface GiftYear {
  creatorId: string
  creatorName: string
  currency: string
  giftsMinor: string
  /** Gifts and payments together. */
  totalMinor: string
  /** Null where no rule of the creator's or the shop's country concerns gifts. */
  threshold: { status: 'below' | 'near' | 'reached'; amountMinor: string; measuredMinor: string } | null
}

export interface GiftListView {
  gifts: GiftRow[]
  year: number
  years: GiftYear[]
  creators: Array<{ id: string; name: string }>
  currency: string
  today: string
}

interface Sum {
  creatorId: string
  name: string
  currency: string
  country: string | null
  gifts: bigint
  services: bigint
  royalties: bigint
  bonuses: bigint
}

export async function readGifts(ctx: ShopContext): Promise<GiftListView> {
  const { shop } = ctx
  const today = localDateOf(ctx.clock.now().toISOString(), shop.timeZone)
  const year = Number(today.slice(0, 4))
  const from = new Date(startOfDay(`${year}-01-01`, shop.timeZone))
  return ctx.db.inShop(shop.id, async (tx) => {
    const payerCountry = (await readPayer(tx, shop, ctx.clock.now()))?.country ?? null
    const creators = await tx.creator.findMany({
      where: { shopId: shop.id },
      orderBy: { name: 'asc' },
      select: { id: true, name: true, status: true },
      take: 1_000,
    })
    const nameOf = new Map(creators.map(({ id, name }) => [id, name]))
    const gifts = await tx.adjustment.findMany({
      where: { shopId: shop.id, kind: 'gift', status: { not: 'rejected' } },
      orderBy: [{ proposedAt: 'desc' }, { id: 'asc' }],
      take: 200,
    })
    const sums = await tx.$queryRaw<Sum[]>`
      with given as (
        select creator_id, currency, sum(amount_minor)::bigint as gifts from adjustment
        where shop_id = ${shop.id} and kind = 'gift' and status = 'posted' and creator_id is not null
          and facts->>'givenOn' between ${`${year}-01-01`} and ${`${year}-12-31`}
        group by 1, 2
      ), part as (
        select p.creator_id, p.currency, i.value->>'incomeType' as kind, (i.value->>'amountMinor')::bigint as amount
        from payout p cross join lateral jsonb_array_elements(p.income) i
        where p.shop_id = ${shop.id} and p.status in ('sent', 'confirmed') and p.sent_at >= ${from}
        union all
        -- Income from the day on which it is paid, as in the tax year.
        select d.creator_id, d.currency, case g.role when 'design_owner' then 'design_royalty' else 'commission_service' end, d.amount_minor
        from advance d left join agreement g on g.id = d.agreement_id
        where d.shop_id = ${shop.id} and d.paid_at >= ${from}
      ), paid as (
        select creator_id, currency, (sum(amount) filter (where kind = 'commission_service'))::bigint as services,
          (sum(amount) filter (where kind = 'design_royalty'))::bigint as royalties, (sum(amount) filter (where kind = 'bonus'))::bigint as bonuses
        from part group by 1, 2
      )
      select c.id::text as "creatorId", c.name, g.currency, x.country, g.gifts, coalesce(p.services, 0)::bigint as services,
        coalesce(p.royalties, 0)::bigint as royalties, coalesce(p.bonuses, 0)::bigint as bonuses
      from given g join creator c on c.id = g.creator_id
      left join paid p on p.creator_id = g.creator_id and p.currency = g.currency
      left join tax_profile x on x.shop_id = ${shop.id} and x.creator_id = g.creator_id
      order by g.gifts desc, c.name`
    return {
      gifts: gifts.map((gift) => {
        const facts = gift.facts as Record<string, unknown>
        return {
          id: gift.id,
          creatorId: gift.creatorId ?? '',
          creatorName: nameOf.get(gift.creatorId ?? '') ?? '',
          description: typeof facts.description === 'string' ? facts.description : gift.reason,
          givenOn:
            typeof facts.givenOn === 'string' ? facts.givenOn : gift.proposedAt.toISOString().slice(0, 10),
          amountMinor: String(gift.amountMinor),
          currency: gift.currency,
          status: gift.status,
        }
      }),
      year,
      years: sums.map((sum) => toGiftYear(sum, year, payerCountry)),
      creators: creators.flatMap(({ id, name, status }) => (status === 'active' ? [{ id, name }] : [])),
      currency: shop.currency,
      today,
    }
  })
}

function toGiftYear(sum: Sum, year: number, payerCountry: string | null): GiftYear {
  const paid = {
    commission_service: sum.services,
    design_royalty: sum.royalties,
    bonus: sum.bonuses,
    in_kind: sum.gifts,
  }
  const notice = measureThresholds({
    year,
    currency: sum.currency,
    payerCountry,
    payeeCountry: sum.country,
    isForeignToUs: sum.country !== null && sum.country !== 'US',
    paid,
  }).find(({ key }) => key === 'FR-WRITTEN')
  return {
    creatorId: sum.creatorId,
    creatorName: sum.name,
    currency: sum.currency,
    giftsMinor: String(sum.gifts),
    totalMinor: String(INCOME_TYPES.reduce((total, type) => total + paid[type], 0n)),
    threshold: notice
      ? {
          status: notice.status,
          amountMinor: String(notice.thresholdMinor),
          measuredMinor: String(notice.measuredMinor),
        }
      : null,
  }
}
