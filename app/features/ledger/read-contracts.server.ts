// Which order lines renew a subscription, and how the first order of it came about. Cycle and origin follow from the stored sales by time, so
// that the order in which they arrived does not matter.
import type { ShopTransaction } from '../../adapters/db/database.ts'
import type { SaleCircumstances } from '../../domain/attribution/circumstances.ts'
import type { IsoInstant } from '../../domain/time/instant.ts'

export interface ContractLine {
  contractId: bigint
  lineItemId: bigint
  orderId: bigint
  /** Of the line's first sale. */
  soldAt: IsoInstant
  productId: bigint | null
  discountCodes: string[]
  linkReference: string | null
  /** What its decision saw; null while nobody decided it. */
  circumstances: SaleCircumstances | null
  /** 0 for the order with which the contract began. */
  cycle: number
}

export interface Contract {
  contractId: bigint
  /** Of the first order, in the order of their ids. */
  origin: ContractLine[]
  /** All, oldest order first. */
  lines: ContractLine[]
}

/** By contract id. Test orders count for nothing. */
export async function readContracts(
  tx: ShopTransaction,
  shopId: number,
  contractIds: readonly bigint[],
): Promise<Map<bigint, Contract>> {
  if (contractIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<Array<Omit<ContractLine, 'soldAt' | 'cycle'> & { soldAt: Date }>>`
    select s.contract_id as "contractId", s.line_item_id as "lineItemId", s.order_id as "orderId", min(s.happened_at) as "soldAt",
           min(s.product_id) as "productId", o.discount_codes as "discountCodes", o.link_reference as "linkReference", a.circumstances
    from sale s join shop_order o on o.shop_id = s.shop_id and o.order_id = s.order_id
    left join line_attribution a on a.shop_id = s.shop_id and a.line_item_id = s.line_item_id and a.revision = 1
    where s.shop_id = ${shopId} and s.line_type = 'product' and s.line_item_id is not null and not o.is_test
      and s.contract_id = any(${contractIds.map(String)}::bigint[])
    group by s.contract_id, s.line_item_id, s.order_id, o.discount_codes, o.link_reference, a.circumstances`
  const byContract = new Map<bigint, ContractLine[]>()
  for (const row of rows) {
    const own = byContract.get(row.contractId) ?? []
    own.push({ ...row, soldAt: row.soldAt.toISOString(), cycle: 0 })
    byContract.set(row.contractId, own)
  }
  return new Map([...byContract].map(([contractId, lines]) => [contractId, contractOf(contractId, lines)]))
}

function contractOf(contractId: bigint, unnumbered: readonly ContractLine[]): Contract {
  const begun = new Map<bigint, IsoInstant>()
  for (const { orderId, soldAt } of unnumbered) {
    const known = begun.get(orderId)
    if (known === undefined || soldAt < known) begun.set(orderId, soldAt)
  }
  const orders = [...begun].sort(([leftId, left], [rightId, right]) =>
    left === right ? byId(leftId, rightId) : left < right ? -1 : 1,
  )
  const cycles = new Map(orders.map(([orderId], cycle) => [orderId, cycle]))
  const lines = unnumbered
    .map((line) => ({ ...line, cycle: cycles.get(line.orderId) ?? 0 }))
    .sort((left, right) => left.cycle - right.cycle || byId(left.lineItemId, right.lineItemId))
  return { contractId, lines, origin: lines.filter((line) => line.cycle === 0) }
}

function byId(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}
