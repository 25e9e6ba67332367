import { BlockStack, Card, InlineStack, Text, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SampleSale } from '#app/domain/agreements/sample-payout.ts'
import { computeSampleYear, type SampleYearPayout } from '#app/domain/agreements/sample-year.ts'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { formatPercent } from '#app/domain/money/percent.ts'
import { Money } from '../figures/money.tsx'

export interface YearPanelProps {
  /** Null while the form does not say what would be paid. */
  terms: AgreementTerms | null
  /** Null while the sample sale is none. */
  sale: Omit<SampleSale, 'terms' | 'quantity'> | null
  creatorName: string
  currency: string
}

/** What a year of sample sales would pay, with everything that lies beyond the single sale. */
export function YearPanel({ terms, sale, creatorName, currency }: YearPanelProps) {
  const { t } = useTranslation()
  const [pieces, setPieces] = useState('10')
  const count = /^\d{1,6}$/.test(pieces.trim()) ? Number(pieces) : 0
  const result = terms && sale ? computeSampleYear({ piecesPerMonth: count, sale, terms }) : null
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('agreements.year.title')}
        </Text>
        <TextField
          label={t('agreements.year.pieces')}
          value={pieces}
          onChange={setPieces}
          inputMode="numeric"
          autoComplete="off"
        />
        <div aria-live="polite">
          {result?.ok && terms ? (
            <YearRows payout={result} terms={terms} creatorName={creatorName} currency={currency} />
          ) : (
            <Text as="p" tone="subdued">
              {t(
                result && !result.ok
                  ? `agreements.year.refused.${result.reason}`
                  : 'agreements.year.incomplete',
              )}
            </Text>
          )}
        </div>
      </BlockStack>
    </Card>
  )
}

interface YearRowsProps {
  payout: SampleYearPayout
  terms: AgreementTerms
  creatorName: string
  currency: string
}

function YearRows({ payout, terms, creatorName, currency }: YearRowsProps) {
  const { t, i18n } = useTranslation()
  const name = creatorName || t('agreements.sample.theCreator')
  const paidBps = payout.netMinor > 0n ? Number((payout.totalMinor * 10_000n) / payout.netMinor) : 0
  const rows: Array<{ key: string; label: string; minor: bigint; strong?: boolean }> = [
    { key: 'net', label: t('agreements.year.net'), minor: payout.netMinor },
    { key: 'base', label: t('agreements.year.base'), minor: payout.baseMinor },
  ]
  if (terms.tiers) rows.push({ key: 'tiers', label: t('agreements.year.tiers'), minor: payout.tiersMinor })
  if (terms.retention)
    rows.push({ key: 'bonus', label: t('agreements.year.bonus'), minor: payout.bonusMinor })
  if (terms.guarantee)
    rows.push({ key: 'guarantee', label: t('agreements.year.guarantee'), minor: payout.guaranteeMinor })
  rows.push({
    key: 'total',
    label: t('agreements.year.total', { name, share: formatPercent(paidBps, i18n.language) }),
    minor: payout.totalMinor,
    strong: true,
  })
  if (payout.othersMinor > 0n)
    rows.push({ key: 'others', label: t('agreements.year.others'), minor: payout.othersMinor })
  rows.push({ key: 'keeps', label: t('agreements.year.keeps'), minor: payout.keepsMinor })
  if (payout.reserveMinor !== null)
    rows.push({ key: 'reserve', label: t('agreements.year.reserve'), minor: payout.reserveMinor })
  if (payout.renewalsMinor !== null)
    rows.push({ key: 'renewals', label: t('agreements.year.renewals'), minor: payout.renewalsMinor })
  return (
    <BlockStack gap="200">
      {rows.map(({ key, label, minor, strong }) => (
        <InlineStack key={key} align="space-between" gap="200" wrap={false}>
          <Text as="span" {...(strong ? { fontWeight: 'semibold' as const } : {})}>
            {label}
          </Text>
          <Text as="span" {...(strong ? { fontWeight: 'semibold' as const } : {})}>
            <Money minor={minor.toString()} currency={currency} />
          </Text>
        </InlineStack>
      ))}
    </BlockStack>
  )
}
