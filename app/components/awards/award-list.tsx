import { Link } from '@remix-run/react'
import { Badge, BlockStack, Box, Button, Card, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvidenceStep } from '#app/domain/awards/award.ts'
import type { Sentence } from '#app/domain/sentence.ts'
import { DateText } from '../figures/date-text.tsx'
import { Money } from '../figures/money.tsx'
import { SentenceText } from '../figures/sentence-text.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { AwardSteps } from './award-steps.tsx'

export interface AwardListItem {
  id: string
  name: Sentence
  why: Sentence
  agreement: { id: string; title: string }
  amountMinor: string
  currency: string
  maturesAt: string
  releasedAt: string | null
  steps: EvidenceStep[]
  metric: string
}

export interface AwardListProps {
  awards: AwardListItem[]
  leftOut: number
  timeZone: string
}

const SHOWN_AT_FIRST = 4

/** What terms gave beyond the share of each sale, with the reasons, and when it becomes payable. */
export function AwardList({ awards, leftOut, timeZone }: AwardListProps) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? awards : awards.slice(0, SHOWN_AT_FIRST)
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('awards.title')}
        </Text>
      </Box>
      {awards.length === 0 ? (
        <EmptyResult title={t('awards.emptyTitle')} body={t('awards.emptyBody')} />
      ) : (
        <RecordTable
          caption={t('awards.title')}
          rows={shown}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'award',
              width: 62,
              heading: t('awards.award'),
              cell: (row) => <Reasons row={row} timeZone={timeZone} />,
            },
            {
              id: 'state',
              width: 22,
              heading: t('awards.state'),
              cell: (row) => <State row={row} timeZone={timeZone} />,
            },
            {
              id: 'amount',
              width: 16,
              heading: t('awards.amount'),
              end: true,
              cell: (row) => <Money minor={row.amountMinor} currency={row.currency} />,
            },
          ]}
        />
      )}
      {shown.length < awards.length ? (
        <Box padding="300">
          <Button variant="plain" onClick={() => setAll(true)}>
            {t('awards.showAll', { count: awards.length })}
          </Button>
        </Box>
      ) : null}
      {leftOut > 0 && shown.length === awards.length ? (
        <Box padding="400">
          <Text as="p" tone="subdued">
            {t('awards.leftOut', { count: leftOut })}
          </Text>
        </Box>
      ) : null}
    </Card>
  )
}

function Reasons({ row, timeZone }: { row: AwardListItem; timeZone: string }) {
  const { t } = useTranslation()
  return (
    <BlockStack gap="100">
      <Text as="p" fontWeight="semibold">
        <SentenceText sentence={row.name} />
      </Text>
      <Link to={`/app/agreements/${row.agreement.id}`}>{row.agreement.title}</Link>
      <p>
        <SentenceText sentence={row.why} />
      </p>
      {row.steps.length > 0 ? (
        <details>
          <summary>{t('awards.howReached')}</summary>
          <AwardSteps steps={row.steps} metric={row.metric} currency={row.currency} timeZone={timeZone} />
        </details>
      ) : null}
    </BlockStack>
  )
}

function State({ row, timeZone }: { row: AwardListItem; timeZone: string }) {
  const { t } = useTranslation()
  if (row.releasedAt) return <Badge tone="success">{t('awards.payable')}</Badge>
  return (
    <BlockStack gap="100">
      <span>
        <Badge tone="attention">{t('awards.held')}</Badge>
      </span>
      <Text as="span" tone="subdued">
        {t('awards.heldUntil')} <DateText at={row.maturesAt} timeZone={timeZone} />
      </Text>
    </BlockStack>
  )
}
