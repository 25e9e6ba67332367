import { Link } from '@remix-run/react'
import { Box, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { LineFacts } from '#app/adapters/email/presentation/line-facts.ts'
import type { StatementFacts } from '#app/adapters/email/presentation/statement-facts.ts'
import { EmptyResult } from '../layout/empty-result.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'

export interface StatementLinesProps {
  facts: StatementFacts
  /** Address of the postings behind a line, by its key. */
  postingsUrl: (lineKey: string) => string
}

/** The statement's lines with every column that the creator sees. */
export function StatementLines({ facts, postingsUrl }: StatementLinesProps) {
  const { t } = useTranslation()
  const columns = useColumns(postingsUrl)
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('statements.detail.lines')}
        </Text>
      </Box>
      {facts.lines.length === 0 ? (
        <EmptyResult title={t('statements.detail.noLinesTitle')} body={t('statements.detail.noLinesBody')} />
      ) : (
        <RecordTable
          wide
          caption={t('statements.detail.lines')}
          rows={facts.lines}
          rowKey={(line) => line.key}
          columns={columns}
        />
      )}
    </Card>
  )
}

type Figure = 'unitsSold' | 'list' | 'discounts' | 'net' | 'returns' | 'netAfterReturns' | 'share'

const WIDTHS: Record<Figure, number> = {
  unitsSold: 8,
  list: 9,
  discounts: 10,
  net: 9,
  returns: 10,
  netAfterReturns: 10,
  share: 7,
}

function useColumns(postingsUrl: StatementLinesProps['postingsUrl']): RecordColumn<LineFacts>[] {
  const { t } = useTranslation()
  const figures = Object.keys(WIDTHS) as Figure[]
  /** How many pieces an amount is about, in its own second line. */
  const pieces: Partial<Record<Figure, (line: LineFacts) => string | null>> = {
    returns: (line) => (line.unitsReturned === '0' ? null : units('unitsReturned', line)),
    netAfterReturns: (line) => (line.unitsReturned === '0' ? null : units('netUnits', line)),
  }
  const units = (id: 'unitsReturned' | 'netUnits', line: LineFacts) =>
    t(`statements.detail.line.${id}`, { units: line[id] })
  return [
    {
      id: 'product',
      width: 28,
      heading: t('statements.detail.line.product'),
      cell: (line) => (
        <span className="fil-two-lines">
          {line.position}. {line.product}
          <small>{[line.terms, ...line.notes].join(' · ')}</small>
        </span>
      ),
    },
    ...figures.map(
      (id): RecordColumn<LineFacts> => ({
        id,
        width: WIDTHS[id],
        heading: t(`statements.detail.line.${id}`),
        end: true,
        cell: (line) => {
          const about = pieces[id]?.(line)
          if (!about) return line[id]
          return (
            <span className="fil-two-lines">
              {line[id]}
              <small>{about}</small>
            </span>
          )
        },
      }),
    ),
    {
      id: 'royalty',
      width: 9,
      heading: t('statements.detail.line.royalty'),
      end: true,
      cell: (line) => <Link to={postingsUrl(line.key)}>{line.royalty}</Link>,
    },
  ]
}
