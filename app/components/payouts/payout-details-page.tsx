import {
  METHOD_KINDS,
  type MethodField,
  type MethodInput,
  type MethodKind,
  type MethodProblem,
} from '#app/domain/payouts/method-details.ts'
import type { PayoutDetailsView } from '#app/features/payouts/payout-details-link.server.ts'
import type { DetailsWords } from './payout-details-words.ts'

export interface PayoutDetailsPageProps {
  words: DetailsWords
  view: PayoutDetailsView
  kind: MethodKind
  values: MethodInput
  problems: readonly MethodProblem[]
}

const FIELDS: Record<MethodKind, ReadonlyArray<Exclude<MethodField, 'kind' | 'currency'>>> = {
  sepa: ['holder', 'iban', 'bic', 'street', 'building', 'postCode', 'town', 'country'],
  paypal: ['email'],
  wise: ['holder', 'email'],
  other: ['instructions'],
}

/** Plain HTML, no script: each way of being paid is a page of its own. */
export function PayoutDetailsPage({ words, view, kind, values, problems }: PayoutDetailsPageProps) {
  const kinds = METHOD_KINDS.filter((known) => known !== 'sepa' || view.shop.currency === 'EUR')
  return (
    <main className="sheet">
      <header className="sheet-head">
        <p className="sheet-shop">{view.shop.name}</p>
        <h1>{words.title}</h1>
        <p>{words.intro.replace('{name}', view.creatorName)}</p>
        {view.current ? (
          <p className="soft">
            {words.current.replace(
              '{method}',
              `${words.kinds[view.current.kind as MethodKind] ?? ''} ${view.current.ending}`,
            )}
          </p>
        ) : null}
      </header>
      <section aria-labelledby="how">
        <h2 id="how">{words.how}</h2>
        <ul className="sheet-terms">
          {kinds.map((known) => (
            <li key={known}>
              {known === kind ? (
                <b>{words.kinds[known]}</b>
              ) : (
                <a href={`?kind=${known}`}>{words.kinds[known]}</a>
              )}
            </li>
          ))}
        </ul>
        {problems.length > 0 ? (
          <div className="sheet-problems" role="alert">
            <b>{words.check}</b>
            <ul>
              {problems.map(({ field, reason }) => (
                <li key={field}>
                  <a
                    href={`#${field}`}
                  >{`${wordsOf(words.fields, field)}: ${problemWords(words, reason)}`}</a>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        <form className="sheet-form" method="post" noValidate autoComplete="off">
          <input type="hidden" name="formId" value={view.formId} />
          <input type="hidden" name="kind" value={kind} />
          {FIELDS[kind].map((field) => (
            <Field key={field} field={field} words={words} value={values[field] ?? ''} problems={problems} />
          ))}
          <p className="soft">{kind === 'sepa' ? words.address : ''}</p>
          <div className="sheet-buttons">
            <button type="submit">{words.save}</button>
          </div>
          <p className="soft">{words.told}</p>
        </form>
      </section>
    </main>
  )
}

function Field({
  field,
  words,
  value,
  problems,
}: {
  field: MethodField
  words: DetailsWords
  value: string
  problems: readonly MethodProblem[]
}) {
  const problem = problems.find((one) => one.field === field)
  return (
    <div>
      <label htmlFor={field}>{wordsOf(words.fields, field)}</label>
      <input
        id={field}
        name={field}
        type="text"
        inputMode={field === 'email' ? 'email' : 'text'}
        maxLength={field === 'instructions' ? 500 : 140}
        defaultValue={value}
        autoComplete="off"
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${field}-problem` : undefined}
      />
      {problem ? (
        <p id={`${field}-problem`} className="sheet-problem">
          {problemWords(words, problem.reason)}
        </p>
      ) : null}
    </div>
  )
}

function wordsOf(fields: Readonly<Record<string, string>>, field: string): string {
  return fields[field] ?? field
}

function problemWords(words: DetailsWords, reason: string): string {
  const known: Readonly<Record<string, string>> = words.problems
  return known[reason.startsWith('iban_') ? 'iban' : reason] ?? words.problems.other
}
