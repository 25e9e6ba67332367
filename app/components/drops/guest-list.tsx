import { Badge, type BadgeProps, BlockStack, Button, InlineStack, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PassesQuery } from '#app/features/drops/passes/passes-query.ts'
import type { PassesView, PassRow } from '#app/features/drops/passes/passes-view.server.ts'
import { CopyButton } from '../creators/copy-button.tsx'
import { RowAction, usePost } from '../creators/row-action.tsx'
import { DateText } from '../figures/date-text.tsx'
import type { ListControlsProps } from '../layout/list-controls.tsx'
import { QuestionModal } from '../layout/question-modal.tsx'
import { RecordList } from '../layout/record-list.tsx'
import type { RecordColumn } from '../layout/record-table.tsx'

/** Who has a pass to the drop, how they got it, and what can still be done about it. */
export function GuestList({ view, query }: { view: PassesView; query: PassesQuery }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<PassRow | null>(null)
  const columns = useColumns(view, setAsked)
  const all = view.living + view.revoked
  return (
    <>
      <RecordList
        controls={useControls(view, query)}
        caption={t('passes.list.title')}
        columns={columns}
        rows={view.rows}
        rowKey={({ id }) => id}
        page={view.page}
        pageCount={view.pageCount}
        beginning={all > 0 ? null : { title: t('passes.list.emptyTitle'), body: t('passes.list.emptyBody') }}
        nothingFound={{ title: t('passes.list.nothingTitle'), body: t('passes.list.nothingBody') }}
      />
      {asked ? <RevokeModal row={asked} onClose={() => setAsked(null)} /> : null}
    </>
  )
}

function useControls({ living, revoked }: PassesView, query: PassesQuery): ListControlsProps {
  const { t } = useTranslation()
  const counts = { all: living + revoked, living, revoked }
  return {
    search: query.search,
    searchLabel: t('passes.list.search'),
    segments: {
      param: 'shown',
      label: t('passes.list.title'),
      value: query.shown,
      options: (['all', 'living', 'revoked'] as const).map((value) => ({
        value,
        label: t('agreements.list.withCount', { label: t(`passes.list.${value}`), count: counts[value] }),
      })),
    },
    selects: [],
  }
}

function useColumns({ drop, term }: PassesView, ask: (row: PassRow) => void): RecordColumn<PassRow>[] {
  const { t } = useTranslation()
  const { timeZone } = drop
  return [
    {
      id: 'guest',
      width: 31,
      heading: t('passes.list.guest'),
      cell: (row) => (
        <BlockStack>
          <Text as="span" fontWeight="semibold" breakWord>
            {row.email ?? t('passes.list.forgotten')}
          </Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {t('passes.list.number', { number: row.number })}
            {row.origin === 'draw' ? `, ${t('passes.list.drawn')}` : ''}
          </Text>
        </BlockStack>
      ),
    },
    {
      id: 'given',
      width: 15,
      heading: t('passes.list.given'),
      cell: (row) => <DateText at={row.issuedAt} timeZone={timeZone} style="time" />,
    },
    {
      id: 'mail',
      width: 13,
      heading: t('passes.list.mail'),
      cell: (row) => <MailState row={row} />,
    },
    {
      id: 'does',
      width: 41,
      heading: t('passes.list.does'),
      cell: (row) =>
        row.revokedAt !== null || term === null ? (
          '—'
        ) : (
          <InlineStack gap="100" blockAlign="center">
            {row.url ? <CopyButton what="link" text={row.url} /> : null}
            {row.email !== null && !['queued', 'sending'].includes(row.mailStatus) ? (
              <RowAction
                label={t('passes.again')}
                fields={{ intent: 'mail-pass', passId: row.id }}
                done="passes.againDone"
                about={row.email}
              />
            ) : null}
            <RevokeButton row={row} onPress={() => ask(row)} />
          </InlineStack>
        ),
    },
  ]
}

const TONES: Record<string, BadgeProps['tone']> = {
  sent: 'success',
  queued: 'attention',
  sending: 'attention',
  unsure: 'warning',
  failed: 'critical',
}

function MailState({ row }: { row: PassRow }) {
  const { t } = useTranslation()
  if (row.revokedAt !== null) return <Badge>{t('passes.takenBack')}</Badge>
  const tone = TONES[row.mailStatus]
  return <Badge {...(tone ? { tone } : {})}>{t(`passes.mail.${row.mailStatus}`)}</Badge>
}

function RevokeButton({ row, onPress }: { row: PassRow; onPress: () => void }) {
  const { t } = useTranslation()
  return (
    <Button
      size="slim"
      variant="tertiary"
      tone="critical"
      onClick={onPress}
      accessibilityLabel={`${t('passes.revoke.do')}: ${row.email ?? row.number}`}
    >
      {t('passes.revoke.do')}
    </Button>
  )
}

function RevokeModal({ row, onClose }: { row: PassRow; onClose: () => void }) {
  const { t } = useTranslation()
  const { submit, busy } = usePost('passes.revoke.done', onClose)
  return (
    <QuestionModal
      open
      onClose={onClose}
      title={t('passes.revoke.title')}
      confirm={{
        label: t('passes.revoke.do'),
        busy,
        destructive: true,
        onAction: () => submit({ intent: 'revoke-pass', passId: row.id }),
      }}
      cancelLabel={t('creators.profile.cancel')}
    >
      <Text as="p" fontWeight="semibold" breakWord>
        {row.email ?? t('passes.list.number', { number: row.number })}
      </Text>
      <Text as="p">{t('passes.revoke.body')}</Text>
    </QuestionModal>
  )
}
