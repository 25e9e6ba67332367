// The frame of every admin page: proof of who asks, Polaris, words, navigation.
import '#app/components/layout/plain-links.css'
import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, Outlet, useLoaderData, useNavigation, useRouteError } from '@remix-run/react'
import { NavMenu, useAppBridge } from '@shopify/app-bridge-react'
import { AppProvider } from '@shopify/polaris'
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url'
import polarisEnglish from '@shopify/polaris/locales/en.json'
import { boundary } from '@shopify/shopify-app-remix/server'
import { type ReactNode, useEffect } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { PageError } from '#app/components/layout/page-error.tsx'
import { screenMessages } from '#app/config/messages/i18n.ts'
import { PolarisLink } from './polaris-link.tsx'
import { requireShop } from './require-shop.server.ts'
import { SECTIONS } from './sections.ts'
import { useAdminNavigation } from './use-admin-navigation.ts'
import { useShopifyParameters } from './use-shopify-parameters.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: polarisStyles }]
/** Shopify's library tells App Bridge by headers what to do; they must reach the browser from every page. */
export const headers: HeadersFunction = (args) => boundary.headers(args)

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request)
  return {
    shop: {
      domain: shop.domain,
      name: shop.name,
      currency: shop.currency,
      timeZone: shop.timeZone,
      locale: shop.locale,
    },
  }
}

export default function AdminLayout() {
  const { shop } = useLoaderData<typeof loader>()
  return (
    <AdminFrame locale={shop.locale}>
      <AdminMenu />
      <Outlet />
    </AdminFrame>
  )
}

function AdminFrame({ locale, children }: { locale: string; children: ReactNode }) {
  useShopifyParameters()
  useAdminNavigation()
  return (
    <I18nextProvider i18n={screenMessages(locale)}>
      <AppProvider i18n={polarisEnglish} linkComponent={PolarisLink}>
        <LoadingBar />
        {children}
      </AppProvider>
    </I18nextProvider>
  )
}

function AdminMenu() {
  const { t } = useTranslation()
  return (
    <NavMenu>
      <Link to="/app" rel="home">
        {t('home.title')}
      </Link>
      {SECTIONS.map((section) => (
        <Link key={section} to={`/app/${section}`}>
          {t(`${section}.title`)}
        </Link>
      ))}
    </NavMenu>
  )
}

/** The admin's own bar at the top, while a page is on its way. */
function LoadingBar() {
  const shopify = useAppBridge()
  const isLoading = useNavigation().state !== 'idle'
  useEffect(() => {
    shopify.loading(isLoading)
  }, [shopify, isLoading])
  return null
}

export function ErrorBoundary() {
  return (
    <AdminFrame locale="en">
      <AdminMenu />
      <PageError error={useRouteError()} />
    </AdminFrame>
  )
}
