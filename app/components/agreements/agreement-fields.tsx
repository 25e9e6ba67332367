import { BlockStack, ChoiceList, FormLayout, InlineError, Select, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import { DatesCard } from './dates-card.tsx'
import { GuaranteeFields } from './guarantee-fields.tsx'
import { liveProblems } from './live-problems.ts'
import { ReserveFields, RetentionFields, SubscriptionFields } from './promise-fields.tsx'
import { ScopeFields, type ScopeFieldsProps } from './scope-fields.tsx'
import { Section } from './section.tsx'
import { TierFields } from './tier-fields.tsx'
import { useLiveField } from './use-live-field.ts'

interface CardProps {
  form: FormHandle<AgreementFormValues>
  view: AgreementFormView
}

export interface AgreementFieldsProps extends CardProps {
  titles: AgreementFormView['titles']
  onPicked: ScopeFieldsProps['onPicked']
}

/** The terms of an agreement, question by question. */
export function AgreementFields({ form, view, titles, onPicked }: AgreementFieldsProps) {
  const live = useLiveField(form, liveProblems(form.values, view))
  const { currency } = view
  return (
    <BlockStack gap="400">
      <WhoCard form={form} view={view} />
      <ScopeFields form={form} titles={titles} onPicked={onPicked} />
      <ShareCard form={form} view={view} />
      <TierFields form={form} live={live} currency={currency} />
      <PaymentCard form={form} view={view} />
      <ReserveFields form={form} live={live} currency={currency} />
      <GuaranteeFields
        form={form}
        live={live}
        currency={currency}
        productTitles={titles.products}
        onPicked={onPicked}
      />
      {form.values.role === 'design_owner' ? null : (
        <>
          <RetentionFields form={form} live={live} currency={currency} />
          <SubscriptionFields form={form} live={live} currency={currency} />
        </>
      )}
      <DatesCard form={form} view={view} />
    </BlockStack>
  )
}

function WhoCard({ form, view }: CardProps) {
  const { t } = useTranslation()
  const roleError = form.error('role')
  return (
    <Section title={t('agreements.form.who')}>
      <FormLayout>
        <Select
          label={t('agreements.form.creator')}
          disabled={view.editing !== null}
          placeholder={t('agreements.form.chooseCreator')}
          options={view.creators.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.text('creatorId')}
        />
        <TextField
          label={t('agreements.form.title')}
          helpText={t('agreements.form.titleHelp')}
          autoComplete="off"
          maxLength={120}
          requiredIndicator
          {...form.text('title')}
        />
        <ChoiceList
          title={t('agreements.form.role')}
          name="role"
          choices={(['promoter', 'design_owner'] as const).map((value) => ({
            value,
            label: t(`common.role.${value}`),
            helpText: t(`agreements.form.roleHelp.${value}`),
            disabled: view.editing?.hasAcceptedVersion === true,
          }))}
          selected={[form.values.role]}
          onChange={([role]) => chooseRole(form, role ?? 'promoter')}
          {...(roleError ? { error: roleError } : {})}
        />
      </FormLayout>
    </Section>
  )
}

/** Owners cannot own everything and bring nobody: the choices that are left to them are made at once. */
function chooseRole(form: CardProps['form'], role: string) {
  form.set('role', role)
  if (role !== 'design_owner') return
  if (form.values.scopeKind === 'everything_attributed') form.set('scopeKind', 'products')
  // They are paid for every sale of the design: who came back, and who renewed, makes no difference to them.
  form.set('hasRetention', false)
  form.set('hasSubscription', false)
}

function ShareCard({ form, view }: CardProps) {
  const { t } = useTranslation()
  return (
    <Section title={t('agreements.form.share')} help={t('agreements.form.netHelp')}>
      <FormLayout>
        <FormLayout.Group condensed>
          <TextField
            label={t('agreements.form.shareOfNet')}
            suffix="%"
            inputMode="decimal"
            autoComplete="off"
            helpText={t('agreements.form.capHelp', { cap: view.capBps / 100 })}
            requiredIndicator
            {...form.text('share')}
          />
          <TextField
            label={t('agreements.form.paymentFee')}
            suffix="%"
            inputMode="decimal"
            autoComplete="off"
            helpText={t('agreements.form.paymentFeeHelp')}
            {...form.text('paymentFee')}
          />
        </FormLayout.Group>
      </FormLayout>
    </Section>
  )
}

function PaymentCard({ form, view }: CardProps) {
  const { t } = useTranslation()
  const currencyError = form.error('currency')
  return (
    <Section
      title={t('agreements.form.paid')}
      help={t('agreements.form.paidHelp', { currency: view.currency })}
    >
      <FormLayout>
        <FormLayout.Group>
          <Select
            label={t('agreements.form.period')}
            options={(['monthly', 'quarterly'] as const).map((value) => ({
              value,
              label: t(`agreements.form.periods.${value}`),
            }))}
            {...form.text('period')}
          />
          <TextField
            label={t('agreements.form.minimum')}
            prefix={view.currency}
            inputMode="decimal"
            autoComplete="off"
            helpText={t('agreements.form.minimumHelp')}
            {...form.text('minimumPayout')}
          />
          <TextField
            label={t('agreements.form.hold')}
            suffix={t('agreements.form.days')}
            inputMode="numeric"
            autoComplete="off"
            helpText={t('agreements.form.holdHelp', { days: view.returnWindowDays })}
            {...form.text('holdDays')}
          />
        </FormLayout.Group>
        {currencyError ? <InlineError message={currencyError} fieldID="currency" /> : null}
      </FormLayout>
    </Section>
  )
}
