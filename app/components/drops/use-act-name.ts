import { useTranslation } from 'react-i18next'

interface NamedAct {
  kind: string
  actId: string | null
}

/** "Restock 2" for the second wave; the others by their kind. */
export function useActName(acts: readonly NamedAct[], isDraft: boolean): (act: NamedAct) => string {
  const { t } = useTranslation()
  const waves = acts.filter(({ kind }) => kind === 'wave')
  return ({ kind, actId }) => {
    const number = waves.findIndex((wave) => wave.actId === actId) + 1
    if (kind === 'schedule') return t(isDraft ? 'drops.rehearsal.scheduling' : 'drops.rehearsal.standing')
    return number > 0 ? t('drops.act.waveNumber', { number }) : t(`drops.act.${kind}`)
  }
}
