import { Link } from '@remix-run/react'
import { Box, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { Money } from '../figures/money.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { RecordTable } from '../layout/record-table.tsx'

export interface TopCreatorsProps {
  creators: Array<{ id: string; name: string; netMinor: string; royaltyMinor: string; units: number }>
  currency: string
}

export function TopCreators({ creators, currency }: TopCreatorsProps) {
  const { t } = useTranslation()
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('home.top.title')}
        </Text>
        <Text as="p" tone="subdued" variant="bodySm">
          {t('home.top.subtitle')}
        </Text>
      </Box>
      {creators.length === 0 ? (
        <EmptyResult title={t('home.top.emptyTitle')} body={t('home.top.emptyBody')} />
      ) : (
        <RecordTable
          caption={t('home.top.title')}
          rows={creators}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'creator',
              width: 38,
              heading: t('home.top.creator'),
              cell: (row) => <Link to={`/app/creators/${row.id}`}>{row.name}</Link>,
            },
            { id: 'units', width: 14, heading: t('home.top.units'), end: true, cell: (row) => row.units },
            {
              id: 'net',
              width: 25,
              heading: t('home.top.net'),
              end: true,
              cell: (row) => <Money minor={row.netMinor} currency={currency} />,
            },
            {
              id: 'royalty',
              width: 23,
              heading: t('home.top.royalty'),
              end: true,
              cell: (row) => <Money minor={row.royaltyMinor} currency={currency} />,
            },
          ]}
        />
      )}
    </Card>
  )
}
