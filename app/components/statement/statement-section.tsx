import type { FactSection } from '#app/adapters/email/presentation/section-facts.ts'

/** One section after the lines: what moved, what adds up, what is said about it. */
export function StatementSection({ section }: { section: FactSection }) {
  const id = `section-${section.key}`
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{section.title}</h2>
      {section.items.length > 0 && (
        <ul className="sheet-moves">
          {section.items.map((item) => (
            <li key={item.key}>
              <span className="soft">{item.date}</span>
              <span>
                {item.text}
                {item.detail ? <small className="soft"> {item.detail}</small> : null}
              </span>
              <b>{item.amount}</b>
            </li>
          ))}
        </ul>
      )}
      {section.rows.length > 0 && (
        <table className="sheet-balance">
          <tbody>
            {section.rows.map((row) => (
              <tr key={row.key} className={row.isTotal ? 'is-closing' : undefined}>
                <th scope="row">{row.label}</th>
                <td>{row.amount}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {section.notes.map((note) => (
        <p key={note} className="soft">
          {note}
        </p>
      ))}
    </section>
  )
}
