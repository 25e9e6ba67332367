import { Link } from '@remix-run/react'
import { Box, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { growth } from '#app/domain/ledger/accounts.ts'
import { DateText } from '../figures/date-text.tsx'
import { Money, useMoneyText } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { ListPager } from '../layout/list-pager.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { usePageIsLoading } from '../layout/use-page-is-loading.ts'
import { JournalFilters, type JournalFilterValues } from './journal-filters.tsx'
import { journalWords } from './journal-words.ts'

export interface JournalListItem {
  seq: string
  kind: string
  action: string | null
  lineType: string | null
  title: string
  effectiveAt: string
  orderName: string | null
  currency: string
  saleMinor: string | null
  royaltyMinor: string | null
  accountMinor: string | null
  creators: string[]
}

export interface JournalListProps {
  rows: JournalListItem[]
  newerThan: string | null
  olderThan: string | null
  filtered: boolean
  sums: Array<{ currency: string; sumMinor: string }>
  creatorOptions: Array<{ id: string; name: string }>
  productOptions: Array<{ id: string; title: string }>
  accounts: readonly string[]
  periodOptions: string[]
  kinds: readonly string[]
  timeZone: string
  filters: JournalFilterValues
}

export function JournalList(props: JournalListProps) {
  const { rows, newerThan, olderThan, filtered, timeZone, filters } = props
  const { t } = useTranslation()
  const loading = usePageIsLoading()
  return (
    <Card padding="0">
      <JournalFilters {...props} />
      {rows.length === 0 && !loading ? (
        <EmptyResult
          title={filtered ? t('ledger.list.nothingFoundTitle') : t('ledger.list.emptyTitle')}
          body={filtered ? t('ledger.list.nothingFoundBody') : t('ledger.list.emptyBody')}
          {...(filtered ? { action: { label: t('common.clearFilters'), url: '/app/ledger' } } : {})}
        />
      ) : (
        <>
          <AccountSums sums={props.sums} account={filters.account} />
          <JournalTable rows={rows} loading={loading} timeZone={timeZone} account={filters.account} />
        </>
      )}
      {rows.length > 0 ? (
        <ListPager
          label={t('ledger.list.paging')}
          previous={newerThan ? { after: newerThan } : null}
          next={olderThan ? { before: olderThan } : null}
          places={['after', 'before']}
        />
      ) : null}
    </Card>
  )
}

type Account = JournalFilterValues['account']

/** Above zero when the account grows: what is owed to creators is a credit in the books, and no minus for whoever reads of it. */
function grown(account: Exclude<Account, ''>, debitMinor: string): string {
  return String(growth(account, BigInt(debitMinor)))
}

/** The figure that led here, as the sum of what is listed. */
function AccountSums({ sums, account }: { sums: JournalListProps['sums']; account: Account }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  if (sums.length === 0 || account === '') return null
  const amounts = sums.map(({ currency, sumMinor }) => money(grown(account, sumMinor), currency)).join(', ')
  const name = t(`ledger.accountChoice.${account}`, { defaultValue: t(`ledger.account.${account}`) })
  return (
    <Box paddingInline="400" paddingBlockEnd="300">
      <Text as="p" fontWeight="semibold">
        {t('ledger.list.sum', { account: name, amount: amounts })}
      </Text>
    </Box>
  )
}

function JournalTable({
  rows,
  loading,
  timeZone,
  account,
}: {
  rows: JournalListItem[]
  loading: boolean
  timeZone: string
  /** When one was chosen: what each journal moves there, instead of what the buyer was charged. */
  account: Account
}) {
  const { t } = useTranslation()
  return (
    <RecordTable
      wide
      caption={t('ledger.list.caption')}
      rows={rows}
      loading={loading}
      rowKey={(row) => row.seq}
      columns={[
        {
          id: 'journal',
          width: 10,
          heading: t('ledger.list.journal'),
          cell: (row) => (
            <Link to={`/app/ledger/journals/${row.seq}`}>{t('ledger.list.number', { seq: row.seq })}</Link>
          ),
        },
        {
          id: 'date',
          width: 12,
          heading: t('ledger.list.date'),
          subdued: true,
          cell: (row) => <DateText at={row.effectiveAt} timeZone={timeZone} />,
        },
        { id: 'what', width: 28, heading: t('ledger.list.what'), cell: (row) => journalWords(t, row) },
        { id: 'order', width: 9, heading: t('ledger.list.order'), cell: (row) => row.orderName },
        {
          id: 'creators',
          width: 17,
          heading: t('ledger.list.creators'),
          cell: (row) => row.creators.join(', ') || null,
        },
        {
          id: 'amount',
          width: 11,
          heading: t(account === '' ? 'ledger.list.sale' : 'ledger.list.moved'),
          end: true,
          cell: (row) => {
            const minor =
              account === '' ? row.saleMinor : row.accountMinor && grown(account, row.accountMinor)
            return minor === null ? null : <Money minor={minor} currency={row.currency} />
          },
        },
        {
          id: 'royalty',
          width: 13,
          heading: t('ledger.list.royalty'),
          end: true,
          cell: (row) =>
            row.royaltyMinor === null ? null : <Money minor={row.royaltyMinor} currency={row.currency} />,
        },
      ]}
    />
  )
}
