import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { readForm } from '../read-form.server.ts'
import { webServices } from '../web-services.server.ts'
import loginStyles from './login.css?url'

export const links = () => [{ rel: 'stylesheet', href: loginStyles }]
export const meta: MetaFunction = () => [{ title: 'Open Filigree' }]

/** A shop in the address leads to Shopify at once. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await webServices().shopify.login(request)
  return { problem: shop ?? null }
}

export async function action({ request }: ActionFunctionArgs) {
  // Shopify's library reads the form itself and takes every body for one.
  await readForm(request.clone())
  const { shop } = await webServices().shopify.login(request)
  return { problem: shop ?? null }
}

const PROBLEMS: Record<string, string> = {
  MISSING_SHOP: 'Type the name of your shop.',
  INVALID_SHOP: 'This is no shop address. It looks like your-shop.myshopify.com.',
}

export default function LoginPage() {
  const problem = useActionData<typeof action>()?.problem
  return (
    <main className="login">
      <h1>Filigree</h1>
      <p>Filigree lives in your Shopify admin. Say which shop is yours, and Shopify opens it there.</p>
      <Form method="post">
        <label htmlFor="shop">Shop address</label>
        <input
          id="shop"
          name="shop"
          type="text"
          placeholder="your-shop.myshopify.com"
          autoComplete="url"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? 'shop-problem' : undefined}
        />
        {problem ? (
          <p id="shop-problem" className="login-problem" role="alert">
            {PROBLEMS[problem] ?? PROBLEMS.INVALID_SHOP}
          </p>
        ) : null}
        <button type="submit">Open in Shopify</button>
      </Form>
    </main>
  )
}
