// How the money of a refund moves: over which payments, at which rate, in which coins.
import type { Order } from '#sandbox/state/nouns.ts'
import { formatMoney, parseMoney, parseRatio } from './money.ts'
import type { Transfer } from './refund-record.ts'
import { type Refusal, refuse } from './refusal.ts'

export interface AskedTransfer {
  /** Decimal in the shop's currency, or in the buyer's where `isPresentment`. */
  amount: string
  isPresentment?: boolean
  gateway?: string
  parentId?: string
}

export type SettlementReason = 'invalid_rate' | 'invalid_amount' | 'unknown_transaction'

interface Settlement {
  ok: true
  coin?: bigint
  transfers?: Transfer[]
  /** What the transfers add up to. */
  amounts?: { amount?: string; presentmentAmount?: string }
}

export function readSettlement(
  order: Order,
  input: { rate?: string; cashRounding?: string; transfers?: AskedTransfer[] },
): Settlement | Refusal<SettlementReason> {
  const { rate, cashRounding, transfers } = input
  const ratio = rate === undefined ? null : parseRatio(rate)
  if (rate !== undefined && (!ratio || ratio.numerator <= 0n)) {
    return refuse('invalid_rate', `rate: "${rate}" is no exchange rate.`)
  }
  if (rate !== undefined && order.currency === order.presentmentCurrency) {
    return refuse('invalid_rate', `rate: order ${order.name} has one currency only.`)
  }
  const coin = cashRounding === undefined ? undefined : parseMoney(cashRounding, order.currency)
  if (coin === null || (coin !== undefined && coin <= 0n)) {
    return refuse('invalid_amount', `cashRounding: "${cashRounding}" is no coin.`)
  }
  if (!transfers || transfers.length === 0) return { ok: true, coin }
  const read = readTransfers(order, transfers)
  return read.ok ? { ...read, coin } : read
}

function readTransfers(
  order: Order,
  asked: AskedTransfer[],
): Settlement | Refusal<'invalid_amount' | 'unknown_transaction'> {
  const isPresentment = asked.every((transfer) => transfer.isPresentment)
  if (!isPresentment && asked.some((transfer) => transfer.isPresentment)) {
    return refuse('invalid_amount', 'transfers: all of them in one currency.')
  }
  const currency = isPresentment ? order.presentmentCurrency : order.currency
  const transfers: Transfer[] = []
  for (const [index, { amount, gateway, parentId }] of asked.entries()) {
    const share = parseMoney(amount, currency)
    if (share === null || share < 0n) {
      return refuse('invalid_amount', `transfers[${index}].amount: "${amount}" is no amount in ${currency}.`)
    }
    const isKnown = parentId === undefined || order.transactions.some(({ id }) => id === parentId)
    if (!isKnown) {
      return refuse(
        'unknown_transaction',
        `transfers[${index}].parentId: there is no transaction ${parentId}.`,
      )
    }
    transfers.push({ share, gateway, parentId })
  }
  const sum = formatMoney(
    transfers.reduce((total, { share }) => total + share, 0n),
    currency,
  )
  return { ok: true, transfers, amounts: isPresentment ? { presentmentAmount: sum } : { amount: sum } }
}
