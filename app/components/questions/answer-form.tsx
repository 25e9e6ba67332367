import { useFetcher } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { BlockStack, Button, Checkbox, FormLayout, InlineStack, TextField } from '@shopify/polaris'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Outcome {
  ok: boolean
  reason?: string
}

/** Words, and where the creator is right, a correction that is posted with them. */
export function AnswerForm({ questionId, currency }: { questionId: string; currency: string }) {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const { state, data, submit } = useFetcher<Outcome>()
  const [answer, setAnswer] = useState('')
  const [corrects, setCorrects] = useState(false)
  const [amount, setAmount] = useState('')
  useEffect(() => {
    if (state !== 'idle' || !data) return
    if (data.ok) shopify.toast.show(t('statements.questions.sent'))
  }, [state, data, shopify, t])
  const refusal = data && !data.ok ? data.reason : undefined
  const isAmount = refusal !== undefined && AMOUNT_REASONS.has(refusal)
  const words = refusal ? t(`statements.questions.refused.${refusal}`, { defaultValue: refusal }) : undefined
  const send = () =>
    submit(
      { intent: 'answer', questionId, answer, ...(corrects ? { amount } : {}) },
      { method: 'post', action: '/app/statements/questions' },
    )
  return (
    <FormLayout>
      <TextField
        label={t('statements.questions.answer')}
        value={answer}
        onChange={setAnswer}
        multiline={3}
        maxLength={4000}
        autoComplete="off"
        error={isAmount ? undefined : words}
      />
      <BlockStack gap="200">
        <Checkbox label={t('statements.questions.corrects')} checked={corrects} onChange={setCorrects} />
        {corrects ? (
          <TextField
            label={t('statements.questions.amount', { currency })}
            helpText={t('statements.questions.amountHelp')}
            value={amount}
            onChange={setAmount}
            autoComplete="off"
            inputMode="decimal"
            error={isAmount ? words : undefined}
          />
        ) : null}
      </BlockStack>
      <InlineStack>
        <Button variant="primary" loading={state !== 'idle'} onClick={send}>
          {t('statements.questions.send')}
        </Button>
      </InlineStack>
    </FormLayout>
  )
}

const AMOUNT_REASONS = new Set([
  'not_a_decimal',
  'too_many_decimals',
  'too_large',
  'unknown_currency',
  'zero_amount',
])
