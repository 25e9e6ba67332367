import './fact-list.css'
import type { ReactNode } from 'react'

export interface Fact {
  label: string
  value: ReactNode
}

/** Labelled facts in columns that fold on a phone. Facts without a value are left out. */
export function FactList({ facts }: { facts: Fact[] }) {
  return (
    <dl className="fil-facts">
      {facts
        .filter(({ value }) => value !== null && value !== undefined && value !== '')
        .map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
