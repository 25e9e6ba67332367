import { Card } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { EmptyResult, type EmptyResultProps } from './empty-result.tsx'
import { ListControls, type ListControlsProps, ListPages } from './list-controls.tsx'
import { RecordTable, type RecordTableProps } from './record-table.tsx'
import { usePageIsLoading } from './use-page-is-loading.ts'

export interface RecordListProps<Row> extends Omit<RecordTableProps<Row>, 'loading'> {
  controls: ListControlsProps
  page: number
  pageCount: number
  /** Nothing was ever put into this list: said instead of everything else. */
  beginning: EmptyResultProps | null
  /** Said when what was searched for is not there. */
  nothingFound: EmptyResultProps
}

/** A list that is searched, filtered and paged, in its empty, filtered, loading and full states. */
export function RecordList<Row>(props: RecordListProps<Row>) {
  const { controls, page, pageCount, beginning, nothingFound, ...table } = props
  const { t } = useTranslation()
  const loading = usePageIsLoading()
  if (beginning) {
    return (
      <Card padding="0">
        <EmptyResult {...beginning} />
      </Card>
    )
  }
  return (
    <Card padding="0">
      <ListControls {...controls} />
      {table.rows.length === 0 ? (
        <EmptyResult {...nothingFound} />
      ) : (
        <RecordTable {...table} loading={loading} />
      )}
      <ListPages page={page} pageCount={pageCount} label={t('creators.list.page', { page, pageCount })} />
    </Card>
  )
}
