import type { FactSection } from '../presentation/section-facts.ts'
import { cell, light, text } from './mail-style.ts'

/** One section after the lines: what moved, what adds up, what is said about it. */
export function MailSection({ section }: { section: FactSection }) {
  return (
    <>
      <h2 className="m-ink" style={text.section}>
        {section.title}
      </h2>
      {section.items.length + section.rows.length > 0 && (
        <table className="m-figures" width="100%" cellPadding={0} cellSpacing={0} border={0}>
          <tbody>
            {section.items.map((item) => (
              <MailAmount
                key={item.key}
                label={item.text}
                detail={[item.date, item.detail].filter(Boolean).join(' · ')}
                amount={item.amount}
              />
            ))}
            {section.rows.map((row) => (
              <MailAmount key={row.key} label={row.label} amount={row.amount} strong={row.isTotal} />
            ))}
          </tbody>
        </table>
      )}
      {section.notes.map((note) => (
        <p key={note} className="m-soft" style={{ ...text.small, margin: '8px 0 0' }}>
          {note}
        </p>
      ))}
    </>
  )
}

interface MailAmountProps {
  label: string
  detail?: string
  amount: string
  strong?: boolean
}

export function MailAmount({ label, detail, amount, strong }: MailAmountProps) {
  const style = { ...cell, color: light.ink, fontWeight: strong ? 700 : 400 }
  return (
    <tr>
      <th className="m-ink m-line" scope="row" align="left" style={style}>
        {label}
        {detail ? (
          <>
            <br />
            <span className="m-soft" style={{ fontSize: '13px', lineHeight: '19px', color: light.soft }}>
              {detail}
            </span>
          </>
        ) : null}
      </th>
      <td
        className="m-ink m-line"
        align="right"
        valign="top"
        style={{ ...style, paddingLeft: '16px', whiteSpace: 'nowrap' }}
      >
        {amount}
      </td>
    </tr>
  )
}
