// Where a creator reads an agreement and accepts or declines it, without a login and without scripts.
import './statement-page.css'
import type { InvitePageWords } from '#app/adapters/email/messages/en.ts'
import { sentence } from '#app/domain/sentence.ts'

export type InviteState = 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded'

export interface InviteProblem {
  field: 'name' | 'confirmed'
  reason: 'missing' | 'too_long' | 'malformed'
}

export interface AgreementInvitePageProps {
  /** In the creator's language, with the language's code: `voiceFor(locale)` has both. */
  words: InvitePageWords
  language: string
  shopName: string
  creatorName: string
  versionNumber: number
  termsSentences: readonly string[]
  /** Sentences that the terms accepted before did not have, and the word that marks them. */
  newTerms?: { mark: string; sentences: readonly string[] }
  /** Language of the terms: they are shown, kept as evidence and agreed in one wording. Default en. */
  termsLanguage?: string
  /** Locale in which the terms are written out; sent back as `termsLocale`, so that what was read is what is kept. */
  termsLocale?: string
  /** Hash of the terms shown; sent back as `termsHash`. */
  termsHash: string
  /** Steps of a sample sale, already written out; the result is emphasised. */
  sample: ReadonlyArray<{ label: string; amount: string; isResult?: boolean }>
  /** Already written out. */
  expiresOn: string
  state: InviteState
  problems?: readonly InviteProblem[]
  /** What was typed before it was found lacking. */
  typedName?: string
}

/** Posts `decision` accept|decline, `name`, `confirmed` "yes", `termsHash` and `termsLocale` to its own address. */
export function AgreementInvitePage(props: AgreementInvitePageProps) {
  const { words, shopName, termsLanguage = 'en' } = props
  // A link that was replaced may have gone to someone else: it says so, and neither the name nor the terms.
  if (props.state === 'superseded') {
    return (
      <main className="sheet" lang={props.language}>
        <header className="sheet-head">
          <p className="sheet-shop">{shopName}</p>
        </header>
        <Outcome {...props} />
      </main>
    )
  }
  return (
    <main className="sheet" lang={props.language}>
      <header className="sheet-head">
        <p className="sheet-shop">{shopName}</p>
        <h1>{fill(words.title, { shop: shopName })}</h1>
        <p className="soft">
          {fill(words.forCreator, { name: props.creatorName, version: props.versionNumber })}
        </p>
      </header>
      {props.state !== 'open' && <Outcome {...props} />}
      <section aria-labelledby="terms">
        <h2 id="terms">{words.terms}</h2>
        {words.termsWording && termsLanguage !== props.language ? (
          <p className="soft">{words.termsWording}</p>
        ) : null}
        <ul className="sheet-terms" lang={termsLanguage}>
          {props.termsSentences.map((term) => (
            <li key={term}>
              {props.newTerms?.sentences.includes(term) ? <b>{props.newTerms.mark}: </b> : null}
              {term}
            </li>
          ))}
        </ul>
      </section>
      <Sample {...props} />
      {props.state === 'open' && <Decision {...props} />}
    </main>
  )
}

function Outcome({ words, state, shopName, expiresOn }: AgreementInvitePageProps) {
  if (state === 'open') return null
  // Where nothing else is shown, what came of the invitation is the page's heading.
  const Heading = state === 'superseded' ? 'h1' : 'h2'
  return (
    <section className="sheet-payable" aria-labelledby="outcome">
      <Heading id="outcome">{words[`${state}Title`]}</Heading>
      <p>{fill(words[state], { shop: shopName, date: expiresOn })}</p>
    </section>
  )
}

function Sample({ words, sample }: AgreementInvitePageProps) {
  if (sample.length === 0) return null
  return (
    <section aria-labelledby="sample">
      <h2 id="sample">{words.sample}</h2>
      <table className="sheet-balance">
        <tbody>
          {sample.map((row) => (
            <tr key={row.label} className={row.isResult ? 'is-closing' : undefined}>
              <th scope="row">{row.label}</th>
              <td>{row.amount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Decision(props: AgreementInvitePageProps) {
  const { words, problems = [] } = props
  return (
    <section aria-labelledby="decide">
      <h2 id="decide">{words.decide}</h2>
      <p className="soft">{fill(words.openUntil, { date: props.expiresOn })}</p>
      {problems.length > 0 && (
        <div className="sheet-problems" role="alert">
          <b>{words.problemsTitle}</b>
          <ul>
            {problems.map((problem) => (
              <li key={problem.field}>
                <a href={`#${problem.field}`}>{problemWords(problem, words)}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {/* Declining asks for nothing, so the browser checks nothing; the answer is checked where it is stored. */}
      <form className="sheet-form" method="post" noValidate>
        <input type="hidden" name="termsHash" value={props.termsHash} />
        {props.termsLocale ? <input type="hidden" name="termsLocale" value={props.termsLocale} /> : null}
        <NameField {...props} />
        <ConsentField {...props} />
        <div className="sheet-buttons">
          <button type="submit" name="decision" value="accept">
            {words.accept}
          </button>
          <button type="submit" name="decision" value="decline" className="is-quiet">
            {words.decline}
          </button>
        </div>
        <p className="soft">{words.recorded}</p>
      </form>
    </section>
  )
}

function NameField({ words, problems, typedName }: AgreementInvitePageProps) {
  const problem = problems?.find(({ field }) => field === 'name')
  return (
    <div>
      <label htmlFor="name">{words.fullName}</label>
      <p id="name-hint" className="soft">
        {words.fullNameHint}
      </p>
      <input
        id="name"
        name="name"
        type="text"
        autoComplete="name"
        maxLength={120}
        defaultValue={typedName}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? 'name-problem name-hint' : 'name-hint'}
      />
      {problem && (
        <p id="name-problem" className="sheet-problem">
          {problemWords(problem, words)}
        </p>
      )}
    </div>
  )
}

function ConsentField({ words, problems }: AgreementInvitePageProps) {
  const problem = problems?.find(({ field }) => field === 'confirmed')
  return (
    <div>
      <label className="sheet-consent" htmlFor="confirmed">
        <input
          id="confirmed"
          name="confirmed"
          type="checkbox"
          value="yes"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? 'confirmed-problem' : undefined}
        />
        <span>{words.consent}</span>
      </label>
      {problem && (
        <p id="confirmed-problem" className="sheet-problem">
          {problemWords(problem, words)}
        </p>
      )}
    </div>
  )
}

function problemWords(problem: InviteProblem, words: InvitePageWords): string {
  if (problem.field === 'confirmed') return words.consentMissing
  return problem.reason === 'too_long' ? words.nameTooLong : words.nameMissing
}

function fill(pattern: string, params: Record<string, string | number>): string {
  return sentence(pattern, pattern, params).text
}
