import './fact-list.css'
import type { ReactNode } from 'react'

export interface Fact {
  label: string
  value: ReactNode
}

export interface FactListProps {
  facts: Fact[]
  /** Long values: fewer and broader columns. */
  broad?: boolean
}

/** Labelled facts in columns that fold on a phone. Facts without a value are left out. */
export function FactList({ facts, broad = false }: FactListProps) {
  return (
    <dl className={broad ? 'fil-facts fil-facts--broad' : 'fil-facts'}>
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
