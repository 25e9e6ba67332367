import { useTranslation } from 'react-i18next'
import { formatMoney } from '#app/domain/money/format-amount.ts'

export interface MoneyProps {
  /** Minor units as decimal text: "-1250". */
  minor: string
  currency: string
  /** Ledger postings read better as debit and credit than with a sign. */
  unsigned?: boolean
  /** Show "—" instead of a zero amount. */
  dashForZero?: boolean
}

/** An amount in the reader's manner, digits aligned. */
export function Money({ minor, currency, unsigned = false, dashForZero = false }: MoneyProps) {
  const { i18n } = useTranslation()
  const amount = BigInt(minor)
  if (dashForZero && amount === 0n) return <span>—</span>
  const text = formatMoney(unsigned && amount < 0n ? -amount : amount, currency, i18n.language)
  return <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>{text}</span>
}

/** The same as text, for places that take no element. */
export function useMoneyText(): (minor: string, currency: string) => string {
  const { i18n } = useTranslation()
  return (minor, currency) => formatMoney(BigInt(minor), currency, i18n.language)
}
