import './piece-fields.css'
import { useAppBridge } from '@shopify/app-bridge-react'
import { Badge, Banner, BlockStack, Button, InlineError, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { MOST_OFFERS } from '#app/domain/drops/drop.ts'
import { Section } from '../agreements/section.tsx'
import type { DropFieldsProps } from './drop-editor.tsx'
import type { PickedPiece } from './drop-form-values.ts'
import type { PieceChoices } from './wave-rows.tsx'

const GID = 'gid://shopify/ProductVariant/'

interface PickedVariant {
  id: string
  title: string
  displayName?: string
}

/** What the drop sells, picked in Shopify's own picker. The first is the hero. */
export function PieceFields({ form, error, pieces }: DropFieldsProps & { pieces: PieceChoices }) {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const picked = form.values.pieces
  const set = (next: PickedPiece[]) => {
    form.set('pieces', next)
    // Units of a piece that is not sold any more are not restocked either.
    const ids = new Set(next.map(({ variantId }) => variantId))
    if (form.values.waves.some(({ variantId }) => variantId !== '' && !ids.has(variantId)))
      form.set(
        'waves',
        form.values.waves.filter(({ variantId }) => variantId === '' || ids.has(variantId)),
      )
  }
  const pick = async () => {
    const selection = await shopify.resourcePicker({
      type: 'variant',
      multiple: MOST_OFFERS,
      action: 'select',
      selectionIds: picked.map(({ variantId }) => ({ id: `${GID}${variantId}` })),
    })
    // Undefined: the picker was closed without choosing.
    if (!selection) return
    const chosen = [...(selection as unknown as PickedVariant[])].map(({ id, title, displayName }) => ({
      variantId: id.slice(id.lastIndexOf('/') + 1),
      title: displayName ?? title,
    }))
    // Those that stay keep their order: the hero stays the hero.
    const stays = picked.filter(({ variantId }) => chosen.some((one) => one.variantId === variantId))
    const added = chosen.filter(({ variantId }) => !stays.some((one) => one.variantId === variantId))
    set([...stays, ...added])
  }
  const problem = error('pieces')
  return (
    <Section title={t('drops.form.pieces')} help={t('drops.form.piecesHelp')}>
      <BlockStack gap="300">
        {picked.length > 0 ? (
          <ol className="fil-pieces" aria-label={t('drops.form.pieces')}>
            {picked.map((piece, index) => (
              <PieceRow
                key={piece.variantId}
                piece={piece}
                pieces={pieces}
                isHero={index === 0}
                onHero={() => set([piece, ...picked.filter((one) => one !== piece)])}
                onRemove={() => set(picked.filter((one) => one !== piece))}
              />
            ))}
          </ol>
        ) : null}
        {pieces.state === 'unknown' ? <Banner tone="warning">{t('drops.form.stockUnknown')}</Banner> : null}
        <InlineStack gap="200" blockAlign="center">
          <Button onClick={() => void pick()}>
            {t(picked.length === 0 ? 'drops.form.pick' : 'drops.form.pickOthers')}
          </Button>
        </InlineStack>
        {problem ? <InlineError message={problem} fieldID="pieces" /> : null}
      </BlockStack>
    </Section>
  )
}

interface PieceRowProps {
  piece: PickedPiece
  pieces: PieceChoices
  isHero: boolean
  onHero: () => void
  onRemove: () => void
}

function PieceRow({ piece, pieces, isHero, onHero, onRemove }: PieceRowProps) {
  const { t } = useTranslation()
  const known = pieces.stock.get(piece.variantId)
  const title = known?.title ?? piece.title
  const available = known?.levels.reduce((sum, level) => sum + Math.max(0, level.available), 0) ?? 0
  return (
    <li className="fil-piece">
      {known?.imageUrl ? (
        <img src={known.imageUrl} alt="" width={40} height={40} loading="lazy" />
      ) : (
        <span className="fil-piece__blank" aria-hidden="true" />
      )}
      <div className="fil-piece__words">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="semibold">
            {title}
          </Text>
          {isHero ? <Badge tone="info">{t('drops.form.hero')}</Badge> : null}
        </InlineStack>
        <Text as="span" tone="subdued" variant="bodySm">
          {known
            ? known.tracked
              ? t('drops.form.inStock', { count: available })
              : t('drops.form.untracked')
            : pieces.state === 'loading'
              ? t('common.loading')
              : '—'}
        </Text>
        {known?.sellsBeyondStock ? (
          <Text as="span" tone="caution" variant="bodySm">
            {t('drops.form.sellsBeyondStock')}
          </Text>
        ) : null}
      </div>
      <InlineStack gap="200">
        {isHero ? null : (
          <Button onClick={onHero} accessibilityLabel={t('drops.form.makeHeroOf', { title })}>
            {t('drops.form.makeHero')}
          </Button>
        )}
        <Button onClick={onRemove} accessibilityLabel={t('drops.form.removeAct', { name: title })}>
          {t('drops.form.remove')}
        </Button>
      </InlineStack>
    </li>
  )
}
