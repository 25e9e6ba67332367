import { FormLayout, Select, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
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
}

/** Which tax form stands. */
export function TaxCard({ tax }: { tax: TaxValues }) {
  const { t } = useTranslation()
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
          </FormLayout>
        )}
      </SaveBarForm>
    </SectionCard>
  )
}
