import { Banner, Select, Text, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePost } from '../creators/row-action.tsx'
import { useMoneyText } from '../figures/money.tsx'
import { refusalText } from '../form/form-outcome.ts'
import { QuestionModal } from '../layout/question-modal.tsx'

export interface ResolveSuspenseProps {
  item: {
    orderName: string | null
    orderId: string
    amountMinor: string
    currency: string
    shopifyTotalMinor: string | null
    salesTotalMinor: string
    sales: number
  }
  accounts: readonly string[]
  formId: string
  onClose: () => void
}

const LONGEST_REASON = 1000

/** Names the account that takes a difference, and why: posts a journal, or asks a second person for it. */
export function ResolveSuspense({ item, accounts, formId, onClose }: ResolveSuspenseProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const [account, setAccount] = useState(accounts[0] ?? '')
  const [reason, setReason] = useState('')
  const { submit, busy, refused } = usePost('ledger.suspense.toast.resolved', onClose)
  const words = (given: Parameters<typeof refusalText>[0]) =>
    refusalText(given, (key, params) => t(key, params ?? {}))
  const summary = words(refused?.summary)
  const order = item.orderName ?? item.orderId
  const amount = money(item.amountMinor, item.currency)
  const book = () =>
    submit({
      intent: 'resolve',
      formId,
      orderId: item.orderId,
      amountMinor: item.amountMinor,
      currency: item.currency,
      account,
      reason,
    })
  return (
    <QuestionModal
      open
      onClose={onClose}
      title={t('ledger.suspense.askTitle', { order })}
      confirm={{ label: t('ledger.suspense.book'), onAction: book, busy }}
      cancelLabel={t('ledger.suspense.keep')}
    >
      {summary ? <Banner tone="critical">{summary}</Banner> : null}
      <Text as="p">
        {t('ledger.suspense.askBody', {
          total: item.shopifyTotalMinor === null ? '?' : money(item.shopifyTotalMinor, item.currency),
          sum: money(item.salesTotalMinor, item.currency),
          sales: item.sales,
          amount,
        })}
      </Text>
      <Select
        label={t('ledger.suspense.account')}
        options={accounts.map((code) => ({ value: code, label: t(`ledger.suspense.target.${code}`) }))}
        value={account}
        onChange={setAccount}
        helpText={t(`ledger.suspense.targetHelp.${account}`, { amount })}
        {...errorOf(words(refused?.fields.account))}
      />
      <TextField
        label={t('ledger.suspense.why')}
        value={reason}
        onChange={setReason}
        multiline={3}
        maxLength={LONGEST_REASON}
        autoComplete="off"
        helpText={t('ledger.suspense.whyHelp')}
        {...errorOf(words(refused?.fields.reason))}
      />
      <Text as="p" tone="subdued" variant="bodySm">
        {t('ledger.suspense.undone')}
      </Text>
    </QuestionModal>
  )
}

function errorOf(text: string | undefined): { error?: string } {
  return text === undefined ? {} : { error: text }
}
