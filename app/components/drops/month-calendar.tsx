import './month-calendar.css'
import { Link } from '@remix-run/react'
import { Banner, BlockStack, Box, Button, ButtonGroup, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { CalendarEntry, DropCalendarView } from '#app/features/drops/drop-calendar-view.server.ts'
import { formatLocalDate, formatPeriod } from '../figures/format-date.ts'
import { usePageIsLoading } from '../layout/use-page-is-loading.ts'

/** The acts of all drops in a month of the shop's calendar. A table of links: every day and every act is reached by Tab. */
export function MonthCalendar({ view }: { view: DropCalendarView }) {
  const { t, i18n } = useTranslation()
  const { month, previous, next, weeks, today, entries, timeZone } = view
  const loading = usePageIsLoading()
  const title = formatPeriod(month, 'month', i18n.language)
  const days = byDay(entries)
  const isEmpty = !entries.some(({ date }) => date.startsWith(month))
  return (
    <BlockStack gap="400">
      {view.isCut ? (
        <Banner tone="warning">{t('drops.calendar.cut', { count: entries.length })}</Banner>
      ) : null}
      <Card padding="0">
        <Box padding="400">
          <InlineStack align="space-between" blockAlign="center" gap="300">
            <BlockStack gap="050">
              <Text as="h2" variant="headingMd">
                {title}
              </Text>
              <Text as="p" tone="subdued" variant="bodySm">
                {isEmpty ? t('drops.calendar.empty') : t('drops.calendar.zone', { zone: timeZone })}
              </Text>
            </BlockStack>
            <ButtonGroup>
              <Button url={`/app/drops/calendar?month=${previous}`}>{t('drops.calendar.previous')}</Button>
              <Button url={`/app/drops/calendar?month=${today.slice(0, 7)}`}>
                {t('drops.calendar.today')}
              </Button>
              <Button url={`/app/drops/calendar?month=${next}`}>{t('drops.calendar.next')}</Button>
            </ButtonGroup>
          </InlineStack>
        </Box>
        <table className="fil-month" aria-busy={loading}>
          <caption>{t('drops.calendar.caption', { month: title })}</caption>
          <thead>
            <tr>
              {weeks[0]?.map((date) => (
                <th key={date} scope="col">
                  {formatLocalDate(date, 'weekday', i18n.language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((date) => (
                  <td key={date} className={dayClass(date, view, days.has(date))}>
                    <time
                      className="fil-month__day"
                      dateTime={date}
                      {...(date === today ? { 'aria-current': 'date' as const } : {})}
                    >
                      <span className="fil-month__weekday">
                        {formatLocalDate(date, 'weekday', i18n.language)}{' '}
                      </span>
                      <span className="Polaris-Text--visuallyHidden">
                        {formatLocalDate(date, 'date', i18n.language)}
                      </span>
                      <span aria-hidden="true">{Number(date.slice(8))}</span>
                    </time>
                    {days.has(date) ? <Entries entries={days.get(date) ?? []} /> : null}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <Legend entries={entries} />
      </Card>
    </BlockStack>
  )
}

/** What the colours mean, of those that are in this month. */
function Legend({ entries }: { entries: readonly CalendarEntry[] }) {
  const { t } = useTranslation()
  const statuses = [...new Set(entries.map(({ status }) => status))]
  if (statuses.length === 0) return null
  return (
    <ul className="fil-month__legend" aria-hidden="true">
      {statuses.map((status) => (
        <li key={status} className={`fil-month__entry--${status}`}>
          {t(`drops.status.${status}`)}
        </li>
      ))}
    </ul>
  )
}

function byDay(entries: readonly CalendarEntry[]): Map<string, CalendarEntry[]> {
  const days = new Map<string, CalendarEntry[]>()
  for (const entry of entries) days.set(entry.date, [...(days.get(entry.date) ?? []), entry])
  return days
}

function Entries({ entries }: { entries: CalendarEntry[] }) {
  const { t } = useTranslation()
  return (
    <ul>
      {entries.map((entry) => (
        <li key={`${entry.dropId} ${entry.kind} ${entry.time}`}>
          <Link to={`/app/drops/${entry.dropId}`} className={`fil-month__entry--${entry.status}`}>
            {t('drops.calendar.entry', {
              time: entry.time.endsWith(':00') ? entry.time.slice(0, 5) : entry.time,
              act: t(`drops.act.${entry.kind}`),
              title: entry.title,
            })}
            <span className="Polaris-Text--visuallyHidden"> {t(`drops.status.${entry.status}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function dayClass(date: string, { month, today }: DropCalendarView, isTaken: boolean): string | undefined {
  const names = [
    date.startsWith(month) ? '' : 'fil-month__other',
    date === today ? 'fil-month__today' : '',
    isTaken ? '' : 'fil-month__free',
  ].filter(Boolean)
  return names.length > 0 ? names.join(' ') : undefined
}
