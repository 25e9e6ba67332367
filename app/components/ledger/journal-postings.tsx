import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { Box, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { Money } from '../figures/money.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { AccountName, accountUrl } from './account-name.tsx'

export interface JournalPostingsProps {
  postings: Array<{
    account: string
    creatorId: string | null
    creatorName: string | null
    amountMinor: string
  }>
  currency: string
}

/** Debits and credits with their equal sums. */
export function JournalPostings({ postings, currency }: JournalPostingsProps) {
  const { t } = useTranslation()
  const debits = postings.reduce(
    (sum, { amountMinor }) => (BigInt(amountMinor) > 0n ? sum + BigInt(amountMinor) : sum),
    0n,
  )
  const amount = (minor: string) => <Money minor={minor} currency={currency} unsigned />
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('ledger.journal.postings')}
        </Text>
      </Box>
      <RecordTable
        caption={t('ledger.journal.postingsCaption')}
        rows={postings}
        rowKey={(row) => row.account}
        columns={[
          {
            id: 'account',
            width: 58,
            heading: t('ledger.journal.account'),
            cell: (row) => (
              <Link className="fil-link" to={accountUrl(row.account, { creatorId: row.creatorId, currency })}>
                <AccountName code={row.account} creatorName={row.creatorName} />
              </Link>
            ),
          },
          {
            id: 'debit',
            width: 21,
            heading: t('ledger.journal.debit'),
            end: true,
            cell: (row) => (row.amountMinor.startsWith('-') ? null : amount(row.amountMinor)),
          },
          {
            id: 'credit',
            width: 21,
            heading: t('ledger.journal.credit'),
            end: true,
            cell: (row) => (row.amountMinor.startsWith('-') ? amount(row.amountMinor) : null),
          },
        ]}
        footer={
          <tr>
            <td>{t('ledger.journal.total')}</td>
            <td className="fil-end">{amount(String(debits))}</td>
            <td className="fil-end">{amount(String(debits))}</td>
          </tr>
        }
      />
    </Card>
  )
}
