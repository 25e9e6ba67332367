import { Text, View } from '@react-pdf/renderer'
import type { StatementFacts } from '../presentation/statement-facts.ts'
import { style } from './pdf-style.ts'

/** What is payable and why not more, beside the sum that leads there. */
export function BalanceBox({ facts }: { facts: StatementFacts }) {
  const { words } = facts
  return (
    <View style={style.box} wrap={false}>
      <View style={style.boxLeft}>
        <Text style={style.label}>{words.payableNow}</Text>
        <Text style={style.boxFigure}>{facts.payable}</Text>
        {facts.carrySentences.map((sentence) => (
          <Text key={sentence} style={{ ...style.note, marginBottom: 3 }}>
            {sentence}
          </Text>
        ))}
        <Maturities facts={facts} />
      </View>
      <View style={style.boxRight}>
        {facts.balance.map((row) => (
          <BalanceRow key={row.key} label={row.label} amount={row.amount} isClosing={row.key === 'closing'} />
        ))}
        <BalanceRow label={words.payableNow} amount={facts.payable} isPart />
        {facts.carried.map((part) => (
          <BalanceRow key={part.key} label={part.label} amount={part.amount} isPart />
        ))}
      </View>
    </View>
  )
}

interface BalanceRowProps {
  label: string
  amount: string
  isClosing?: boolean
  /** Of the closing balance. */
  isPart?: boolean
}

function BalanceRow({ label, amount, isClosing, isPart }: BalanceRowProps) {
  const tone = isPart ? style.note : isClosing ? style.strong : {}
  return (
    <View style={{ ...style.balanceRow, ...(isClosing ? style.closingRow : {}) }}>
      <Text style={{ ...tone, flexShrink: 1, paddingRight: 12 }}>{label}</Text>
      <Text style={{ ...tone, flexShrink: 0 }}>{amount}</Text>
    </View>
  )
}

function Maturities({ facts }: { facts: StatementFacts }) {
  if (facts.maturities.length === 0) return null
  return (
    <View style={{ marginTop: 6 }}>
      <Text style={style.label}>{facts.words.becomesPayable}:</Text>
      {facts.maturities.map((maturity) => (
        <Text key={maturity.on} style={style.note}>
          {maturity.sentence}
        </Text>
      ))}
    </View>
  )
}
