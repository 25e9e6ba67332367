import { Banner, BlockStack, Card, InlineGrid, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { DropReport } from '#app/features/drops/report-view.server.ts'
import { FigureCard } from '../figures/figure-card.tsx'
import { formatInstant } from '../figures/format-date.ts'
import { Money } from '../figures/money.tsx'
import { MonthPlot } from '../figures/month-plot.tsx'
import { EmptyResult } from '../layout/empty-result.tsx'
import { RecordTable } from '../layout/record-table.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { AdviceCard, ClaimsCard, CreatorsCard, DemandCard } from './report-cards.tsx'

type NamedAct = DropReport['acts'][number] & { name: string; label: string }

/** Acts in which something can be sold. */
const SELLING = ['early_access', 'open', 'wave']
/** More restocks than this are numbers below their bars. */
const MOST_NAMED_WAVES = 4

/** What became of a drop: its figures, what each act brought, and how punctual it was. */
export function DropReportPage({ report }: { report: DropReport }) {
  const { t } = useTranslation()
  const { status, currency } = report
  const acts = useNames(report)
  if (status === 'draft' || status === 'scheduled') return <NotBegun dropId={report.dropId} />
  return (
    <BlockStack gap="400">
      {status === 'live' || status === 'held' ? (
        <Banner tone="info">{t('drops.report.running')}</Banner>
      ) : null}
      <InlineGrid columns={{ xs: 2, lg: 4 }} gap="300">
        <FigureCard
          label={t('drops.report.sold')}
          value={report.soldInAll}
          hint={
            report.back > 0 ? t('drops.report.backHint', { count: report.back }) : t('drops.report.soldHint')
          }
        />
        <FigureCard
          label={t('drops.report.net')}
          value={<Money minor={report.netMinor} currency={currency} />}
          hint={t('drops.report.netHint')}
        />
        <FigureCard
          label={t('drops.report.creators')}
          value={<Money minor={report.creatorsMinor} currency={currency} />}
          hint={t('drops.report.creatorsHint')}
        />
        <FigureCard
          label={t('drops.report.returned')}
          value={report.returned}
          hint={t('drops.report.returnedHint', { planned: report.planned })}
        />
      </InlineGrid>
      {report.advice.length > 0 ? <AdviceCard advice={report.advice} /> : null}
      {report.soldInAll > 0 ? <Charts acts={acts} currency={currency} /> : <NothingSold />}
      <SectionCard title={t('drops.report.acts')}>
        <ActTable acts={acts} report={report} />
      </SectionCard>
      <DemandCard demand={report.demand} />
      <InlineGrid columns={{ xs: 1, lg: 2 }} gap="400" alignItems="start">
        <CreatorsCard report={report} />
        <ClaimsCard report={report} />
      </InlineGrid>
    </BlockStack>
  )
}

function useNames({ acts }: DropReport): NamedAct[] {
  const { t } = useTranslation()
  const waves = acts.filter(({ kind }) => kind === 'wave')
  // Under a bar there is little room: the readout above says the whole name.
  const labelOf = (kind: string, name: string, number: number) => {
    if (kind === 'early_access') return t('drops.report.early')
    return number > 0 && waves.length > MOST_NAMED_WAVES ? String(number) : name
  }
  return acts.map((act) => {
    const number = waves.indexOf(act) + 1
    const name = number > 0 ? t('drops.act.waveNumber', { number }) : t(`drops.act.${act.kind}`)
    return { ...act, name, label: labelOf(act.kind, name, number) }
  })
}

function NotBegun({ dropId }: { dropId: string }) {
  const { t } = useTranslation()
  return (
    <Card>
      <EmptyResult
        title={t('drops.report.notBegun')}
        body={t('drops.report.notBegunBody')}
        action={{ label: t('drops.report.toDrop'), url: `/app/drops/${dropId}` }}
      />
    </Card>
  )
}

function NothingSold() {
  const { t } = useTranslation()
  return (
    <Text as="p" tone="subdued">
      {t('drops.report.nothingSold')}
    </Text>
  )
}

function Charts({ acts, currency }: { acts: NamedAct[]; currency: string }) {
  const { t } = useTranslation()
  const selling = acts.filter(({ kind }) => SELLING.includes(kind))
  const point = ({ actId, name, label }: NamedAct) => ({ key: actId, label, title: name })
  return (
    <InlineGrid columns={{ xs: 1, lg: 2 }} gap="400">
      <SectionCard title={t('drops.report.netByAct')}>
        <MonthPlot
          caption={t('drops.report.netByAct')}
          currency={currency}
          rests="first"
          series={[{ name: t('drops.report.net'), tone: 'part', at: 0.22, width: 0.56, radius: 3 }]}
          points={selling.map((act) => ({ ...point(act), amounts: [act.netMinor] }))}
        />
      </SectionCard>
      <SectionCard title={t('drops.report.piecesByAct')}>
        <MonthPlot
          caption={t('drops.report.piecesByAct')}
          currency={null}
          rests="first"
          series={[
            { name: t('drops.report.released'), tone: 'whole', at: 0.18, width: 0.31, radius: 2 },
            { name: t('drops.report.soldName'), tone: 'part', at: 0.51, width: 0.31, radius: 2 },
          ]}
          points={selling.map((act) => ({
            ...point(act),
            amounts: [String(act.released ?? 0), String(act.sold)],
          }))}
        />
      </SectionCard>
    </InlineGrid>
  )
}

function ActTable({ acts, report }: { acts: NamedAct[]; report: DropReport }) {
  const { t, i18n } = useTranslation()
  const column = (id: string) => ({ id, heading: t(`drops.report.columns.${id}`) })
  const punctuality = ({ outcome, latenessMs, attempts }: NamedAct) => {
    if (outcome === null) return t('drops.report.notDone')
    if (outcome !== 'done' || latenessMs === null) return t(`drops.report.outcome.${outcome}`, { attempts })
    const seconds = (Math.max(0, latenessMs) / 1000).toFixed(1)
    return attempts > 1
      ? t('drops.detail.lateAttempt', { seconds, attempt: attempts })
      : t('drops.detail.late', { seconds })
  }
  return (
    <RecordTable
      caption={t('drops.report.caption')}
      rows={acts}
      rowKey={({ actId }) => actId}
      columns={[
        { ...column('act'), width: 14, cell: ({ name }) => name },
        {
          ...column('at'),
          width: 20,
          cell: ({ at }) => (
            <time dateTime={at}>{formatInstant(at, 'exact', i18n.language, report.timeZone)}</time>
          ),
        },
        { ...column('late'), width: 19, subdued: true, cell: punctuality },
        { ...column('released'), end: true, cell: ({ released }) => released ?? '–' },
        { ...column('sold'), end: true, cell: ({ sold }) => sold },
        {
          ...column('net'),
          end: true,
          cell: ({ netMinor }) => <Money minor={netMinor} currency={report.currency} />,
        },
        {
          ...column('creators'),
          end: true,
          cell: ({ creatorsMinor }) => <Money minor={creatorsMinor} currency={report.currency} />,
        },
      ]}
    />
  )
}
