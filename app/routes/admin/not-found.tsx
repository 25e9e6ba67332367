import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireShop } from './require-shop.server.ts'

/** Who asks is checked first: a stranger learns nothing about which addresses there are. */
export async function loader({ request }: LoaderFunctionArgs) {
  await requireShop(request)
  throw new Response('Not Found', { status: 404 })
}

export default function NotFoundPage() {
  return null
}
