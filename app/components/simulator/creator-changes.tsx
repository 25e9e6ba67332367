import '../layout/fact-list.css'
import { Box, Button, Card, Text } from '@shopify/polaris'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPeriod } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import '../layout/record-table.css'

export interface CreatorChange {
  creatorId: string
  name: string
  actualMinor: string
  simulatedMinor: string
  months: Array<{ month: string; actualMinor: string; simulatedMinor: string }>
}

const SHOWN_AT_FIRST = 10

/** What each creator got and would have got, with the months on demand. */
export function CreatorChanges({ creators, currency }: { creators: CreatorChange[]; currency: string }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<string | null>(creators[0]?.creatorId ?? null)
  const [all, setAll] = useState(false)
  const shown = all ? creators : creators.slice(0, SHOWN_AT_FIRST)
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('simulator.byCreator')}
        </Text>
      </Box>
      <div className="fil-table-frame">
        <table className="fil-table fil-table--cards">
          <caption>{t('simulator.byCreator')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('simulator.creator')}</th>
              <th scope="col" className="fil-end">
                {t('simulator.before')}
              </th>
              <th scope="col" className="fil-end">
                {t('simulator.after')}
              </th>
              <th scope="col" className="fil-end">
                {t('simulator.change')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((creator) => (
              <Fragment key={creator.creatorId}>
                <tr>
                  <td data-label={t('simulator.creator')}>
                    <Button
                      variant="plain"
                      disclosure={opened === creator.creatorId ? 'up' : 'down'}
                      ariaExpanded={opened === creator.creatorId}
                      onClick={() => setOpened(opened === creator.creatorId ? null : creator.creatorId)}
                    >
                      {creator.name || t('common.unknownCreator')}
                    </Button>
                  </td>
                  <Amounts {...creator} currency={currency} />
                </tr>
                {opened === creator.creatorId
                  ? creator.months.map((month) => (
                      <MonthRow key={month.month} month={month} currency={currency} />
                    ))
                  : null}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {creators.length > shown.length ? (
        <Box padding="300">
          <Button variant="plain" onClick={() => setAll(true)}>
            {t('simulator.showAll', { count: creators.length })}
          </Button>
        </Box>
      ) : null}
    </Card>
  )
}

function MonthRow({ month, currency }: { month: CreatorChange['months'][number]; currency: string }) {
  const { t, i18n } = useTranslation()
  return (
    <tr style={{ color: 'var(--p-color-text-secondary)' }}>
      <td data-label={t('simulator.month')} style={{ paddingInlineStart: 32 }}>
        {formatPeriod(month.month, 'month', i18n.language)}
      </td>
      <Amounts {...month} currency={currency} />
    </tr>
  )
}

interface AmountsProps {
  actualMinor: string
  simulatedMinor: string
  currency: string
}

function Amounts({ actualMinor, simulatedMinor, currency }: AmountsProps) {
  const { t } = useTranslation()
  const change = String(BigInt(simulatedMinor) - BigInt(actualMinor))
  return (
    <>
      <td className="fil-end" data-label={t('simulator.before')}>
        <Money minor={actualMinor} currency={currency} />
      </td>
      <td className="fil-end" data-label={t('simulator.after')}>
        <Money minor={simulatedMinor} currency={currency} />
      </td>
      <td className="fil-end" data-label={t('simulator.change')}>
        <Money minor={change} currency={currency} dashForZero />
      </td>
    </>
  )
}
