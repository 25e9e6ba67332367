import { Link } from '@remix-run/react'
import { BlockStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../figures/format-date.ts'
import { StatusBadge } from '../figures/status-badge.tsx'
import { SectionCard } from '../layout/section-card.tsx'

export interface StatementQuestionsProps {
  questions: Array<{ id: string; label: string; question: string; status: string; answerDueAt: string }>
  acceptance: { how: string; acceptedAt: string } | null
  isSelfBilled: boolean
  timeZone: string
}

/** What the creator asked here, and whether a self-billed statement was accepted. */
export function StatementQuestions({
  questions,
  acceptance,
  isSelfBilled,
  timeZone,
}: StatementQuestionsProps) {
  const { t, i18n } = useTranslation()
  if (questions.length === 0 && !isSelfBilled) return null
  const date = (at: string) => formatInstant(at, 'date', i18n.language, timeZone)
  return (
    <SectionCard title={t('statements.questions.title')}>
      <BlockStack gap="200">
        {isSelfBilled ? (
          <Text as="p">
            {acceptance
              ? t(`statements.accepted.${acceptance.how === 'lapsed' ? 'lapsed' : 'explicit'}`, {
                  date: date(acceptance.acceptedAt),
                })
              : t('statements.accepted.not')}
          </Text>
        ) : null}
        {questions.map((question) => (
          <Text key={question.id} as="p">
            <StatusBadge status={question.status} /> {question.label}: {question.question}{' '}
            {question.status === 'open' ? (
              <Link to="/app/statements/questions">
                {t('statements.questions.due', { date: date(question.answerDueAt) })}
              </Link>
            ) : null}
          </Text>
        ))}
      </BlockStack>
    </SectionCard>
  )
}
