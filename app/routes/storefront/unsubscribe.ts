// /s/restocks/:token. GET asks with one button, since mail scanners follow links; POST unsubscribes: the button, and a mail client's
// one click (RFC 8058). A route without a component: its whole document comes from here.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { readUnsubscribeLink, unsubscribe } from '#app/features/signups/unsubscribe.server.ts'
import { webServices } from '../web-services.server.ts'
import { renderUnsubscribePage } from './unsubscribe-page.server.tsx'

export async function loader({ params }: LoaderFunctionArgs): Promise<Response> {
  return renderUnsubscribePage(await readUnsubscribeLink(webServices().services, params.token ?? ''))
}

export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  if (request.method !== 'POST')
    return new Response(null, { status: 405, headers: { allow: 'GET, POST', 'cache-control': 'no-store' } })
  return renderUnsubscribePage(await unsubscribe(webServices().services, params.token ?? ''))
}
