import './timeline-editor.css'
import './act-list.css'
import './rehearsed-acts.css'
import { Badge, BlockStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { PieceShown, Rehearsal, RehearsedAct, ThemeText } from '#app/domain/drops/rehearsal.ts'
import { formatInstant } from '../figures/format-date.ts'
import { themeText } from './theme-text.ts'
import { useActName } from './use-act-name.ts'
import { placeOfZone, useViewerZone } from './use-viewer-zone.ts'

/** Each act as it would go: what it does, what is there afterwards, and what shoppers read. */
export function RehearsedActs({ rehearsal }: { rehearsal: Rehearsal }) {
  const { t, i18n } = useTranslation()
  const { timeZone, acts } = rehearsal
  const viewer = useViewerZone(timeZone)
  const nameOf = useActName(acts, rehearsal.isDraft)
  return (
    <ol className="fil-timeline" aria-label={t('drops.form.timeline')}>
      {acts.map((act) => (
        <li
          key={act.actId ?? 'schedule'}
          className={`fil-act fil-act--plain fil-act--${act.kind} fil-act--${act.outcome}`}
        >
          <span className="fil-act__dot" aria-hidden="true" />
          <div className="fil-rehearsed">
            <BlockStack gap="050">
              <div className="fil-act__line">
                <Text as="h3" variant="headingSm">
                  {nameOf(act)}
                </Text>
                <time dateTime={act.at}>{formatInstant(act.at, 'exact', i18n.language, timeZone)}</time>
              </div>
              {viewer ? (
                <Text as="p" tone="subdued" variant="bodySm">
                  {t('drops.form.forYou', {
                    place: placeOfZone(viewer),
                    time: formatInstant(act.at, 'exact', i18n.language, viewer),
                  })}
                </Text>
              ) : null}
            </BlockStack>
            {act.outcome === 'done' ? null : (
              <span>
                <Badge tone="critical">{t(`drops.rehearsal.outcome.${act.outcome}`)}</Badge>
              </span>
            )}
            <Deeds act={act} timeZone={timeZone} />
            <StockTable act={act} />
            <Seen shows={act.shows} timeZone={timeZone} />
          </div>
        </li>
      ))}
    </ol>
  )
}

function Deeds({ act, timeZone }: { act: RehearsedAct; timeZone: string }) {
  const { t, i18n } = useTranslation()
  const clock = (at: string) => formatInstant(at, 'seconds', i18n.language, timeZone)
  const lines = [
    ...act.published.map((title) => t('drops.rehearsal.published', { title })),
    ...act.unpublished.map((title) => t('drops.rehearsal.unpublished', { title })),
    ...act.released.map(({ title, units }) => t('drops.rehearsal.released', { title, count: units })),
    ...act.returned.map(({ title, units }) => t('drops.rehearsal.returned', { title, count: units })),
    ...act.announced.map((wave) =>
      t('drops.rehearsal.announced', { title: wave.title, count: wave.units, time: clock(wave.for) }),
    ),
    ...act.mailed.map(({ title, units }) => t('drops.rehearsal.mailed', { title, count: units })),
  ]
  if (lines.length === 0) return <Text as="p">{t(`drops.rehearsal.quiet.${act.kind}`)}</Text>
  return (
    <BlockStack gap="050">
      {lines.map((line) => (
        <Text as="p" key={line}>
          {line}
        </Text>
      ))}
    </BlockStack>
  )
}

/** Only pieces whose stock the act moves: where nothing moves a table says nothing. */
function StockTable({ act }: { act: RehearsedAct }) {
  const { t } = useTranslation()
  const moved = act.stock.filter(
    ({ before, after }) => before.available !== after.available || before.reserved !== after.reserved,
  )
  if (moved.length === 0) return null
  const change = (before: number, after: number) => (before === after ? `${after}` : `${before} → ${after}`)
  return (
    <table className="fil-rehearsed__stock">
      <caption className="Polaris-Text--visuallyHidden">{t('drops.rehearsal.stock.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('drops.rehearsal.stock.piece')}</th>
          <th scope="col">{t('drops.rehearsal.stock.available')}</th>
          <th scope="col">{t('drops.rehearsal.stock.reserved')}</th>
        </tr>
      </thead>
      <tbody>
        {moved.map(({ title, before, after }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            <td>{change(before.available, after.available)}</td>
            <td>{change(before.reserved, after.reserved)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Seen({ shows, timeZone }: { shows: PieceShown[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  // As the blocks spell them: restocks by the clock, everything else with its day.
  const textOf = (text: ThemeText) =>
    themeText(text, (instant) =>
      formatInstant(instant, text.key.startsWith('stock.') ? 'clock' : 'time', i18n.language, timeZone),
    )
  const listed = samePages(shows.filter(({ isListed }) => isListed))
  if (listed.length === 0)
    return (
      <Text as="p" tone="subdued" variant="bodySm">
        {t('drops.rehearsal.nothingSeen')}
      </Text>
    )
  return (
    <figure className="fil-seen" aria-label={t('drops.rehearsal.seen')}>
      {listed.map(({ title, countdown, stock, gate }) => (
        <div key={title} className="fil-seen__piece">
          <strong>{title}</strong>
          <ul>
            {[countdown, stock, gate ? [gate] : []].map((texts) =>
              texts.length > 0 ? <li key={texts[0]?.key}>{texts.map(textOf).join(' · ')}</li> : null,
            )}
          </ul>
        </div>
      ))}
    </figure>
  )
}

/** Kinds of one piece whose page says the same are told of once. */
function samePages(shows: PieceShown[]): PieceShown[] {
  const pages = new Map<string, PieceShown>()
  for (const piece of shows) {
    const { title, ...said } = piece
    const key = JSON.stringify(said)
    const known = pages.get(key)
    pages.set(key, known ? { ...known, title: `${known.title}, ${title}` } : piece)
  }
  return [...pages.values()]
}
