import { BlockStack, ChoiceList, FormLayout, InlineError, Select, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import { ScopeFields, type ScopeFieldsProps } from './scope-fields.tsx'
import { Section } from './section.tsx'

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
  return (
    <BlockStack gap="400">
      <WhoCard form={form} view={view} />
      <ScopeFields form={form} titles={titles} onPicked={onPicked} />
      <ShareCard form={form} view={view} />
      <PaymentCard form={form} view={view} />
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

/** Owners cannot own everything: the choice that is left to them is made at once. */
function chooseRole(form: CardProps['form'], role: string) {
  form.set('role', role)
  if (role === 'design_owner' && form.values.scopeKind === 'everything_attributed')
    form.set('scopeKind', 'products')
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

function DatesCard({ form, view }: CardProps) {
  const { t } = useTranslation()
  const isChange = view.editing?.hasAcceptedVersion === true
  return (
    <Section title={t('agreements.form.dates')} help={t('agreements.form.datesHelp')}>
      <FormLayout>
        <FormLayout.Group condensed>
          <TextField
            label={isChange ? t('agreements.form.changesOn') : t('agreements.form.startsOn')}
            type="date"
            min={view.today}
            autoComplete="off"
            requiredIndicator
            {...form.text('startsOn')}
          />
          <TextField
            label={t('agreements.form.endsOn')}
            type="date"
            min={view.today}
            autoComplete="off"
            helpText={t('agreements.form.endsOnHelp')}
            {...form.text('endsOn')}
          />
        </FormLayout.Group>
      </FormLayout>
    </Section>
  )
}
