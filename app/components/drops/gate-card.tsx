import {
  Badge,
  type BadgeProps,
  Banner,
  BlockStack,
  Button,
  InlineStack,
  Link,
  List,
  Text,
} from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { GateView } from '#app/features/drops/gate-view.server.ts'
import { usePost } from '../creators/row-action.tsx'
import { refusalText } from '../form/form-outcome.ts'
import { SectionCard } from '../layout/section-card.tsx'

const TONES: Record<GateView['state'], BadgeProps['tone']> = {
  live: 'success',
  lets_pass: 'warning',
  off: 'critical',
  missing: 'critical',
  not_granted: 'critical',
  unreadable: 'warning',
}

/** The rule at checkout without which no drop is scheduled: whether it stands, what it was told, and the press that switches it on. */
export function GateCard({ gate }: { gate: GateView }) {
  const { t } = useTranslation()
  const { submit, busy, refused } = usePost('drops.setup.gate.done')
  const refusal = refused ? (refused.summary ?? Object.values(refused.fields)[0]) : undefined
  return (
    <SectionCard title={t('drops.setup.gate.title')}>
      <BlockStack gap="300">
        <Text as="p">{t('drops.setup.gate.help')}</Text>
        {refusal ? (
          <Banner tone="critical">{refusalText(refusal, (key, params) => t(key, params ?? {}))}</Banner>
        ) : null}
        <InlineStack gap="200" blockAlign="center">
          <Badge {...(TONES[gate.state] ? { tone: TONES[gate.state] } : {})}>
            {t(`drops.setup.gate.state.${gate.state}`)}
          </Badge>
          <Text as="span" tone="subdued">
            {t(`drops.setup.gate.means.${gate.state}`)}
          </Text>
        </InlineStack>
        {gate.state === 'live' ? null : (
          <InlineStack>
            <Button variant="primary" loading={busy} onClick={() => submit({ intent: 'switch-on-gate' })}>
              {t('drops.setup.gate.switchOn')}
            </Button>
          </InlineStack>
        )}
        <Told drops={gate.drops} />
      </BlockStack>
    </SectionCard>
  )
}

function Told({ drops }: Pick<GateView, 'drops'>) {
  const { t } = useTranslation()
  if (drops.length === 0) return <Text as="p">{t('drops.setup.gate.noDrops')}</Text>
  return (
    <List>
      {drops.map(({ id, title, revision, toldRevision }) => (
        <List.Item key={id}>
          <Link url={`/app/drops/${id}`}>{title}</Link>
          {': '}
          {t(`drops.setup.gate.${toldRevision >= revision ? 'told' : 'toldNot'}`, { revision })}
        </List.Item>
      ))}
    </List>
  )
}
