import { Link } from '@remix-run/react'
import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { Money } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { ListPager } from '../layout/list-pager.tsx'
import { AnswerForm } from './answer-form.tsx'

export interface QuestionItem {
  id: string
  statementId: string
  statementNumber: string
  creatorName: string
  line: string
  amountMinor: string
  currency: string
  question: string
  status: string
  isOverdue: boolean
  askedAt: string
  answerDueAt: string
  answer: string | null
  answeredAt: string | null
  adjustment: { amountMinor: string; status: string } | null
}

export interface QuestionListProps {
  state: 'open' | 'answered'
  rows: QuestionItem[]
  page: number
  pageCount: number
  timeZone: string
}

/** Creators' questions, the most urgent first, each with its answer or the form for one. */
export function QuestionList({ state, rows, page, pageCount, timeZone }: QuestionListProps) {
  const { t } = useTranslation()
  return (
    <BlockStack gap="300">
      {rows.length === 0 ? (
        <Card>
          <EmptyResult
            title={t(`statements.questions.${state}EmptyTitle`)}
            body={t(`statements.questions.${state}EmptyBody`)}
          />
        </Card>
      ) : (
        rows.map((row) => <QuestionCard key={row.id} row={row} timeZone={timeZone} />)
      )}
      {pageCount > 1 ? (
        <Card padding="0">
          <ListPager
            label={t('statements.questions.paging')}
            places={['page']}
            previous={page > 1 ? { page: String(page - 1) } : null}
            next={page < pageCount ? { page: String(page + 1) } : null}
          />
        </Card>
      ) : null}
    </BlockStack>
  )
}

function QuestionCard({ row, timeZone }: { row: QuestionItem; timeZone: string }) {
  const { t } = useTranslation()
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" align="space-between">
          <Text as="h2" variant="headingSm">
            {row.creatorName} · {row.line} (<Money minor={row.amountMinor} currency={row.currency} />)
          </Text>
          <Timer row={row} timeZone={timeZone} />
        </InlineStack>
        <Text as="p" tone="subdued">
          <Link to={`/app/statements/${row.statementId}`}>{row.statementNumber}</Link> ·{' '}
          <DateText at={row.askedAt} timeZone={timeZone} style="time" />
        </Text>
        <Text as="p" breakWord>
          {row.question}
        </Text>
        {row.status === 'open' ? (
          <AnswerForm questionId={row.id} currency={row.currency} />
        ) : (
          <BlockStack gap="100">
            <Text as="p" fontWeight="semibold" breakWord>
              {row.answer}
            </Text>
            {row.adjustment ? (
              <Text as="p">
                {t('statements.questions.corrected')}{' '}
                <Money minor={row.adjustment.amountMinor} currency={row.currency} />{' '}
                {row.adjustment.status === 'proposed' ? (
                  <Link to="/app/payouts/adjustments">{t('statements.questions.waitsForSecond')}</Link>
                ) : null}
              </Text>
            ) : null}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  )
}

function Timer({ row, timeZone }: { row: QuestionItem; timeZone: string }) {
  const { t } = useTranslation()
  if (row.status !== 'open') {
    return row.answeredAt ? <DateText at={row.answeredAt} timeZone={timeZone} /> : null
  }
  // Time is up at a midnight: the day that people read is the one before it.
  const lastDay = new Date(Date.parse(row.answerDueAt) - 1).toISOString()
  return (
    <InlineStack gap="100">
      {row.isOverdue ? <Badge tone="critical">{t('statements.questions.overdue')}</Badge> : null}
      <Text as="span" tone={row.isOverdue ? 'critical' : 'subdued'}>
        {t('statements.questions.dueBy')} <DateText at={lastDay} timeZone={timeZone} />
      </Text>
    </InlineStack>
  )
}
