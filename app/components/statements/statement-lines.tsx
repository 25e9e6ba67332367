import { Box, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '#app/domain/money/percent.ts'
import type { StatementDocument, StatementLine } from '#app/domain/statements/statement-document.ts'
import { Money } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'

/** The statement's lines with every column that the creator sees. */
export function StatementLines({ document }: { document: StatementDocument }) {
  const { t } = useTranslation()
  const columns = useColumns(document.currency)
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('statements.detail.lines')}
        </Text>
      </Box>
      {document.lines.length === 0 ? (
        <EmptyResult title={t('statements.detail.noLinesTitle')} body={t('statements.detail.noLinesBody')} />
      ) : (
        <RecordTable
          wide
          caption={t('statements.detail.lines')}
          rows={document.lines}
          rowKey={(line) =>
            `${line.productId} ${line.product} ${line.agreementTitle} ${line.agreementVersion} ${line.role} ${line.shareBps}`
          }
          columns={columns}
        />
      )}
    </Card>
  )
}

function useColumns(currency: string): RecordColumn<StatementLine>[] {
  const { t, i18n } = useTranslation()
  const money = (
    id: 'list' | 'discount' | 'net' | 'returns' | 'netAfterReturns' | 'royalty',
  ): RecordColumn<StatementLine> => ({
    id,
    width: id === 'netAfterReturns' || id === 'discount' ? 11 : 9,
    heading: t(`statements.detail.line.${id}`),
    end: true,
    cell: (line) => <Money minor={line[`${id}Minor`]} currency={currency} />,
  })
  return [
    {
      id: 'product',
      width: 19,
      heading: t('statements.detail.line.product'),
      cell: (line) => (
        <span className="fil-two-lines">
          {line.product}
          <small>
            {t('statements.detail.line.version', {
              title: line.agreementTitle,
              version: line.agreementVersion,
            })}
          </small>
        </span>
      ),
    },
    {
      id: 'units',
      width: 7,
      heading: t('statements.detail.line.units'),
      end: true,
      cell: (line) => line.unitsSold,
    },
    money('list'),
    money('discount'),
    money('net'),
    {
      id: 'returned',
      width: 9,
      heading: t('statements.detail.line.returned'),
      end: true,
      cell: (line) => line.unitsReturned,
    },
    money('returns'),
    money('netAfterReturns'),
    {
      id: 'share',
      width: 7,
      heading: t('statements.detail.line.share'),
      end: true,
      cell: (line) => formatPercent(line.shareBps, i18n.language),
    },
    money('royalty'),
  ]
}
