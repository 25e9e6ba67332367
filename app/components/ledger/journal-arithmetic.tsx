import { useTranslation } from 'react-i18next'
import { formatPercent } from '#app/domain/money/percent.ts'
import { useMoneyText } from '../figures/money.tsx'
import { SectionCard } from '../layout/section-card.tsx'

export interface PayeeItem {
  agreementVersionId: string
  creatorName: string
  agreedShareBps: number
  shareBps: number
  deductPaymentFeeBps: number
  targetMinor: string
  postedBeforeMinor: string
  deltaMinor: string
}

export interface RoyaltyItem {
  cumulativeBeforeMinor: string
  cumulativeAfterMinor: string
  capped: boolean
  disputeLost: boolean
  merchantTargetMinor: string
  payees: PayeeItem[]
}

export interface JournalArithmeticProps {
  sale: { listMinor: string; discountMinor: string; netMinor: string } | null
  royalty: RoyaltyItem
  currency: string
}

/** How the amounts were reached, one step a line, with the numbers that the books keep. */
export function JournalArithmetic({ sale, royalty, currency }: JournalArithmeticProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const inMoney = (minor: string) => money(minor, currency)
  const change = String(BigInt(royalty.cumulativeAfterMinor) - BigInt(royalty.cumulativeBeforeMinor))
  const steps: string[] = []
  if (sale) {
    const { listMinor, discountMinor, netMinor } = sale
    steps.push(
      t('ledger.steps.listLessDiscount', {
        list: inMoney(listMinor),
        discount: inMoney(discountMinor),
        net: inMoney(netMinor),
      }),
    )
  }
  steps.push(
    t('ledger.steps.cumulative', {
      before: inMoney(royalty.cumulativeBeforeMinor),
      change: inMoney(change),
      after: inMoney(royalty.cumulativeAfterMinor),
    }),
  )
  if (royalty.disputeLost) steps.push(t('ledger.steps.disputeLost'))
  if (royalty.capped) steps.push(t('ledger.steps.capped'))
  const base = royalty.disputeLost ? '0' : royalty.cumulativeAfterMinor
  const payeeSteps = usePayeeSteps(inMoney, base)
  for (const payee of royalty.payees) steps.push(...payeeSteps(payee))
  steps.push(t('ledger.steps.merchant', { kept: inMoney(royalty.merchantTargetMinor) }))
  return (
    <SectionCard title={t('ledger.journal.arithmetic')}>
      <ol className="fil-sentences">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p style={{ color: 'var(--p-color-text-secondary)' }}>{t('ledger.steps.rounding')}</p>
    </SectionCard>
  )
}

function usePayeeSteps(inMoney: (minor: string) => string, base: string): (payee: PayeeItem) => string[] {
  const { t, i18n } = useTranslation()
  const percent = (bps: number) => formatPercent(bps, i18n.language)
  return (payee) => {
    const creator = payee.creatorName || t('common.unknownCreator')
    const hasFee = payee.deductPaymentFeeBps > 0
    const plain = hasFee ? 'ledger.steps.targetAfterFee' : 'ledger.steps.target'
    const key = payee.agreedShareBps === payee.shareBps ? plain : 'ledger.steps.targetCapped'
    const words = {
      creator,
      share: percent(payee.shareBps),
      agreed: percent(payee.agreedShareBps),
      base: inMoney(base),
      target: inMoney(payee.targetMinor),
    }
    return [
      ...(hasFee ? [t('ledger.steps.fee', { creator, fee: percent(payee.deductPaymentFeeBps) })] : []),
      t(key, words),
      t('ledger.steps.delta', {
        creator,
        before: inMoney(payee.postedBeforeMinor),
        delta: inMoney(payee.deltaMinor),
      }),
    ]
  }
}
