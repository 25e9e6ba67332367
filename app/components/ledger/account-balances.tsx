import '../layout/fact-list.css'
import { Link } from '@remix-run/react'
import { Badge, BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { Money } from '../figures/money.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { accountUrl } from './account-name.tsx'

export interface AccountBalancesProps {
  accounts: Array<{
    code: string
    kind: string
    currency: string
    balanceMinor: string
  }>
  sums: Array<{ currency: string; sumMinor: string }>
  head: { seq: string; hash: string } | null
}

/** Every account, and the proof that all of them together are zero. */
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
            {t('ledger.balances.convention')} {head ? t('ledger.balances.head', { seq: head.seq }) : ''}
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
            width: 58,
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
            width: 20,
            heading: t('ledger.balances.kind'),
            subdued: true,
            cell: (row) => t(`ledger.accountKind.${row.kind}`),
          },
          {
            id: 'balance',
            width: 22,
            heading: t('ledger.balances.balance'),
            end: true,
            cell: (row) => <Money minor={row.balanceMinor} currency={row.currency} />,
          },
        ]}
        footer={sums.map(({ currency, sumMinor }) => (
          <tr key={currency}>
            <td colSpan={2}>{t('ledger.balances.sum')}</td>
            <td className="fil-end">
              <Money minor={sumMinor} currency={currency} />
            </td>
          </tr>
        ))}
      />
    </Card>
  )
}
