import { BlockStack, Link, List, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Advice } from '#app/domain/drops/drop-advice.ts'
import type { LostDemand } from '#app/features/drops/report-demand.server.ts'
import type { DropReport } from '#app/features/drops/report-view.server.ts'
import { Money } from '../figures/money.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { SectionCard } from '../layout/section-card.tsx'

/** What to do better next time, each with the figures that it rests on. */
export function AdviceCard({ advice }: { advice: Advice[] }) {
  const { t } = useTranslation()
  return (
    <SectionCard title={t('drops.report.advice.title')}>
      <List>
        {advice.map(({ rule, facts }) => (
          <List.Item key={`${rule} ${facts.title ?? ''}`}>
            {t(`drops.report.advice.${rule}`, { ...facts })}
          </List.Item>
        ))}
      </List>
    </SectionCard>
  )
}

/** What was wanted and could not be had, as far as anybody can know. */
export function DemandCard({ demand }: { demand: LostDemand }) {
  const { t } = useTranslation()
  const { pieces, signups } = demand
  const column = (id: string) => ({ id, heading: t(`drops.report.demand.columns.${id}`) })
  const minutes = (ms: number) =>
    ms === 0
      ? t('drops.report.demand.never')
      : t('drops.report.demand.minutes', { minutes: (ms / 60_000).toFixed(1) })
  return (
    <SectionCard title={t('drops.report.demand.title')}>
      <RecordTable
        caption={t('drops.report.demand.title')}
        rows={pieces}
        rowKey={({ variantId }) => variantId}
        columns={[
          { ...column('piece'), width: 36, cell: ({ title }) => title },
          { ...column('sold'), end: true, cell: ({ sold }) => sold },
          { ...column('soldOut'), end: true, cell: ({ soldOutMs }) => minutes(soldOutMs) },
          { ...column('asked'), end: true, cell: ({ asked }) => asked },
          { ...column('served'), end: true, cell: ({ served }) => served },
        ]}
      />
      {signups.lapsed > 0 ? (
        <Text as="p">{t('drops.report.demand.lapsed', { count: signups.lapsed })}</Text>
      ) : null}
      <Text as="p" tone="subdued" variant="bodySm">
        {t('drops.report.demand.unknown')}
      </Text>
    </SectionCard>
  )
}

/** Who earned what of it, as the books stand. */
export function CreatorsCard({ report }: { report: DropReport }) {
  const { t } = useTranslation()
  const { creators, currency, dropId } = report
  const column = (id: string) => ({ id, heading: t(`drops.report.creatorsCard.${id}`) })
  return (
    <SectionCard title={t('drops.report.creatorsCard.title')}>
      {creators.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('drops.report.creatorsCard.none')}
        </Text>
      ) : (
        <>
          <RecordTable
            caption={t('drops.report.creatorsCard.title')}
            rows={creators}
            rowKey={({ creatorId }) => creatorId}
            columns={[
              {
                ...column('creator'),
                width: 40,
                cell: ({ creatorId, name }) => <Link url={`/app/creators/${creatorId}`}>{name}</Link>,
              },
              {
                ...column('share'),
                end: true,
                cell: ({ shareMinor }) => <Money minor={shareMinor} currency={currency} />,
              },
              {
                ...column('awards'),
                end: true,
                cell: ({ awardsMinor }) => <Money minor={awardsMinor} currency={currency} />,
              },
            ]}
          />
          <Link url={`/app/ledger?drop=${dropId}`}>{t('drops.report.creatorsCard.journals')}</Link>
        </>
      )}
    </SectionCard>
  )
}

/** What was claimed how often, and whether the offer really ended. */
export function ClaimsCard({ report }: { report: DropReport }) {
  const { t } = useTranslation()
  const { claims, dropId } = report
  return (
    <SectionCard title={t('drops.report.claims.title')}>
      {claims.shown === 0 ? (
        <Text as="p" tone="subdued">
          {t('drops.report.claims.none')}
        </Text>
      ) : (
        <BlockStack gap="300">
          <List>
            {claims.kinds.map(({ kind, count }) => (
              <List.Item key={kind}>
                {t('drops.report.claims.kind', { kind: t(`drops.claims.kinds.${kind}`), count })}
              </List.Item>
            ))}
          </List>
          {claims.checks.length === 0 ? (
            <Text as="p" tone="subdued">
              {t('drops.report.claims.noChecks')}
            </Text>
          ) : (
            <List>
              {claims.checks.map(({ name, verdict }) => (
                <List.Item key={name}>
                  {t('drops.report.claims.check', {
                    when: t(`drops.claims.check.${name}`),
                    verdict: t(`drops.claims.verdict.${verdict}`),
                  })}
                </List.Item>
              ))}
            </List>
          )}
          <Link url={`/app/drops/claims?drop=${dropId}`}>{t('drops.report.claims.log')}</Link>
        </BlockStack>
      )}
    </SectionCard>
  )
}
