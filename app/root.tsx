import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { webServices } from './routes/web-services.server.ts'

export const meta: MetaFunction = () => [{ title: 'Filigree' }]
export const links: LinksFunction = () => [{ rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' }]

export function loader({ request }: LoaderFunctionArgs) {
  const { shopify } = webServices()
  const isEmbedded = /^\/app(\/|\.data$|$)/.test(new URL(request.url).pathname)
  return { bridge: isEmbedded ? { url: shopify.appBridgeUrl, apiKey: shopify.apiKey } : null }
}

/** Nothing in it changes while a page is open. */
export const shouldRevalidate = () => false

export function Layout({ children }: { children: ReactNode }) {
  const bridge = useRouteLoaderData<typeof loader>('root')?.bridge
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        {/* App Bridge must run before every other script. */}
        {bridge ? (
          <>
            <meta name="shopify-api-key" content={bridge.apiKey} />
            <script src={bridge.url} />
          </>
        ) : null}
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  const status = isRouteErrorResponse(error) ? error.status : 500
  // Texts of our own refusals; Remix's words for a missing route are for engineers.
  const said = isRouteErrorResponse(error) && typeof error.data === 'string' ? error.data : ''
  const text = said.startsWith('Error:') ? '' : said
  return (
    <main
      style={{
        maxWidth: '32rem',
        margin: '15vh auto 0',
        padding: '0 1.25rem',
        font: '1rem/1.5 system-ui, sans-serif',
      }}
    >
      <h1 style={{ fontSize: '1.25rem' }}>
        {status === 404 ? 'There is nothing at this address' : 'Something went wrong'}
      </h1>
      <p>
        {text ||
          (status === 404 ? 'Check the address, or go back.' : 'Nothing was lost. Try again in a moment.')}
      </p>
    </main>
  )
}
