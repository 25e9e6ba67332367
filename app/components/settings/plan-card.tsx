import './settings.css'
import { Badge, BlockStack, Button, Card, InlineGrid, InlineStack, Layout, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../figures/money.tsx'

export interface PlanItem {
  key: string
  name: string
  monthlyMinor: string
  currency: string
  activeCreators: number | null
  isCurrent: boolean
  isTooSmall: boolean
}

export interface PlanCardProps {
  plans: PlanItem[]
  activeCreators: number
  /** Key of the plan that is being asked for. */
  busyWith: string | null
  onChoose: (key: string) => void
}

export function PlanCard({ plans, activeCreators, busyWith, onChoose }: PlanCardProps) {
  const { t } = useTranslation()
  return (
    <Layout.AnnotatedSection title={t('settings.plan.title')} description={t('settings.plan.body')}>
      <Card>
        <BlockStack gap="300">
          <Text as="p" tone="subdued">
            {t('settings.plan.inUse', { count: activeCreators })}
          </Text>
          <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
            {plans.map((plan) => (
              <PlanOffer key={plan.key} {...{ plan, activeCreators, busyWith, onChoose }} />
            ))}
          </InlineGrid>
        </BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  )
}

function PlanOffer({
  plan,
  activeCreators,
  busyWith,
  onChoose,
}: Omit<PlanCardProps, 'plans'> & { plan: PlanItem }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const price =
    plan.monthlyMinor === '0'
      ? t('settings.plan.free')
      : t('settings.plan.perMonth', { price: money(plan.monthlyMinor, plan.currency) })
  return (
    <div className="fil-plan">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {plan.name}
        </Text>
        {plan.isCurrent ? <Badge tone="success">{t('settings.plan.current')}</Badge> : null}
      </InlineStack>
      <Text as="p">{price}</Text>
      <Text as="p" tone="subdued">
        {plan.activeCreators === null
          ? t('settings.plan.unlimited')
          : t('settings.plan.creators', { count: plan.activeCreators })}
      </Text>
      {plan.isTooSmall && !plan.isCurrent ? (
        <Text as="p" tone="subdued" variant="bodySm">
          {t('settings.plan.tooMany', { active: activeCreators, limit: plan.activeCreators ?? 0 })}
        </Text>
      ) : null}
      {plan.isCurrent ? null : (
        <Button
          onClick={() => onChoose(plan.key)}
          loading={busyWith === plan.key}
          disabled={plan.isTooSmall || (busyWith !== null && busyWith !== plan.key)}
        >
          {t('settings.plan.choose', { name: plan.name })}
        </Button>
      )}
    </div>
  )
}
