import { Banner, BlockStack, Button, Checkbox, FormLayout, Select, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { PayoutSettings } from '#app/features/payouts/payout-settings.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { SaveBarForm } from '../form/save-bar-form.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { BankFields } from './method-fields.tsx'
import { Person } from './person.tsx'
import { ProposalActions } from './proposal-actions.tsx'
import { usePostForm } from './use-post-form.ts'

/** Lower rules that wait for somebody else: who asked for them, and when. */
export function WaitingRules({ settings, me }: { settings: PayoutSettings; me: string }) {
  const { t } = useTranslation()
  if (settings.waiting.length === 0) return null
  const wish = ({ rule, fromLevel, toLevel }: PayoutSettings['waiting'][number]) =>
    t(`payouts.settings.lower.${rule}`, { from: fromLevel, to: toLevel })
  return (
    <Banner tone="warning" title={t('payouts.settings.waitingTitle')}>
      <BlockStack gap="300">
        {settings.waiting.map((change) => (
          <BlockStack key={change.id} gap="100">
            <Text as="p">{wish(change)}</Text>
            <Text as="p" tone="subdued">
              {t('payouts.settings.askedBy')} <Person actor={change.proposedBy} me={me} />,{' '}
              <DateText at={change.proposedAt} timeZone={settings.timeZone} style="time" />
            </Text>
            <ProposalActions
              fields={{ changeId: change.id }}
              about={wish(change)}
              mayAgree={change.mayAgree}
              agree={{ label: t('payouts.settings.confirmLower'), done: 'payouts.done.ruleLowered' }}
              reject={{ label: t('payouts.settings.withdrawLower'), done: 'payouts.done.ruleKept' }}
            />
          </BlockStack>
        ))}
      </BlockStack>
    </Banner>
  )
}

/** How many people must agree. */
export function RulesCard({ settings }: { settings: PayoutSettings }) {
  const { t } = useTranslation()
  const initial = {
    intent: 'rules',
    payoutApprovals: String(settings.payoutApprovals),
    adjustmentsNeedSecond: settings.adjustmentsNeedSecond,
  }
  return (
    <SaveBarForm id="payout-rules" initial={initial}>
      {(form) => (
        <SectionCard title={t('payouts.settings.rules')}>
          <FormLayout>
            <Text as="p" tone="subdued">
              {t('payouts.settings.lowerHelp')}
            </Text>
            <Select
              label={t('payouts.settings.approvals')}
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
          </FormLayout>
        </SectionCard>
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
