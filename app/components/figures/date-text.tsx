import { useTranslation } from 'react-i18next'
import { type DateStyle, formatInstant, formatLocalDate } from './format-date.ts'

/** An instant in the shop's time zone, or a local date that has none. */
export function DateText({
  at,
  timeZone,
  style = 'date',
}: {
  at: string
  timeZone?: string
  style?: DateStyle
}) {
  const { i18n } = useTranslation()
  const text = timeZone
    ? formatInstant(at, style, i18n.language, timeZone)
    : formatLocalDate(at, style, i18n.language)
  return (
    // A day stays in one piece; between a day and an hour a narrow column may break.
    <time dateTime={at} style={style === 'time' ? undefined : { whiteSpace: 'nowrap' }}>
      {text}
    </time>
  )
}
