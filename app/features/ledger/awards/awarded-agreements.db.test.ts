import { expect, test } from 'vitest'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { readAwardedAgreements } from './awarded-agreements.server.ts'

test('whether any agreement promises more than a share is told by one look at the index of those that do', async () => {
  await using context = await createPartnerContext()
  const { db, shop } = context
  const looks = await db.inShop(shop.id, async (tx) => {
    expect(await readAwardedAgreements(tx, shop)).toEqual([])
    return tx.$queryRaw`select pg_stat_get_xact_numscans('agreement_version_promises'::regclass) as looks`
  })
  expect(looks).toEqual([{ looks: 1n }])
})
