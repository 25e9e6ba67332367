import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { Badge, BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { Money } from '../figures/money.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { accountUrl } from './account-name.tsx'

interface AccountItem {
  code: string
  kind: string
  currency: string
  /** Debits positive. */
  balanceMinor: string
}

export interface AccountBalancesProps {
  accounts: AccountItem[]
  sums: Array<{ currency: string; sumMinor: string }>
  head: { seq: string; hash: string } | null
}

const SIDES = ['debit', 'credit'] as const
type Side = (typeof SIDES)[number]

/** Zero when the balance stands on the other side. */
function onSide(side: Side, balanceMinor: string): bigint {
  const amount = side === 'debit' ? BigInt(balanceMinor) : -BigInt(balanceMinor)
  return amount > 0n ? amount : 0n
}

function totalOf(side: Side, currency: string, accounts: readonly AccountItem[]): bigint {
  return accounts
    .filter((account) => account.currency === currency)
    .reduce((sum, { balanceMinor }) => sum + onSide(side, balanceMinor), 0n)
}

/** The trial balance: every account on its side, and the proof that both sides come to the same. */
export function AccountBalances({ accounts, sums, head }: AccountBalancesProps) {
  const { t } = useTranslation()
  if (accounts.length === 0) return null
  const isBalanced = sums.every(({ sumMinor }) => sumMinor === '0')
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {t('ledger.balances.accounts')}
            </Text>
            <Badge tone={isBalanced ? 'success' : 'critical'}>
              {isBalanced ? t('ledger.balances.balanced') : t('ledger.balances.unbalanced')}
            </Badge>
          </InlineStack>
          <Text as="p" tone="subdued" variant="bodySm">
            {head ? t('ledger.balances.head', { seq: head.seq }) : ''}
          </Text>
        </BlockStack>
      </Box>
      <RecordTable
        caption={t('ledger.balances.accounts')}
        rows={accounts}
        rowKey={(row) => `${row.code} ${row.currency}`}
        columns={[
          {
            id: 'account',
            width: 48,
            heading: t('ledger.balances.account'),
            cell: (row) => (
              <Link
                className="fil-link"
                to={accountUrl(row.code, { creatorId: null, currency: row.currency })}
              >
                {t(`ledger.accountChoice.${row.code}`, { defaultValue: t(`ledger.account.${row.code}`) })}
              </Link>
            ),
          },
          {
            id: 'kind',
            width: 16,
            heading: t('ledger.balances.kind'),
            subdued: true,
            cell: (row) => t(`ledger.accountKind.${row.kind}`),
          },
          ...SIDES.map((side) => ({
            id: side,
            width: 18,
            heading: t(`ledger.journal.${side}`),
            end: true,
            cell: (row: AccountItem) => {
              const minor = onSide(side, row.balanceMinor)
              return minor === 0n ? null : <Money minor={String(minor)} currency={row.currency} />
            },
          })),
        ]}
        footer={sums.map(({ currency }) => (
          <tr key={currency}>
            <td colSpan={2}>{t('ledger.journal.total')}</td>
            {SIDES.map((side) => (
              <td key={side} className="fil-end">
                <Money minor={String(totalOf(side, currency, accounts))} currency={currency} />
              </td>
            ))}
          </tr>
        ))}
      />
    </Card>
  )
}
