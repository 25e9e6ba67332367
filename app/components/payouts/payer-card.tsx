import { FormLayout, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { PayerDetails } from '#app/domain/tax/payer-details.ts'
import type { FactHistory } from '#app/features/tax/dated-facts-view.server.ts'
import { FactCard } from './fact-card.tsx'

/** Who pays, in law: printed on statements, payment advices and self-billed invoices. */
export function PayerDetailsCard(props: {
  history: FactHistory<PayerDetails>
  formId: string
  today: string
  timeZone: string
  me: string
}) {
  const { t } = useTranslation()
  const { inForce } = props.history
  return (
    <FactCard
      {...props}
      title={t('payouts.legal.title')}
      help={t('payouts.legal.help')}
      none={t('payouts.legal.none')}
      intent="payer-details"
      initial={{
        legalName: inForce?.legalName ?? '',
        address: inForce?.address.join('\n') ?? '',
        country: inForce?.country ?? '',
        vatNumber: inForce?.vatNumber ?? '',
        companyNumber: inForce?.companyNumber ?? '',
        contact: inForce?.contact ?? '',
      }}
      summary={({ legalName, country }) => `${legalName}, ${country}`}
      facts={(facts) => [
        { label: t('payouts.legal.legalName'), value: facts.legalName },
        { label: t('payouts.legal.address'), value: [...facts.address, facts.country].join(', ') },
        { label: t('payouts.tax.vat'), value: facts.vatNumber },
        { label: t('payouts.legal.companyNumber'), value: facts.companyNumber },
        { label: t('payouts.legal.contact'), value: facts.contact },
      ]}
    >
      {(form) => (
        <FormLayout>
          <TextField
            label={t('payouts.legal.legalName')}
            helpText={t('payouts.legal.legalNameHelp')}
            autoComplete="off"
            maxLength={140}
            {...form.field('legalName')}
          />
          <TextField
            label={t('payouts.legal.address')}
            multiline={3}
            autoComplete="off"
            {...form.field('address')}
          />
          <FormLayout.Group>
            <TextField
              label={t('payouts.settings.country')}
              helpText={t('payouts.settings.countryHelp')}
              maxLength={2}
              autoComplete="off"
              {...form.field('country')}
            />
            <TextField
              label={t('payouts.tax.vat')}
              maxLength={20}
              autoComplete="off"
              {...form.field('vatNumber')}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <TextField
              label={t('payouts.legal.companyNumber')}
              helpText={t('payouts.legal.companyNumberHelp')}
              maxLength={60}
              autoComplete="off"
              {...form.field('companyNumber')}
            />
            <TextField
              type="email"
              label={t('payouts.legal.contact')}
              helpText={t('payouts.legal.contactHelp')}
              autoComplete="off"
              {...form.field('contact')}
            />
          </FormLayout.Group>
        </FormLayout>
      )}
    </FactCard>
  )
}
