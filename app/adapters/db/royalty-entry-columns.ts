// Rows of the creators' subledger as columns, for the statement that writes them with their journals.
import type { RoyaltyEntry } from '../../domain/ledger/royalty-entry.ts'
import { plainColumn } from './array-literal.ts'

export function royaltyEntryColumns() {
  const titles: string[] = []
  const seqs = plainColumn()
  const versionIds = plainColumn()
  const creatorIds = plainColumn()
  const agreementIds = plainColumn()
  const periodIds = plainColumn()
  const kinds = plainColumn()
  const incomeTypes = plainColumn()
  const soldOns = plainColumn()
  const effectiveAts = plainColumn()
  const orderIds = plainColumn()
  const lineItemIds = plainColumn()
  const productIds = plainColumn()
  const dropIds = plainColumn()
  const awardIds = plainColumn()
  const shares = plainColumn()
  const units = plainColumn()
  const lists = plainColumn()
  const discounts = plainColumn()
  const nets = plainColumn()
  const royalties = plainColumn()
  return {
    add(seq: bigint, periodId: string, entry: RoyaltyEntry) {
      seqs.add(seq)
      versionIds.add(entry.agreementVersionId)
      creatorIds.add(entry.creatorId)
      agreementIds.add(entry.agreementId)
      periodIds.add(periodId)
      kinds.add(entry.kind)
      incomeTypes.add(entry.incomeType)
      soldOns.add(entry.soldOn)
      effectiveAts.add(entry.effectiveAt)
      orderIds.add(entry.orderId)
      lineItemIds.add(entry.lineItemId)
      productIds.add(entry.productId)
      dropIds.add(entry.dropId)
      awardIds.add(entry.awardId)
      titles.push(entry.title)
      shares.add(entry.shareBps)
      units.add(entry.units)
      lists.add(entry.listMinor)
      discounts.add(entry.discountMinor)
      nets.add(entry.netMinor)
      royalties.add(entry.royaltyMinor)
    },
    arrays: () => [
      ...[seqs, versionIds, creatorIds, agreementIds, periodIds, kinds].map((column) => column.array()),
      ...[incomeTypes, soldOns, effectiveAts, orderIds, lineItemIds].map((column) => column.array()),
      ...[productIds, dropIds, awardIds].map((column) => column.array()),
      // Titles may hold anything; a text of JSON says it all.
      JSON.stringify(titles),
      ...[shares, units, lists, discounts, nets, royalties].map((column) => column.array()),
    ],
  }
}
