import {
  BlockStack,
  Card,
  ChoiceList,
  FormLayout,
  InlineError,
  Select,
  Text,
  TextField,
} from '@shopify/polaris'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgreementFormView } from '#app/features/agreements/agreement-form-view.server.ts'
import type { FormHandle } from '../form/save-bar-form.tsx'
import type { AgreementFormValues } from './agreement-form-values.ts'
import { ScopeFields } from './scope-fields.tsx'

export interface AgreementFieldsProps {
  form: FormHandle<AgreementFormValues>
  view: AgreementFormView
}

/** The terms of an agreement, question by question. */
export function AgreementFields({ form, view }: AgreementFieldsProps) {
  return (
    <BlockStack gap="400">
      <WhoCard form={form} view={view} />
      <ScopeFields form={form} titles={view.titles} />
      <ShareCard form={form} view={view} />
      <PaymentCard form={form} view={view} />
      <DatesCard form={form} view={view} />
    </BlockStack>
  )
}

export function Section({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          {help ? (
            <Text as="p" tone="subdued">
              {help}
            </Text>
          ) : null}
        </BlockStack>
        {children}
      </BlockStack>
    </Card>
  )
}

function WhoCard({ form, view }: AgreementFieldsProps) {
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
          onChange={([role]) => form.set('role', role ?? 'promoter')}
          {...(roleError ? { error: roleError } : {})}
        />
      </FormLayout>
    </Section>
  )
}

function ShareCard({ form, view }: AgreementFieldsProps) {
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

function PaymentCard({ form, view }: AgreementFieldsProps) {
  const { t } = useTranslation()
  const currencyError = form.error('currency')
  return (
    <Section
      title={t('agreements.form.paid')}
      help={t('agreements.form.paidHelp', { currency: view.currency })}
    >
      <FormLayout>
        <FormLayout.Group condensed>
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

function DatesCard({ form, view }: AgreementFieldsProps) {
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
