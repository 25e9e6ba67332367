import { FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { RowAction } from '../creators/row-action.tsx'
import { SaveBarForm } from '../form/save-bar-form.tsx'
import { SectionCard } from '../layout/section-card.tsx'

export type TaxValues = {
  intent: 'save-tax'
  country: string
  formType: string
  formReceivedOn: string
  formExpiresOn: string
  taxNumberEnding: string
  documentReference: string
  vatNumber: string
  withholding: string
  selfBillingFrom: string
  selfBillingUntil: string
  acceptedAfterDays: string
}

/** Which form stands, what is withheld, and whether the shop writes the creator's invoices. */
export function TaxCard({
  tax,
  selfBillingAcceptedAt,
}: {
  tax: TaxValues
  selfBillingAcceptedAt: string | null
}) {
  const { t } = useTranslation()
  const asksAcceptance = tax.selfBillingFrom !== '' && selfBillingAcceptedAt === null
  return (
    <SectionCard title={t('payouts.tax.card')}>
      <Text as="p" tone="subdued">
        {t('payouts.tax.cardHelp')}
      </Text>
      <SaveBarForm id="tax-profile" initial={tax}>
        {(form) => (
          <FormLayout>
            <FormLayout.Group>
              <TextField
                label={t('payouts.tax.country')}
                helpText={t('payouts.tax.countryHelp')}
                maxLength={2}
                autoComplete="off"
                {...form.text('country')}
              />
              <Select
                label={t('payouts.tax.form')}
                options={(['none', 'w9', 'w8ben', 'w8bene'] as const).map((value) => ({
                  value,
                  label: t(`payouts.tax.forms.${value}`),
                }))}
                {...form.text('formType')}
              />
            </FormLayout.Group>
            <FormLayout.Group>
              <TextField
                type="date"
                label={t('payouts.tax.received')}
                autoComplete="off"
                {...form.text('formReceivedOn')}
              />
              <TextField
                type="date"
                label={t('payouts.tax.expires')}
                autoComplete="off"
                {...form.text('formExpiresOn')}
              />
            </FormLayout.Group>
            <FormLayout.Group>
              <TextField
                label={t('payouts.tax.ending')}
                helpText={t('payouts.tax.endingHelp')}
                maxLength={4}
                autoComplete="off"
                {...form.text('taxNumberEnding')}
              />
              <TextField
                label={t('payouts.tax.document')}
                maxLength={120}
                autoComplete="off"
                {...form.text('documentReference')}
              />
            </FormLayout.Group>
            <FormLayout.Group>
              <TextField
                label={t('payouts.tax.withholding')}
                helpText={t('payouts.tax.withholdingHelp')}
                suffix="%"
                inputMode="decimal"
                autoComplete="off"
                {...form.text('withholding')}
              />
              <TextField
                label={t('payouts.tax.vat')}
                maxLength={20}
                autoComplete="off"
                {...form.text('vatNumber')}
              />
            </FormLayout.Group>
            <FormLayout.Group
              title={t('payouts.tax.selfBilling')}
              helpText={t('payouts.tax.selfBillingHelp')}
            >
              <TextField
                type="date"
                label={t('payouts.tax.from')}
                autoComplete="off"
                {...form.text('selfBillingFrom')}
              />
              <TextField
                type="date"
                label={t('payouts.tax.until')}
                autoComplete="off"
                {...form.text('selfBillingUntil')}
              />
              <TextField
                label={t('payouts.tax.acceptedAfter')}
                suffix={t('payouts.tax.days')}
                inputMode="numeric"
                autoComplete="off"
                {...form.text('acceptedAfterDays')}
              />
            </FormLayout.Group>
          </FormLayout>
        )}
      </SaveBarForm>
      {asksAcceptance ? (
        <InlineStack>
          <RowAction
            label={t('payouts.tax.accepted')}
            fields={{ intent: 'accept-self-billing' }}
            done="common.saved"
          />
        </InlineStack>
      ) : null}
    </SectionCard>
  )
}
