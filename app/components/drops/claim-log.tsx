import { Link } from '@remix-run/react'
import { Badge, BlockStack, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { ClaimCheckLine, ClaimLine, ClaimLogView } from '#app/features/drops/claim-log-view.server.ts'
import { formatInstant } from '../figures/format-date.ts'
import { EmptyResult } from '../layout/empty-result.tsx'
import { FilterForm, FilterSelect } from '../layout/filter-form.tsx'
import { ListPager } from '../layout/list-pager.tsx'
import { type RecordColumn, RecordTable } from '../layout/record-table.tsx'
import { SectionCard } from '../layout/section-card.tsx'
import { usePageIsLoading } from '../layout/use-page-is-loading.ts'

/** What shoppers were told of scarcity and time: each claim with what it rested on, and the proof that nothing was changed. */
export function ClaimLog({ view }: { view: ClaimLogView }) {
  const { t } = useTranslation()
  const loading = usePageIsLoading()
  const columns = useColumns(view.timeZone)
  if (view.total === '0')
    return (
      <Card padding="0">
        <EmptyResult title={t('drops.claims.emptyTitle')} body={t('drops.claims.emptyBody')} />
      </Card>
    )
  return (
    <BlockStack gap="400">
      <Card padding="0">
        <FilterForm
          label={t('drops.claims.filter')}
          clearTo="/app/drops/claims"
          filtered={view.dropId !== null}
        >
          <FilterSelect
            name="drop"
            label={t('drops.list.columns.title')}
            anyLabel={t('drops.claims.anyDrop')}
            value={view.dropId ?? ''}
            options={view.drops.map(({ id, title }) => ({ value: id, label: title }))}
          />
        </FilterForm>
        {view.rows.length === 0 ? (
          <EmptyResult title={t('drops.claims.nothingTitle')} body={t('drops.claims.nothingBody')} />
        ) : (
          <RecordTable
            caption={t('drops.claims.caption')}
            columns={columns}
            rows={view.rows}
            rowKey={(row) => row.seq}
            loading={loading}
            wide
          />
        )}
        <ListPager
          label={t('drops.claims.paging')}
          previous={view.newer}
          next={view.older}
          places={['before']}
        />
      </Card>
      <Checks checks={view.checks} timeZone={view.timeZone} />
      <SectionCard title={t('drops.claims.proof')}>
        <Text as="p">{t('drops.claims.proofBody', { rows: view.total })}</Text>
        <Text as="p" breakWord>
          <span className="fil-code">{view.head}</span>
        </Text>
        <Text as="p" tone="subdued">
          {t('drops.claims.proofHow')}
        </Text>
      </SectionCard>
    </BlockStack>
  )
}

function useColumns(timeZone: string): RecordColumn<ClaimLine>[] {
  const { t, i18n } = useTranslation()
  const time = (at: string) => formatInstant(at, 'exact', i18n.language, timeZone)
  return [
    { id: 'seq', width: 6, heading: t('drops.claims.columns.number'), cell: (row) => row.seq },
    {
      id: 'at',
      width: 21,
      heading: t('drops.claims.columns.at'),
      cell: (row) => <time dateTime={row.at}>{time(row.at)}</time>,
    },
    {
      id: 'claim',
      width: 24,
      heading: t('drops.claims.columns.claim'),
      cell: (row) => (
        <BlockStack>
          <Text as="span" fontWeight="semibold">
            {t(`drops.claims.kinds.${row.kind}`)}
          </Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {row.event === 'shown'
              ? t('drops.claims.shown', { to: formatInstant(row.to, 'seconds', i18n.language, timeZone) })
              : t('drops.claims.ended', {
                  number: row.claim,
                  why: t(`drops.claims.ends.${row.why}`, { defaultValue: row.why }),
                })}
          </Text>
        </BlockStack>
      ),
    },
    {
      id: 'drop',
      width: 20,
      heading: t('drops.claims.columns.about'),
      cell: (row) => (
        <BlockStack>
          <Link className="fil-link" to={`/app/drops/${row.dropId}`}>
            {row.dropTitle}
          </Link>
          {row.pieceTitle ? (
            <Text as="span" tone="subdued" variant="bodySm">
              {row.pieceTitle}
            </Text>
          ) : null}
        </BlockStack>
      ),
    },
    {
      id: 'rests',
      width: 19,
      heading: t('drops.claims.columns.rests'),
      cell: (row) =>
        [
          row.available === null ? '' : t('drops.claims.available', { count: row.available }),
          row.ruleVersion === null ? '' : t('drops.claims.rule', { version: row.ruleVersion }),
          row.adjustment === null
            ? ''
            : t('drops.claims.adjustment', { id: row.adjustment.split('/').at(-1) }),
        ]
          .filter(Boolean)
          .join(' · ') || '—',
    },
    {
      id: 'hash',
      width: 10,
      heading: t('drops.claims.columns.hash'),
      cell: (row) => <span className="fil-code fil-whole">{row.hash}</span>,
      subdued: true,
    },
  ]
}

function Checks({ checks, timeZone }: { checks: ClaimCheckLine[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  if (checks.length === 0) return null
  const tones = { ended: 'success', continues: 'critical', unknown: 'attention' } as const
  return (
    <SectionCard title={t('drops.claims.checks')}>
      <Text as="p" tone="subdued">
        {t('drops.claims.checksHelp')}
      </Text>
      <RecordTable
        caption={t('drops.claims.checks')}
        rows={checks}
        rowKey={(check) => check.id}
        columns={[
          {
            id: 'drop',
            heading: t('drops.list.columns.title'),
            cell: (check) => (
              <Link className="fil-link" to={`/app/drops/${check.dropId}`}>
                {check.dropTitle}
              </Link>
            ),
          },
          {
            id: 'name',
            heading: t('drops.claims.columns.when'),
            cell: (check) => t(`drops.claims.check.${check.name}`, { defaultValue: check.name }),
          },
          {
            id: 'at',
            heading: t('drops.claims.columns.looked'),
            cell: (check) => formatInstant(check.checkedAt, 'exact', i18n.language, timeZone),
          },
          {
            id: 'verdict',
            heading: t('drops.claims.columns.verdict'),
            cell: (check) => (
              <Badge tone={tones[check.verdict as keyof typeof tones] ?? 'info'}>
                {t(`drops.claims.verdict.${check.verdict}`, { defaultValue: check.verdict })}
              </Badge>
            ),
          },
        ]}
      />
    </SectionCard>
  )
}
