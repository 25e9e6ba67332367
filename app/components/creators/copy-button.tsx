import { useAppBridge } from '@shopify/app-bridge-react'
import { Button } from '@shopify/polaris'
import { ClipboardIcon } from '@shopify/polaris-icons'
import { useTranslation } from 'react-i18next'

/** Copies a text and says what was copied. Where the frame may not write the clipboard it says so. */
export function CopyButton({ what, text }: { what: 'code' | 'link'; text: string }) {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      shopify.toast.show(t(`creators.profile.copied.${what}`))
    } catch {
      shopify.toast.show(t('creators.profile.copyFailed'), { isError: true })
    }
  }
  return (
    <Button
      size="slim"
      icon={ClipboardIcon}
      onClick={() => void copy()}
      accessibilityLabel={t(`creators.profile.copyNamed.${what}`, { text })}
    >
      {t(`creators.profile.copy.${what}`)}
    </Button>
  )
}
