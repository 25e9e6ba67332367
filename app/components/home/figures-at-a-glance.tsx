import { InlineGrid } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { DateText } from '../figures/date-text.tsx'
import { FigureCard } from '../figures/figure-card.tsx'
import { Money, useMoneyText } from '../figures/money.tsx'

export interface FiguresAtAGlanceProps {
  currency: string
  timeZone: string
  thisMonth: { netMinor: string; royaltyMinor: string }
  lastMonth: { netMinor: string; royaltyMinor: string }
  heldMinor: string
  payableMinor: string
  nextCloseAt: string
}

export function FiguresAtAGlance(props: FiguresAtAGlanceProps) {
  const { currency, timeZone, thisMonth, lastMonth, heldMinor, payableMinor, nextCloseAt } = props
  const { t } = useTranslation()
  const money = useMoneyText()
  const compared = (minor: string) => t('home.figures.lastMonth', { amount: money(minor, currency) })
  return (
    <InlineGrid columns={{ xs: 2, lg: 4 }} gap="300">
      <FigureCard
        label={t('home.figures.net')}
        value={<Money minor={thisMonth.netMinor} currency={currency} />}
        hint={t('home.figures.netHint')}
        note={compared(lastMonth.netMinor)}
      />
      <FigureCard
        label={t('home.figures.royalties')}
        value={<Money minor={thisMonth.royaltyMinor} currency={currency} />}
        hint={t('home.figures.royaltiesHint')}
        note={compared(lastMonth.royaltyMinor)}
      />
      <FigureCard
        label={t('home.figures.payable')}
        value={<Money minor={payableMinor} currency={currency} />}
        hint={
          heldMinor === '0'
            ? t('home.figures.nothingHeld')
            : t('home.figures.held', { amount: money(heldMinor, currency) })
        }
      />
      <FigureCard
        label={t('home.figures.nextClose')}
        value={<DateText at={nextCloseAt} timeZone={timeZone} />}
        hint={t('home.figures.nextCloseHint')}
      />
    </InlineGrid>
  )
}
