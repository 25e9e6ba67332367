import { BlockStack, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { StatementDocument } from '#app/domain/statements/statement-document.ts'
import { Money, useMoneyText } from '../figures/money.tsx'
import { SectionCard } from '../layout/section-card.tsx'

/** From the opening balance to what is payable now, with the reason for what is carried forward. */
export function StatementBalance({ document }: { document: StatementDocument }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { currency } = document
  const rows: Array<[label: string, minor: string, strong?: boolean]> = [
    [t('statements.detail.figures.opening'), document.openingMinor],
    [t('statements.detail.figures.royalties'), document.royaltiesMinor],
    [t('statements.detail.figures.adjustments'), document.adjustmentsMinor],
    [t('statements.detail.figures.payments'), String(-BigInt(document.paymentsMinor))],
    [t('statements.detail.figures.closing'), document.closingMinor, true],
    [t('statements.detail.figures.held'), document.heldMinor],
    [t('statements.detail.figures.payable'), document.payableMinor, true],
    [t('statements.detail.figures.carryForward'), document.carryForwardMinor],
  ]
  return (
    <SectionCard title={t('statements.detail.balance')}>
      <BlockStack gap="150">
        {rows.map(([label, minor, strong]) => (
          <InlineStack key={label} align="space-between" gap="200">
            <Text as="span" fontWeight={strong ? 'semibold' : 'regular'}>
              {label}
            </Text>
            <Text as="span" fontWeight={strong ? 'semibold' : 'regular'}>
              <Money minor={minor} currency={currency} />
            </Text>
          </InlineStack>
        ))}
      </BlockStack>
      <Text as="p" tone="subdued">
        {t(`statements.detail.reason.${document.carryForwardReason}`, {
          minimum: money(document.minimumPayoutMinor, currency),
        })}
      </Text>
    </SectionCard>
  )
}
