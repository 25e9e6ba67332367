import { Badge, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { GateAnswer, Rehearsal } from '#app/domain/drops/rehearsal.ts'
import { formatInstant } from '../figures/format-date.ts'
import { RecordTable } from '../layout/record-table.tsx'
import { SectionCard } from '../layout/section-card.tsx'

/** What the checkout's own rule says a second before and after each edge of the window. */
export function GateAnswers({ rehearsal }: { rehearsal: Rehearsal }) {
  const { t, i18n } = useTranslation()
  const { checkout, timeZone } = rehearsal
  if (checkout.length === 0) return null
  const column = (id: string) => ({ id, heading: t(`drops.rehearsal.checkout.columns.${id}`) })
  const isWrong = ({ lets, expected }: GateAnswer) => expected !== null && lets !== expected
  return (
    <SectionCard title={t('drops.rehearsal.checkout.title')}>
      <Text as="p" tone="subdued">
        {t('drops.rehearsal.checkout.help')}
      </Text>
      <RecordTable
        caption={t('drops.rehearsal.checkout.title')}
        rows={checkout}
        rowKey={({ edge, side, buyer }) => `${edge} ${side} ${buyer}`}
        columns={[
          {
            ...column('when'),
            width: 30,
            cell: ({ edge, side, at }) => (
              <span className="fil-two-lines">
                <span>{t(`drops.rehearsal.checkout.${side}.${edge}`)}</span>
                <small>
                  <time dateTime={at}>{formatInstant(at, 'seconds', i18n.language, timeZone)}</time>
                </small>
              </span>
            ),
          },
          { ...column('who'), width: 20, cell: ({ buyer }) => t(`drops.rehearsal.checkout.who.${buyer}`) },
          {
            ...column('answer'),
            width: 50,
            cell: (answer) => (
              <span className="fil-two-lines">
                <span>
                  <Badge
                    {...(isWrong(answer) ? { tone: 'critical' } : answer.lets ? { tone: 'success' } : {})}
                  >
                    {t(`drops.rehearsal.checkout.${answer.lets ? 'lets' : 'refuses'}`)}
                  </Badge>
                </span>
                {answer.message ? <small>{answer.message}</small> : null}
              </span>
            ),
          },
        ]}
      />
    </SectionCard>
  )
}
