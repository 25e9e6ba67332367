// Everything that the screens say, by key. One instance a locale, made at once, so that server and browser render the same.
import { createInstance, type i18n } from 'i18next'
import { en } from './en.ts'

const resources = { en: { translation: en } }

export type ScreenLocale = keyof typeof resources

const instances = new Map<ScreenLocale, i18n>()

/** The nearest locale that the screens speak. "de-CH" is German where there is German, else English. */
export function screenLocale(wanted: string): ScreenLocale {
  const language = wanted.toLowerCase().split('-')[0] ?? ''
  return Object.hasOwn(resources, language) ? (language as ScreenLocale) : 'en'
}

/** For react-i18next's I18nextProvider. */
export function screenMessages(wanted: string): i18n {
  const locale = screenLocale(wanted)
  const known = instances.get(locale)
  if (known) return known
  const instance = createInstance()
  void instance.init({
    lng: locale,
    fallbackLng: 'en',
    resources,
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  instances.set(locale, instance)
  return instance
}
