// The bare address: from Shopify it leads into the app, from anywhere else to where one says which shop one means.
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams, search } = new URL(request.url)
  return redirect(searchParams.has('shop') ? `/app${search}` : '/auth/login')
}
