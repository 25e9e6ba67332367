import { useState } from 'react'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { parseAmount } from '#app/domain/money/parse-amount.ts'

/** The sale that the previews are about, as it is typed and as it is meant. */
export interface SampleSaleState {
  price: string
  setPrice: (text: string) => void
  discount: string
  setDiscount: (text: string) => void
  quantity: string
  setQuantity: (text: string) => void
  /** Minor units: of one piece, and off the whole line. Null while that is no amount. */
  listMinor: bigint | null
  discountMinor: bigint | null
}

export function useSampleSale(currency: string): SampleSaleState {
  const [price, setPrice] = useState(() => toDecimalText(20_000n, currency))
  const [discount, setDiscount] = useState(() => toDecimalText(2_000n, currency))
  const [quantity, setQuantity] = useState('1')
  const list = parseAmount(price.trim().replace(',', '.'), currency)
  const off = parseAmount(discount.trim().replace(',', '.') || '0', currency)
  return {
    price,
    setPrice,
    discount,
    setDiscount,
    quantity,
    setQuantity,
    listMinor: list.ok ? list.minor : null,
    discountMinor: off.ok ? off.minor : null,
  }
}

/** One piece of the sale: the discount of the line spread over its pieces. Null while there is no such sale. */
export function onePieceOf(sample: SampleSaleState): { listMinor: bigint; discountMinor: bigint } | null {
  const { listMinor, discountMinor, quantity } = sample
  if (listMinor === null || discountMinor === null || !/^[1-9]\d{0,5}$/.test(quantity.trim())) return null
  return { listMinor, discountMinor: discountMinor / BigInt(quantity.trim()) }
}
