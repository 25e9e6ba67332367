import { FormLayout, Select, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { formatPercent, toPercentText } from '#app/domain/money/percent.ts'
import { VAT_TREATMENTS, type VatFacts } from '#app/domain/tax/vat-facts.ts'
import { WITHHOLDING_REASONS, type Withholding } from '#app/domain/tax/withholding.ts'
import type { FactHistory } from '#app/features/tax/dated-facts-view.server.ts'
import { DateText } from '../figures/date-text.tsx'
import { FactCard } from './fact-card.tsx'

interface Common<Facts> {
  history: FactHistory<Facts>
  formId: string
  today: string
  timeZone: string
  me: string
}

/** What is kept from this creator's payments for the tax office, and why. */
export function WithholdingCard(props: Common<Withholding>) {
  const { t, i18n } = useTranslation()
  const { inForce } = props.history
  const rate = (bps: number) =>
    bps === 0 ? t('payouts.withholding.nothing') : formatPercent(bps, i18n.language)
  return (
    <FactCard
      {...props}
      title={t('payouts.withholding.title')}
      help={t('payouts.withholding.help')}
      none={t('payouts.withholding.none')}
      intent="record-withholding"
      initial={{
        rate: toPercentText(inForce?.bps ?? 0),
        reason: inForce?.reason ?? '',
        note: inForce?.note ?? '',
      }}
      summary={({ bps, reason }) =>
        [rate(bps), reason ? t(`payouts.withholding.reasons.${reason}`) : null].filter(Boolean).join(', ')
      }
      facts={({ bps, reason, note }) => [
        { label: t('payouts.tax.withholding'), value: rate(bps) },
        {
          label: t('payouts.withholding.reason'),
          value: reason ? t(`payouts.withholding.reasons.${reason}`) : null,
        },
        { label: t('payouts.withholding.note'), value: note },
      ]}
    >
      {(form) => (
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label={t('payouts.tax.withholding')}
              helpText={t('payouts.tax.withholdingHelp')}
              suffix="%"
              inputMode="decimal"
              autoComplete="off"
              {...form.field('rate')}
            />
            <Select
              label={t('payouts.withholding.reason')}
              options={[
                { value: '', label: t('payouts.withholding.reasons.none') },
                ...WITHHOLDING_REASONS.map((value) => ({
                  value,
                  label: t(`payouts.withholding.reasons.${value}`),
                })),
              ]}
              {...form.field('reason')}
            />
          </FormLayout.Group>
          <TextField
            label={t('payouts.withholding.note')}
            helpText={t('payouts.withholding.noteHelp')}
            maxLength={200}
            autoComplete="off"
            {...form.field('note')}
          />
        </FormLayout>
      )}
    </FactCard>
  )
}

/** How the creator stands with VAT, and whether the shop writes the invoices. */
export function VatCard(props: Common<VatFacts>) {
  const { t, i18n } = useTranslation()
  const { inForce } = props.history
  const treatment = ({ treatment: kind, rateBps }: VatFacts) =>
    t(`payouts.vat.treatments.${kind}`, { rate: formatPercent(rateBps, i18n.language) })
  const agreement = inForce?.selfBilling
  return (
    <FactCard
      {...props}
      title={t('payouts.vat.title')}
      help={t('payouts.vat.help')}
      none={t('payouts.vat.none')}
      intent="record-vat"
      initial={{
        vatNumber: inForce?.vatNumber ?? '',
        address: inForce?.address.join('\n') ?? '',
        treatment: inForce?.treatment ?? 'not_included',
        rate: inForce?.rateBps ? toPercentText(inForce.rateBps) : '',
        selfBillingFrom: agreement?.from ?? '',
        selfBillingUntil: agreement?.until ?? '',
        agreedOn: agreement?.agreedOn ?? '',
        acceptedAfterDays: String(agreement?.acceptedAfterDays ?? 0),
      }}
      summary={(facts) => [facts.vatNumber, treatment(facts)].filter(Boolean).join(', ')}
      facts={(facts) => [
        { label: t('payouts.tax.vat'), value: facts.vatNumber },
        { label: t('payouts.vat.treatment'), value: treatment(facts) },
        { label: t('payouts.vat.address'), value: facts.address.join(', ') },
        {
          label: t('payouts.tax.selfBilling'),
          value: facts.selfBilling ? <Agreement facts={facts} /> : null,
        },
      ]}
    >
      {(form) => (
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label={t('payouts.tax.vat')}
              maxLength={20}
              autoComplete="off"
              {...form.field('vatNumber')}
            />
            <Select
              label={t('payouts.vat.treatment')}
              options={VAT_TREATMENTS.map((value) => ({ value, label: t(`payouts.vat.choices.${value}`) }))}
              {...form.field('treatment')}
            />
            {form.values.treatment === 'rate' ? (
              <TextField
                label={t('payouts.vat.rate')}
                suffix="%"
                inputMode="decimal"
                autoComplete="off"
                {...form.field('rate')}
              />
            ) : null}
          </FormLayout.Group>
          <TextField
            label={t('payouts.vat.address')}
            helpText={t('payouts.vat.addressHelp')}
            multiline={2}
            autoComplete="off"
            {...form.field('address')}
          />
          <FormLayout.Group title={t('payouts.tax.selfBilling')} helpText={t('payouts.tax.selfBillingHelp')}>
            <TextField
              type="date"
              label={t('payouts.vat.agreedOn')}
              autoComplete="off"
              {...form.field('agreedOn')}
            />
            <TextField
              type="date"
              label={t('payouts.tax.from')}
              autoComplete="off"
              {...form.field('selfBillingFrom')}
            />
            <TextField
              type="date"
              label={t('payouts.tax.until')}
              autoComplete="off"
              {...form.field('selfBillingUntil')}
            />
            <TextField
              label={t('payouts.tax.acceptedAfter')}
              helpText={t('payouts.vat.acceptedAfterHelp')}
              suffix={t('payouts.tax.days')}
              inputMode="numeric"
              autoComplete="off"
              {...form.field('acceptedAfterDays')}
            />
          </FormLayout.Group>
        </FormLayout>
      )}
    </FactCard>
  )
}

function Agreement({ facts }: { facts: VatFacts }) {
  const { t } = useTranslation()
  const { selfBilling } = facts
  if (!selfBilling) return null
  return (
    <>
      <DateText at={selfBilling.from} />
      {' – '}
      {selfBilling.until ? <DateText at={selfBilling.until} /> : t('payouts.vat.open')}
      {'; '}
      {selfBilling.agreedOn ? (
        <>
          {t('payouts.vat.agreed')} <DateText at={selfBilling.agreedOn} />
        </>
      ) : (
        t('payouts.vat.notAgreed')
      )}
    </>
  )
}
