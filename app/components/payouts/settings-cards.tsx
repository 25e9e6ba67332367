import { Banner, Button, Card, Checkbox, FormLayout, Select, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { PayoutSettings } from '#app/features/payouts/payout-settings.server.ts'
import { SaveBarForm } from '../form/save-bar-form.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { BankFields } from './method-fields.tsx'
import { usePostForm } from './use-post-form.ts'

/** How many people must agree, and from where the shop pays. */
export function RulesCard({ settings }: { settings: PayoutSettings }) {
  const { t } = useTranslation()
  const initial = {
    intent: 'rules',
    payoutApprovals: String(settings.payoutApprovals),
    adjustmentsNeedSecond: settings.adjustmentsNeedSecond,
    payerCountry: settings.payerCountry ?? '',
  }
  return (
    <SaveBarForm id="payout-rules" initial={initial}>
      {(form) => (
        <Card>
          <FormLayout>
            <Select
              label={t('payouts.settings.approvals')}
              helpText={t('payouts.settings.approvalsHelp')}
              options={['1', '2'].map((value) => ({
                value,
                label: t('payouts.settings.people', { count: Number(value) }),
              }))}
              {...form.text('payoutApprovals')}
            />
            <Checkbox
              label={t('payouts.settings.second')}
              helpText={t('payouts.settings.secondHelp')}
              checked={form.values.adjustmentsNeedSecond}
              onChange={(checked) => form.set('adjustmentsNeedSecond', checked)}
            />
            <TextField
              label={t('payouts.settings.country')}
              helpText={t('payouts.settings.countryHelp')}
              maxLength={2}
              autoComplete="off"
              {...form.text('payerCountry')}
            />
          </FormLayout>
        </Card>
      )}
    </SaveBarForm>
  )
}

const EMPTY = { holder: '', iban: '', bic: '', street: '', building: '', postCode: '', town: '', country: '' }

/** The account that bank files are paid from. What stands is never shown again, only its end. */
export function PayerCard({ ending }: { ending: string | null }) {
  const { t } = useTranslation()
  const form = usePostForm(EMPTY, 'common.saved')
  return (
    <SectionCard title={t('payouts.settings.payer')}>
      <Text as="p" tone="subdued">
        {ending ? t('payouts.settings.payerStands', { ending }) : t('payouts.settings.payerNone')}
      </Text>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.submit({ intent: 'payer' })
        }}
      >
        <FormLayout>
          {form.problem ? <Banner tone="critical">{form.problem}</Banner> : null}
          <BankFields form={form} />
          <Button submit loading={form.busy}>
            {ending ? t('payouts.settings.payerReplace') : t('payouts.settings.payerAdd')}
          </Button>
        </FormLayout>
      </form>
    </SectionCard>
  )
}
