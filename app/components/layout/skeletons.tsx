import './skeletons.css'
import { useTranslation } from 'react-i18next'

/** A grey block of the exact height of what will stand there, so that nothing moves when it arrives. */
export function SkeletonBlock({ height }: { height: number }) {
  const { t } = useTranslation()
  return <div className="fil-skeleton" style={{ height }} role="status" aria-label={t('common.loading')} />
}

/** Rows of a table that is being loaded. */
export function SkeletonRows({ rows, columns }: { rows: number; columns: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
    <tr key={row}>
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
        <td key={column}>
          <span className="fil-skeleton fil-skeleton--line" />
        </td>
      ))}
    </tr>
  ))
}
