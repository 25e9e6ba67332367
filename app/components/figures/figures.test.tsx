import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { expect, test } from 'vitest'
import { screenMessages } from '#app/config/messages/i18n.ts'
import { BarChart } from './bar-chart.tsx'
import { formatInstant, formatPeriod } from './format-date.ts'
import { Money } from './money.tsx'

const render = (element: JSX.Element) =>
  renderToStaticMarkup(<I18nextProvider i18n={screenMessages('en')}>{element}</I18nextProvider>)
const textOf = (html: string) => html.replace(/<[^>]+>/g, '')

test.each([
  ['-1250', 'USD', '-$12.50'],
  ['0', 'EUR', '€0.00'],
  ['1250', 'JPY', '¥1,250'],
  ['900719925474099312', 'USD', '$9,007,199,254,740,993.12'],
])('%s %s reads %s', (minor, currency, text) => {
  expect(textOf(render(<Money minor={minor} currency={currency} />))).toBe(text)
})

test('a posting shows no sign, a dash stands for zero where asked', () => {
  expect(textOf(render(<Money minor="-500" currency="USD" unsigned />))).toBe('$5.00')
  expect(textOf(render(<Money minor="0" currency="USD" dashForZero />))).toBe('—')
})

test('dates follow the shop’s zone and hold no exotic spaces', () => {
  const late = '2026-06-01T03:30:00.000Z'
  expect(formatInstant(late, 'date', 'en', 'America/New_York')).toBe('May 31, 2026')
  expect(formatInstant(late, 'time', 'en', 'America/New_York')).toBe('May 31, 2026, 23:30')
  expect(formatInstant(late, 'time', 'fr', 'Europe/Paris')).not.toMatch(/[\u202f\u00a0]/)
  expect(formatPeriod('2026-05', 'month', 'en')).toBe('May 2026')
  expect(formatPeriod('2026-Q2', 'month', 'en')).toBe('Q2 2026')
})

test('the chart names itself and shows the newest figures without a pointer', () => {
  const points = ['2026-04', '2026-05'].map((key, index) => ({
    key,
    label: key,
    title: key,
    whole: String(index * 10_000),
    part: String(index * 1000),
  }))
  const html = render(
    <BarChart
      caption="By month"
      pointHeading="Month"
      wholeName="Net"
      partName="Royalties"
      points={points}
      currency="USD"
    />,
  )
  expect(html).toContain('aria-label="By month"')
  expect(textOf(html)).toContain('Net $100.00')
})
