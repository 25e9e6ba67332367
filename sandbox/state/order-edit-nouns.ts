// Order edits that are being prepared.
import type { MoneyBag } from './nouns.ts'

/** An order edit that is being prepared; nothing of it is in the order before it is committed. */
export interface OrderEdit {
  id: string
  orderId: string
  begunAt: string
  committedAt: string | null
  /** Agreements that the order had when the edit began. */
  agreementsBefore: number
  changes: StagedChange[]
}

/** Prices are before taxes where the order's prices are. */
export type StagedChange =
  | { kind: 'ADD_VARIANT'; id: string; variantId: string; quantity: number; price: MoneyBag }
  | {
      kind: 'ADD_CUSTOM'
      id: string
      title: string
      quantity: number
      price: MoneyBag
      isTaxable: boolean
      isShipped: boolean
    }
  | {
      kind: 'SET_QUANTITY'
      lineItemId: string
      quantity: number
      restock: 'RETURN' | 'CANCEL' | 'NO_RESTOCK'
    }
  | {
      kind: 'DISCOUNT'
      id: string
      /** Of the order, or `id` of an added line. */
      lineId: string
      description: string
      value: StagedDiscount
    }
  | { kind: 'ADD_SHIPPING'; id: string; title: string; price: MoneyBag }
  /** `lineId` null: the order's first shipping. */
  | { kind: 'REMOVE_SHIPPING'; lineId: string | null }

/** Off each unit, off the whole of what is left of the line, or a fraction of it ("0.1" = 10 %). */
export type StagedDiscount =
  | { per: 'UNIT'; amount: MoneyBag }
  | { per: 'LINE'; amount: MoneyBag }
  | { per: 'FRACTION'; fraction: string }
