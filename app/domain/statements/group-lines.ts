import { readRoyaltyArithmetic, readSaleArithmetic } from '../ledger/read-arithmetic.ts'
import type { PayeeArithmetic, SaleArithmetic } from '../ledger/royalty-line.ts'
import type { StatementLine } from './statement-document.ts'
import type { StatementAgreement, StatementEntry, StatementRefusal } from './statement-input.ts'

interface RunningLine {
  product: string
  productId: string | null
  payee: PayeeArithmetic
  agreement: StatementAgreement
  unitsSold: number
  list: bigint
  discount: bigint
  unitsReturned: number
  returns: bigint
  royalty: bigint
  journals: string[]
}

export type GroupedLines = { ok: true; lines: StatementLine[] } | ({ ok: false } & StatementRefusal)

/** Sums sale journals up by product, agreement version and share. Sorted by product, then agreement. */
export function groupLines(
  creatorId: string,
  entries: readonly StatementEntry[],
  agreements: ReadonlyMap<string, StatementAgreement>,
): GroupedLines {
  const groups = new Map<string, RunningLine>()
  for (const entry of entries) {
    const sale = readSaleArithmetic(entry.arithmetic)
    const payees = ownPayees(entry, creatorId)
    if (sumOfDeltas(payees) !== entry.creditMinor) return doesNotAddUp(entry)
    for (const payee of payees) {
      const agreement = agreements.get(payee.agreementVersionId)
      if (!agreement) {
        const { agreementVersionId } = payee
        const journal = entry.journalSeq.toString()
        return { ok: false, reason: 'unknown_agreement_version', journal, agreementVersionId }
      }
      const key = [sale.productId ?? sale.title, payee.agreementVersionId, payee.shareBps].join('|')
      const line = groups.get(key) ?? emptyLine(sale, payee, agreement)
      addSale(line, sale, payee, entry)
      groups.set(key, line)
    }
  }
  const sorted = [...groups.entries()].sort(([leftKey, left], [rightKey, right]) =>
    compareText(`${left.product}\u0000${leftKey}`, `${right.product}\u0000${rightKey}`),
  )
  return { ok: true, lines: sorted.map(([, line]) => finishedLine(line)) }
}

/** The creator's parts of a journal, one for each agreement that pays. */
export function ownPayees(entry: StatementEntry, creatorId: string): PayeeArithmetic[] {
  const royalty = readRoyaltyArithmetic(entry.arithmetic)
  return royalty ? royalty.payees.filter((payee) => payee.creatorId === creatorId) : []
}

export function sumOfDeltas(payees: readonly PayeeArithmetic[]): bigint {
  return payees.reduce((sum, payee) => sum + BigInt(payee.deltaMinor), 0n)
}

export function doesNotAddUp(entry: StatementEntry): { ok: false } & StatementRefusal {
  return { ok: false, reason: 'entry_does_not_add_up', journal: entry.journalSeq.toString() }
}

function emptyLine(sale: SaleArithmetic, payee: PayeeArithmetic, agreement: StatementAgreement): RunningLine {
  const nothing = {
    unitsSold: 0,
    list: 0n,
    discount: 0n,
    unitsReturned: 0,
    returns: 0n,
    royalty: 0n,
    journals: [],
  }
  return { product: sale.title, productId: sale.productId, payee, agreement, ...nothing }
}

function addSale(
  line: RunningLine,
  sale: SaleArithmetic,
  payee: PayeeArithmetic,
  entry: StatementEntry,
): void {
  const net = BigInt(sale.netMinor)
  const units = Math.abs(sale.quantity ?? 0)
  // Shopify marks returns by action; a removal by order edit comes as a negative amount under another one.
  if (sale.actionType === 'return' || net < 0n) {
    line.unitsReturned += units
    line.returns += net
  } else {
    line.unitsSold += units
    line.list += BigInt(sale.listMinor)
    line.discount += BigInt(sale.discountMinor)
  }
  line.royalty += BigInt(payee.deltaMinor)
  line.journals.push(entry.journalSeq.toString())
}

function finishedLine(line: RunningLine): StatementLine {
  const net = line.list - line.discount
  return {
    productId: line.productId,
    product: line.product,
    role: line.payee.role,
    agreementTitle: line.agreement.title,
    agreementVersion: line.agreement.versionNumber,
    shareBps: line.payee.shareBps,
    unitsSold: line.unitsSold,
    listMinor: line.list.toString(),
    discountMinor: line.discount.toString(),
    netMinor: net.toString(),
    unitsReturned: line.unitsReturned,
    returnsMinor: line.returns.toString(),
    netAfterReturnsMinor: (net + line.returns).toString(),
    royaltyMinor: line.royalty.toString(),
    journals: line.journals,
  }
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
