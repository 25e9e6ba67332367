import type { Messages } from '#app/adapters/email/messages/en.ts'

export interface AskedQuestion {
  id: string
  line: string
  question: string
  /** Where it stands, in words. */
  state: string
  answer: string | null
}

export interface QuestionFormProps {
  words: Messages['questionPage']
  /** What asking means and when an answer comes. */
  lead: string
  /** What may be asked about, with its amount; the whole statement last. */
  lines: Array<{ key: string; label: string }>
  asked: AskedQuestion[]
  /** Date by which an answer would come; null when the time for questions is over. */
  answerBy: string | null
  closedNote: string
  /** A refusal of what was sent just now, in words, with what was typed. */
  problem: { text: string; key: string; question: string } | null
  wasSent: boolean
}

/** Ask about a line, and read what was answered. Works without scripts. */
export function QuestionForm(props: QuestionFormProps) {
  const { words, asked } = props
  return (
    <section aria-labelledby="ask" id="questions">
      <h2 id="ask">{words.title}</h2>
      {props.wasSent && (
        <p role="status">
          <b>{words.received}</b>
        </p>
      )}
      {asked.length > 0 && (
        <>
          <h3>{words.asked}</h3>
          <ul className="sheet-questions">
            {asked.map((question) => (
              <li key={question.id}>
                <span className="soft">
                  {question.line} · {question.state}
                </span>
                <p>{question.question}</p>
                {question.answer ? <blockquote>{question.answer}</blockquote> : null}
              </li>
            ))}
          </ul>
        </>
      )}
      {props.answerBy === null ? <p className="soft">{props.closedNote}</p> : <Ask {...props} />}
    </section>
  )
}

function Ask({ words, lead, lines, problem }: QuestionFormProps) {
  return (
    <form className="sheet-form" method="post" action="#questions">
      <p>{lead}</p>
      {problem && (
        <div className="sheet-problems" role="alert">
          <b id="question-problem">{problem.text}</b>
        </div>
      )}
      <input type="hidden" name="intent" value="ask" />
      <div>
        <label htmlFor="line">{words.which}</label>
        <select id="line" name="line" defaultValue={problem?.key}>
          {lines.map((line) => (
            <option key={line.key} value={line.key}>
              {line.label}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="question">{words.question}</label>
        <textarea
          id="question"
          name="question"
          rows={4}
          maxLength={2000}
          required
          defaultValue={problem?.question}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? 'question-problem' : undefined}
        />
      </div>
      <div className="sheet-buttons">
        <button type="submit">{words.send}</button>
      </div>
    </form>
  )
}

/** Acceptance of a self-billed statement: a button, or when it was accepted. */
export function AcceptForm({
  words,
  accepted,
}: {
  words: Messages['questionPage']
  accepted: string | null
}) {
  if (accepted !== null) return <p className="sheet-accepted">{accepted}</p>
  return (
    <form className="sheet-form" method="post">
      <input type="hidden" name="intent" value="accept" />
      <div className="sheet-buttons">
        <button type="submit">{words.accept}</button>
      </div>
    </form>
  )
}
