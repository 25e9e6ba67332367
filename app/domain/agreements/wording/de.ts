import type { TermsWording } from './en.ts'

export const de: TermsWording = {
  'terms.get.promoter': 'Sie erhalten {share} vom Nettowert jedes Verkaufs, den Sie vermitteln.',
  'terms.get.promoter.tiers':
    'Sie erhalten einen Anteil am Nettowert jedes Verkaufs, den Sie vermitteln. Er beginnt bei {share}.',
  'terms.get.design_owner':
    'Sie erhalten {share} vom Nettowert jedes Verkaufs Ihrer Entwürfe, gleich wer ihn vermittelt.',
  'terms.get.design_owner.tiers':
    'Sie erhalten einen Anteil am Nettowert jedes Verkaufs Ihrer Entwürfe, gleich wer ihn vermittelt. Er beginnt bei {share}.',

  'terms.tiers.window.agreement':
    'Ihr Anteil richtet sich nach dem, was verkauft wird, gezählt über die ganze Dauer dieser Vereinbarung.',
  'terms.tiers.window.product':
    'Ihr Anteil richtet sich nach dem, was verkauft wird, für jedes Produkt einzeln gezählt.',
  'terms.tiers.window.drop':
    'Ihr Anteil richtet sich nach dem, was verkauft wird, für jeden Drop einzeln gezählt. Verkäufe außerhalb eines Drops bringen den Anteil, mit dem Sie beginnen.',
  'terms.tiers.window.month':
    'Ihr Anteil richtet sich nach dem, was verkauft wird, für jeden Kalendermonat neu gezählt.',
  'terms.tiers.window.quarter':
    'Ihr Anteil richtet sich nach dem, was verkauft wird, für jedes Kalenderquartal neu gezählt.',
  'terms.tiers.counts.net':
    'Es zählt der Nettowert der Verkäufe. Was zurückgegeben wird, zählt, als wäre es nie verkauft worden.',
  'terms.tiers.counts.units':
    'Es zählt die Zahl der verkauften Stücke. Was zurückgegeben wird, zählt, als wäre es nie verkauft worden.',
  'terms.tiers.net.first': 'Bis zu einem Nettowert von {to} erhalten Sie {share}.',
  'terms.tiers.net.between': 'Für den Teil über {from} und bis {to} erhalten Sie {share}.',
  'terms.tiers.net.above': 'Für den Teil über {from} erhalten Sie {share}.',
  'terms.tiers.units.first': {
    one: 'Für das erste Stück erhalten Sie {share}.',
    other: 'Für die ersten {count} Stücke erhalten Sie {share}.',
  },
  'terms.tiers.units.between': 'Für die Stücke danach, bis insgesamt {to}, erhalten Sie {share}.',
  'terms.tiers.units.above': {
    one: 'Für jedes Stück nach dem ersten erhalten Sie {share}.',
    other: 'Für jedes Stück nach den ersten {count} erhalten Sie {share}.',
  },
  'terms.tiers.whole.net':
    'Sobald ein Nettowert von {from} erreicht ist, erhalten Sie {share} von allem, was gezählt wird, vom ersten Verkauf an.',
  'terms.tiers.whole.units': {
    one: 'Sobald ein Stück verkauft ist, erhalten Sie {share} von allem, was gezählt wird, vom ersten Verkauf an.',
    other:
      'Sobald {count} Stücke verkauft sind, erhalten Sie {share} von allem, was gezählt wird, vom ersten Verkauf an.',
  },
  'terms.tiers.paid':
    'Was die Stufen zusätzlich bringen, wird nach dem Monat des Verkaufs berechnet; die Wartezeit dafür beginnt am Ende dieses Monats.',

  'terms.on.everything.promoter':
    'Das gilt für jedes Produkt, das mit Ihrem Code oder über Ihren Link gekauft wird.',
  'terms.on.everything.design_owner': 'Das gilt für jedes Produkt.',
  'terms.on.products.promoter':
    'Das gilt für diese Produkte, wenn sie mit Ihrem Code oder über Ihren Link gekauft werden: {list}.',
  'terms.on.products.design_owner': 'Das gilt für diese Produkte: {list}.',
  'terms.on.collections.promoter':
    'Das gilt für die Produkte dieser Kollektionen, wenn sie mit Ihrem Code oder über Ihren Link gekauft werden: {list}.',
  'terms.on.collections.design_owner': 'Das gilt für die Produkte dieser Kollektionen: {list}.',

  'terms.net':
    'Netto ist, was Käufer nach Rabatten für die Artikel bezahlt haben, ohne Steuern, Versand, Trinkgelder, Geschenkkarten, Zölle und Gebühren, abzüglich Rückgaben.',
  'terms.fee': 'Davon werden fest {fee} für Zahlungskosten abgezogen, bevor Ihr Anteil berechnet wird.',
  'terms.returns':
    'Gibt ein Käufer etwas zurück, wird Ihr Teil daran mit demselben Anteil zurückgenommen: Nach vollständiger Rückgabe bleibt genau null. Erstattungen aus Kulanz, die zu keinem Artikel gehören, trägt der Shop.',
  'terms.shared':
    'Verdienen mehrere Kreative am selben Stück, darf der Shop begrenzen, was alle zusammen erhalten; jeder Anteil wird dann im Verhältnis gekürzt.',

  'terms.subscription': {
    one: 'Für ein Abonnement, das Sie vermitteln, erhalten Sie Ihren Anteil auch an der ersten Verlängerung.',
    other:
      'Für ein Abonnement, das Sie vermitteln, erhalten Sie Ihren Anteil auch an den ersten {count} Verlängerungen.',
  },
  'terms.subscription.decay': {
    one: 'Für ein Abonnement, das Sie vermitteln, erhalten Sie Ihren Anteil auch an der ersten Verlängerung, um {decay} seiner Höhe gekürzt.',
    other:
      'Für ein Abonnement, das Sie vermitteln, erhalten Sie Ihren Anteil auch an den ersten {count} Verlängerungen, jedes Mal um {decay} des vorigen Anteils gekürzt.',
  },
  'terms.retention.fixed': {
    one: 'Bestellt eine Kundin oder ein Kunde, die Sie vermittelt haben, binnen eines Tages erneut und für mindestens {minimum} netto, erhalten Sie einen Bonus von {amount}, einmal je Kundin oder Kunde.',
    other:
      'Bestellt eine Kundin oder ein Kunde, die Sie vermittelt haben, binnen {count} Tagen erneut und für mindestens {minimum} netto, erhalten Sie einen Bonus von {amount}, einmal je Kundin oder Kunde.',
  },
  'terms.retention.share': {
    one: 'Bestellt eine Kundin oder ein Kunde, die Sie vermittelt haben, binnen eines Tages erneut und für mindestens {minimum} netto, erhalten Sie einen Bonus von {share} vom Nettowert dieser Bestellung, einmal je Kundin oder Kunde.',
    other:
      'Bestellt eine Kundin oder ein Kunde, die Sie vermittelt haben, binnen {count} Tagen erneut und für mindestens {minimum} netto, erhalten Sie einen Bonus von {share} vom Nettowert dieser Bestellung, einmal je Kundin oder Kunde.',
  },
  'terms.retention.share.any': {
    one: 'Bestellt eine Kundin oder ein Kunde, die Sie vermittelt haben, binnen eines Tages erneut, erhalten Sie einen Bonus von {share} vom Nettowert dieser Bestellung, einmal je Kundin oder Kunde.',
    other:
      'Bestellt eine Kundin oder ein Kunde, die Sie vermittelt haben, binnen {count} Tagen erneut, erhalten Sie einen Bonus von {share} vom Nettowert dieser Bestellung, einmal je Kundin oder Kunde.',
  },
  'terms.retention.returns':
    'Wird von dieser Bestellung so viel zurückgegeben, dass sie den Bonus nicht eingebracht hätte, wird er zurückgenommen.',
  'terms.guarantee.month':
    'Für jeden Kalendermonat sind Ihnen {amount} garantiert, für angebrochene Monate anteilig: Haben Sie weniger verdient, zahlt der Shop nach Monatsende die Differenz.',
  'terms.guarantee.quarter':
    'Für jedes Kalenderquartal sind Ihnen {amount} garantiert, für angebrochene Quartale anteilig: Haben Sie weniger verdient, zahlt der Shop nach Quartalsende die Differenz.',
  'terms.guarantee.running':
    'Verdienst und Garantie werden fortlaufend zusammengezählt: Was Sie später über die Garantie hinaus verdienen, wird mit dem verrechnet, was zuvor ergänzt wurde.',
  'terms.guarantee.agreement':
    'Für die ganze Dauer dieser Vereinbarung sind Ihnen {amount} garantiert: Verdienen Sie weniger, zahlt der Shop nach ihrem letzten Tag die Differenz.',
  'terms.guarantee.restock': {
    one: 'Ihnen sind {amount} garantiert, wenn bis zum {date} ein Stück hiervon nachgelegt wird: {list}.',
    other:
      'Ihnen sind {amount} für jedes Stück garantiert, das bis zum {date} hiervon nachgelegt wird, für bis zu {count} Stücke: {list}.',
  },
  'terms.guarantee.higher':
    'Sie erhalten den höheren Betrag aus dem, was Sie mit diesen Stücken verdient haben, und dem, was garantiert ist, nicht beides. Ein Stück gilt als nachgelegt, wenn die Bestandsaufzeichnungen des Shops es zeigen.',

  'terms.paid.monthly':
    'Sie erhalten nach jedem Monatsende eine Abrechnung. Die Beträge lauten auf {currency}.',
  'terms.paid.quarterly':
    'Sie erhalten nach jedem Quartalsende eine Abrechnung. Die Beträge lauten auf {currency}.',
  'terms.hold.none': 'Was Sie verdienen, wird sofort auszahlbar.',
  'terms.hold': {
    one: 'Was Sie verdienen, wird einen Tag nach dem Verkauf auszahlbar.',
    other:
      'Was Sie verdienen, wird {count} Tage nach dem Verkauf auszahlbar, wenn keine Rückgaben mehr zu erwarten sind.',
  },
  'terms.reserve': {
    one: 'Davon werden {share} für späte Rückgaben noch einen Tag einbehalten und danach auszahlbar.',
    other: 'Davon werden {share} für späte Rückgaben noch {count} Tage einbehalten und danach auszahlbar.',
  },
  'terms.minimum.none': 'Es gibt keinen Mindestbetrag: Was auszahlbar ist, wird ausgezahlt.',
  'terms.minimum': 'Ausgezahlt wird ab {amount}; weniger wird auf die nächste Abrechnung übertragen.',
  'terms.duration.open':
    'Die Vereinbarung beginnt am {start} und läuft, bis eine Seite sie beendet. Frühere Verkäufe behalten ihre Bedingungen.',
  'terms.duration':
    'Die Vereinbarung läuft vom {start} bis zum {end}, beide Tage eingeschlossen. Verkäufe in dieser Zeit behalten diese Bedingungen.',
  'terms.mark.new': 'Neu',
  'terms.retroactive':
    'Diese Bedingungen gelten auch für Verkäufe seit dem {start}, die vor Ihrer Annahme stattfanden. Was für sie gebucht wurde, wird neu berechnet, und die Differenz wird gutgeschrieben oder abgezogen.',
}
