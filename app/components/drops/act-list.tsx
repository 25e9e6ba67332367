import './timeline-editor.css'
import './act-list.css'
import { Badge, type BadgeProps, BlockStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { DropView } from '#app/features/drops/drop-view.server.ts'
import { formatInstant } from '../figures/format-date.ts'
import { placeOfZone, useViewerZone } from './use-viewer-zone.ts'

const tones: Record<string, BadgeProps['tone']> = {
  running: 'attention',
  done: 'success',
  failed: 'critical',
}

/** The timeline as it stands: when each act is due, and how late it was done. */
export function ActList({ view }: { view: DropView }) {
  const { t, i18n } = useTranslation()
  const { drop, receipts } = view
  const viewer = useViewerZone(drop.timeZone)
  const titles = new Map(drop.offers.map(({ variantId, title }) => [variantId, title]))
  const waves = drop.acts.filter(({ kind }) => kind === 'wave')
  return (
    <ol className="fil-timeline" aria-label={t('drops.form.timeline')}>
      {drop.acts.map((act) => {
        const brought = drop.waves.filter(({ actId }) => actId === act.id)
        const last = receipts.filter(({ actId }) => actId === act.id).at(-1)
        const number = waves.findIndex(({ id }) => id === act.id) + 1
        return (
          <li key={act.id} className={`fil-act fil-act--plain fil-act--${act.kind} fil-act--${act.status}`}>
            <span className="fil-act__dot" aria-hidden="true" />
            <BlockStack gap="050">
              <div className="fil-act__line">
                <Text as="span" variant="headingSm">
                  {number > 0 ? t('drops.act.waveNumber', { number }) : t(`drops.act.${act.kind}`)}
                </Text>
                <time dateTime={act.at}>{formatInstant(act.at, 'exact', i18n.language, drop.timeZone)}</time>
              </div>
              {viewer ? (
                <Text as="p" tone="subdued" variant="bodySm">
                  {t('drops.form.forYou', {
                    place: placeOfZone(viewer),
                    time: formatInstant(act.at, 'exact', i18n.language, viewer),
                  })}
                </Text>
              ) : null}
              {brought.map(({ id, units, variantId }) => (
                <Text as="p" variant="bodySm" key={id}>
                  {t('drops.detail.units', {
                    count: units,
                    title: titles.get(variantId) ?? t('drops.follows.aPiece'),
                  })}
                </Text>
              ))}
              {act.status === 'planned' && !last ? null : (
                <span>
                  <Badge {...(tones[act.status] ? { tone: tones[act.status] } : {})}>
                    {t(`drops.actStatus.${act.status}`)}
                  </Badge>{' '}
                  {last ? (
                    <Text as="span" tone="subdued" variant="bodySm">
                      {latenessText(t, last.latenessMs, last.attempt)}
                    </Text>
                  ) : null}
                </span>
              )}
            </BlockStack>
          </li>
        )
      })}
    </ol>
  )
}

function latenessText(
  t: (key: string, params: Record<string, string | number>) => string,
  ms: number,
  attempt: number,
): string {
  const seconds = (Math.max(0, ms) / 1000).toFixed(1)
  return attempt > 1
    ? t('drops.detail.lateAttempt', { seconds, attempt })
    : t('drops.detail.late', { seconds })
}
