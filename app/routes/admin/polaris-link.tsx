// Polaris' links by the app's own router; addresses outside open in a tab of their own.
import { Link } from '@remix-run/react'
import type { ComponentProps } from 'react'

interface PolarisLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'ref'> {
  url?: string
  external?: boolean
}

export function PolarisLink({ url = '', external, children, ...rest }: PolarisLinkProps) {
  if (external || /^[a-z]+:/i.test(url)) {
    return (
      <a {...rest} href={url} target={rest.target ?? '_blank'} rel="noopener noreferrer">
        {children}
      </a>
    )
  }
  return (
    <Link {...rest} to={url} prefetch="intent">
      {children}
    </Link>
  )
}
