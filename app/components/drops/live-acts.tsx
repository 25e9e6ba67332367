import { Badge, type BadgeProps, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { LiveAct, LiveView } from '#app/features/drops/live-view.server.ts'
import { formatInstant } from '../figures/format-date.ts'

const WAVE_TONES = { reserved: 'attention', released: 'success', returned: 'info' } as const
const ACT_TONES: Record<string, BadgeProps['tone']> = {
  planned: 'info',
  running: 'attention',
  done: 'success',
  failed: 'critical',
}

/** A restock by its number, as everywhere else. */
export function actName(
  t: (key: string, params: Record<string, number>) => string,
  acts: ReadonlyArray<Pick<LiveAct, 'id' | 'kind'>>,
  act: Pick<LiveAct, 'id' | 'kind'>,
): string {
  if (act.kind !== 'wave') return t(`drops.act.${act.kind}`, {})
  const number = acts.filter(({ kind }) => kind === 'wave').findIndex(({ id }) => id === act.id) + 1
  return t('drops.act.waveNumber', { number })
}

/** Each act of a running drop with where it stands, how late it was, and the units that it brings. */
export function LiveActs({ view }: { view: LiveView }) {
  const { t, i18n } = useTranslation()
  const { timeZone, acts, waves } = view
  // The day is told where it is another than the opening's.
  const dayOf = (at: string) => formatInstant(at, 'short', i18n.language, timeZone)
  const opening = acts.find(({ kind }) => kind === 'open')
  const day = opening ? dayOf(opening.at) : ''
  const timeOf = (at: string) => {
    const time = formatInstant(at, 'seconds', i18n.language, timeZone)
    return dayOf(at) === day ? time : `${dayOf(at)}, ${time}`
  }
  return (
    <ul className="fil-live__acts">
      {acts.map((act) => (
        <li key={act.id}>
          <span>
            {actName(t, acts, act)}{' '}
            <Text as="span" tone="subdued">
              <time dateTime={act.at}>{timeOf(act.at)}</time>
            </Text>
          </span>
          <Badge {...(ACT_TONES[act.status] ? { tone: ACT_TONES[act.status] } : {})}>
            {t(`drops.actStatus.${act.status}`)}
          </Badge>
          {act.latenessMs === null ? null : (
            <small>
              {t('drops.detail.late', { seconds: (Math.max(0, act.latenessMs) / 1000).toFixed(1) })}
            </small>
          )}
          {waves
            .filter(({ actId }) => actId === act.id)
            .map((wave) => (
              <span key={wave.id} className="fil-live__wave">
                <span>{t('drops.live.wave', { count: wave.units, title: wave.title })}</span>
                <Badge tone={WAVE_TONES[wave.state as keyof typeof WAVE_TONES] ?? 'info'}>
                  {t(`drops.waveState.${wave.state}`)}
                </Badge>
              </span>
            ))}
        </li>
      ))}
    </ul>
  )
}
