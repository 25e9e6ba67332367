import './statement-page.css'
import type { Messages } from '#app/adapters/email/messages/en.ts'

export interface VerifyPageProps {
  words: Messages['verifyPage']
  language: string
  typed: { shop: string; number: string; code: string }
  /** Null before anything was asked. */
  answer:
    | { kind: 'authentic'; number: string; period: string; closing: string }
    | { kind: 'not' }
    | { kind: 'busy' }
    | null
}

/** Says whether a printed statement is the one that was issued, and nothing about people. */
export function VerifyPage({ words, language, typed, answer }: VerifyPageProps) {
  return (
    <main className="sheet" lang={language}>
      <header className="sheet-head">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </header>
      {answer && <Answer words={words} answer={answer} />}
      <section>
        <form className="sheet-form" method="get">
          <Field name="shop" label={words.shop} value={typed.shop} maxLength={80} />
          <Field name="number" label={words.number} value={typed.number} maxLength={80} />
          <Field name="code" label={words.code} value={typed.code} maxLength={40} />
          <div className="sheet-buttons">
            <button type="submit">{words.check}</button>
          </div>
        </form>
      </section>
    </main>
  )
}

function Answer({
  words,
  answer,
}: {
  words: VerifyPageProps['words']
  answer: NonNullable<VerifyPageProps['answer']>
}) {
  if (answer.kind !== 'authentic') {
    return (
      <section className="sheet-payable" role="status">
        <h2>{answer.kind === 'busy' ? words.busyTitle : words.notTitle}</h2>
        <p>{answer.kind === 'busy' ? words.busy : words.not}</p>
      </section>
    )
  }
  return (
    <section className="sheet-payable" role="status">
      <h2>{words.authenticTitle}</h2>
      <p>{words.authentic}</p>
      <table className="sheet-balance">
        <tbody>
          <tr>
            <th scope="row">{words.number}</th>
            <td>{answer.number}</td>
          </tr>
          <tr>
            <th scope="row">{words.period}</th>
            <td>{answer.period}</td>
          </tr>
          <tr>
            <th scope="row">{words.closing}</th>
            <td>{answer.closing}</td>
          </tr>
        </tbody>
      </table>
      <p className="soft">{words.compare}</p>
    </section>
  )
}

interface FieldProps {
  name: string
  label: string
  value: string
  maxLength: number
}

function Field({ name, label, value, maxLength }: FieldProps) {
  return (
    <div>
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="text"
        required
        maxLength={maxLength}
        defaultValue={value}
        autoComplete="off"
      />
    </div>
  )
}
