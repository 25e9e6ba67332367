import { BlockStack, Box, Card, FormLayout, InlineStack, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { computeSamplePayout, type SamplePayout } from '#app/domain/agreements/sample-payout.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { formatPercent } from '#app/domain/money/percent.ts'
import { Money } from '../figures/money.tsx'
import type { OtherPayee } from './others-on-one-piece.ts'
import type { SampleSaleState } from './use-sample-sale.ts'

export interface SamplePanelProps {
  /** Null while the form does not say what would be paid. */
  terms: Pick<AgreementTerms, 'shareBps' | 'net'> | null
  sample: SampleSaleState
  creatorName: string
  others: OtherPayee[]
  capBps: number
  currency: string
}

/** What a sample sale would pay under the terms as they stand in the form, by the arithmetic that posts real sales. */
export function SamplePanel({ terms, sample, creatorName, others, capBps, currency }: SamplePanelProps) {
  const { t } = useTranslation()
  const { listMinor, discountMinor } = sample
  const result =
    terms && listMinor !== null && discountMinor !== null
      ? computeSamplePayout({
          listMinor,
          discountMinor,
          quantity: Number(sample.quantity),
          terms,
          otherSharesBps: others.map((other) => other.shareBps),
          capBps,
        })
      : null
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('agreements.sample.title')}
        </Text>
        <FormLayout>
          <FormLayout.Group condensed>
            <TextField
              label={t('agreements.sample.price')}
              value={sample.price}
              onChange={sample.setPrice}
              inputMode="decimal"
              autoComplete="off"
            />
            <TextField
              label={t('agreements.sample.discount')}
              value={sample.discount}
              onChange={sample.setDiscount}
              inputMode="decimal"
              autoComplete="off"
            />
            <TextField
              label={t('agreements.sample.quantity')}
              value={sample.quantity}
              onChange={sample.setQuantity}
              inputMode="numeric"
              autoComplete="off"
            />
          </FormLayout.Group>
        </FormLayout>
        <Box minHeight="150px">
          <div aria-live="polite">
            {result?.ok ? (
              <SampleRows payout={result} creatorName={creatorName} others={others} currency={currency} />
            ) : (
              <Text as="p" tone="subdued">
                {t(result ? `agreements.sample.refused.${result.reason}` : 'agreements.sample.incomplete')}
              </Text>
            )}
          </div>
        </Box>
      </BlockStack>
    </Card>
  )
}

interface SampleRowsProps {
  payout: SamplePayout
  creatorName: string
  others: OtherPayee[]
  currency: string
}

function SampleRows({ payout, creatorName, others, currency }: SampleRowsProps) {
  const { t, i18n } = useTranslation()
  const percent = (bps: number) => formatPercent(bps, i18n.language)
  const name = creatorName || t('agreements.sample.theCreator')
  const rows: Array<{ label: string; minor: bigint; strong?: boolean }> = [
    { label: t('agreements.sample.list'), minor: payout.listMinor },
    { label: t('agreements.sample.minusDiscount'), minor: -payout.discountMinor },
    { label: t('agreements.sample.net'), minor: payout.netMinor, strong: true },
    ...(payout.feeMinor > 0n
      ? [
          { label: t('agreements.sample.minusFee'), minor: -payout.feeMinor },
          { label: t('agreements.sample.base'), minor: payout.baseMinor },
        ]
      : []),
    {
      label: t('agreements.sample.pays', { name, share: percent(payout.shareBps) }),
      minor: payout.royaltyMinor,
      strong: true,
    },
    ...(others.length > 0
      ? [
          {
            label: t('agreements.sample.others', {
              names: others.map((other) => other.creatorName).join(', '),
            }),
            minor: payout.otherRoyaltiesMinor,
          },
        ]
      : []),
    { label: t('agreements.sample.keeps'), minor: payout.merchantKeepsMinor },
  ]
  return (
    <BlockStack gap="200">
      {rows.map((row) => (
        <InlineStack key={row.label} align="space-between" gap="200" wrap={false}>
          <Text as="span" {...(row.strong ? { fontWeight: 'semibold' as const } : {})}>
            {row.label}
          </Text>
          <Text as="span" {...(row.strong ? { fontWeight: 'semibold' as const } : {})}>
            <Money minor={row.minor.toString()} currency={currency} />
          </Text>
        </InlineStack>
      ))}
      {payout.capped ? (
        <Text as="p" tone="caution">
          {t('agreements.sample.capped', {
            agreed: percent(payout.agreedShareBps),
            share: percent(payout.shareBps),
          })}
        </Text>
      ) : null}
    </BlockStack>
  )
}
