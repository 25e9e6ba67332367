import type { TermsWording } from './en.ts'

// Figures stand without article: "il" or "l’" would hang on the number that follows.
export const it: TermsWording = {
  'terms.get.promoter': 'Lei riceve una quota pari a {share} del valore netto di ogni vendita che procura.',
  'terms.get.promoter.tiers':
    'Lei riceve una quota del valore netto di ogni vendita che procura. La quota iniziale è pari a {share}.',
  'terms.get.design_owner':
    'Lei riceve una quota pari a {share} del valore netto di ogni vendita dei suoi disegni, chiunque la procuri.',
  'terms.get.design_owner.tiers':
    'Lei riceve una quota del valore netto di ogni vendita dei suoi disegni, chiunque la procuri. La quota iniziale è pari a {share}.',

  'terms.tiers.window.agreement':
    'La sua quota dipende da quanto si vende, contato per tutta la durata di questo accordo.',
  'terms.tiers.window.product':
    'La sua quota dipende da quanto si vende, contato separatamente per ogni prodotto.',
  'terms.tiers.window.drop':
    'La sua quota dipende da quanto si vende, contato separatamente per ogni drop. Le vendite fuori da un drop rendono la quota iniziale.',
  'terms.tiers.window.month':
    'La sua quota dipende da quanto si vende, contato di nuovo per ogni mese solare.',
  'terms.tiers.window.quarter':
    'La sua quota dipende da quanto si vende, contato di nuovo per ogni trimestre solare.',
  'terms.tiers.counts.net':
    'Conta il valore netto delle vendite. Ciò che viene reso conta come se non fosse mai stato venduto.',
  'terms.tiers.counts.units':
    'Conta il numero di pezzi venduti. Ciò che viene reso conta come se non fosse mai stato venduto.',
  'terms.tiers.net.first': 'Fino a un valore netto di {to} lei riceve una quota pari a {share}.',
  'terms.tiers.net.between': 'Per la parte oltre {from} e fino a {to} lei riceve una quota pari a {share}.',
  'terms.tiers.net.above': 'Per la parte oltre {from} lei riceve una quota pari a {share}.',
  'terms.tiers.units.first': {
    one: 'Per il primo pezzo lei riceve una quota pari a {share}.',
    other: 'Per i primi {count} pezzi lei riceve una quota pari a {share}.',
  },
  'terms.tiers.units.between':
    'Per i pezzi successivi, fino a {to} in tutto, lei riceve una quota pari a {share}.',
  'terms.tiers.units.above': {
    one: 'Per ogni pezzo dopo il primo lei riceve una quota pari a {share}.',
    other: 'Per ogni pezzo dopo i primi {count} lei riceve una quota pari a {share}.',
  },
  'terms.tiers.whole.net':
    'Quando si raggiunge un valore netto di {from}, lei riceve una quota pari a {share} di tutto ciò che si conta, dalla prima vendita in poi.',
  'terms.tiers.whole.units': {
    one: 'Quando è venduto un pezzo, lei riceve una quota pari a {share} di tutto ciò che si conta, dalla prima vendita in poi.',
    other:
      'Quando sono venduti {count} pezzi, lei riceve una quota pari a {share} di tutto ciò che si conta, dalla prima vendita in poi.',
  },
  'terms.tiers.paid':
    'Ciò che gli scaglioni aggiungono si calcola per mese di vendita e la sua attesa comincia alla fine di quel mese.',

  'terms.on.everything.promoter': 'Vale per ogni prodotto acquistato con il suo codice o dal suo link.',
  'terms.on.everything.design_owner': 'Vale per ogni prodotto.',
  'terms.on.products.promoter':
    'Vale per questi prodotti acquistati con il suo codice o dal suo link: {list}.',
  'terms.on.products.design_owner': 'Vale per questi prodotti: {list}.',
  'terms.on.collections.promoter':
    'Vale per i prodotti di queste collezioni acquistati con il suo codice o dal suo link: {list}.',
  'terms.on.collections.design_owner': 'Vale per i prodotti di queste collezioni: {list}.',

  'terms.net':
    'Il netto è quanto gli acquirenti hanno pagato per gli articoli dopo gli sconti, senza imposte, spedizione, mance, buoni regalo, dazi e commissioni, meno i resi.',
  'terms.fee':
    'Prima di calcolare la sua quota se ne detrae una parte fissa pari a {fee} per i costi di pagamento.',
  'terms.returns':
    'Quando un acquirente rende qualcosa, la sua parte viene ripresa alla stessa quota: dopo un reso completo resta esattamente zero. I rimborsi di cortesia che non riguardano alcun articolo sono a carico del negozio.',
  'terms.shared':
    'Quando più creativi guadagnano sullo stesso pezzo, il negozio può limitare quanto ricevono tutti insieme; ogni quota è allora ridotta in proporzione.',

  'terms.subscription': {
    one: 'Per un abbonamento che lei procura riceve la sua quota anche sul primo rinnovo.',
    other: 'Per un abbonamento che lei procura riceve la sua quota anche sui primi {count} rinnovi.',
  },
  'terms.subscription.decay': {
    one: 'Per un abbonamento che lei procura riceve la sua quota anche sul primo rinnovo, ridotta in misura pari a {decay} del suo livello.',
    other:
      'Per un abbonamento che lei procura riceve la sua quota anche sui primi {count} rinnovi, ogni volta ridotta in misura pari a {decay} della quota precedente.',
  },
  'terms.retention.fixed': {
    one: 'Quando un cliente che lei ha procurato ordina di nuovo entro un giorno, per almeno {minimum} netti, lei riceve un premio di {amount}, una sola volta per cliente.',
    other:
      'Quando un cliente che lei ha procurato ordina di nuovo entro {count} giorni, per almeno {minimum} netti, lei riceve un premio di {amount}, una sola volta per cliente.',
  },
  'terms.retention.share': {
    one: 'Quando un cliente che lei ha procurato ordina di nuovo entro un giorno, per almeno {minimum} netti, lei riceve un premio pari a {share} del valore netto di quell’ordine, una sola volta per cliente.',
    other:
      'Quando un cliente che lei ha procurato ordina di nuovo entro {count} giorni, per almeno {minimum} netti, lei riceve un premio pari a {share} del valore netto di quell’ordine, una sola volta per cliente.',
  },
  'terms.retention.share.any': {
    one: 'Quando un cliente che lei ha procurato ordina di nuovo entro un giorno, lei riceve un premio pari a {share} del valore netto di quell’ordine, una sola volta per cliente.',
    other:
      'Quando un cliente che lei ha procurato ordina di nuovo entro {count} giorni, lei riceve un premio pari a {share} del valore netto di quell’ordine, una sola volta per cliente.',
  },
  'terms.retention.returns':
    'Se di quell’ordine viene reso tanto che non avrebbe dato diritto al premio, il premio viene ripreso.',
  'terms.guarantee.month':
    'Per ogni mese solare le sono garantiti {amount}, in proporzione per un mese parziale: se ha guadagnato meno, il negozio aggiunge la differenza dopo la fine del mese.',
  'terms.guarantee.quarter':
    'Per ogni trimestre solare le sono garantiti {amount}, in proporzione per un trimestre parziale: se ha guadagnato meno, il negozio aggiunge la differenza dopo la fine del trimestre.',
  'terms.guarantee.running':
    'Guadagni e garanzia si sommano nel tempo: quanto guadagna in seguito oltre la garanzia viene compensato con quanto è stato aggiunto prima.',
  'terms.guarantee.agreement':
    'Per tutta la durata di questo accordo le sono garantiti {amount}: se guadagna meno, il negozio aggiunge la differenza dopo l’ultimo giorno.',
  'terms.guarantee.restock': {
    one: 'Le sono garantiti {amount} se un pezzo di quanto segue torna in assortimento entro questa data, {date}: {list}.',
    other:
      'Le sono garantiti {amount} per ogni pezzo di quanto segue che torna in assortimento entro questa data, {date}, fino a {count} pezzi: {list}.',
  },
  'terms.guarantee.higher':
    'Lei riceve il maggiore tra quanto ha guadagnato con questi pezzi e quanto è garantito, non entrambi. Un pezzo conta come tornato in assortimento quando lo mostrano i registri di magazzino del negozio.',

  'terms.paid.monthly': 'Lei riceve un rendiconto dopo la fine di ogni mese. Gli importi sono in {currency}.',
  'terms.paid.quarterly':
    'Lei riceve un rendiconto dopo la fine di ogni trimestre. Gli importi sono in {currency}.',
  'terms.hold.none': 'Quanto guadagna diventa subito pagabile.',
  'terms.hold': {
    one: 'Quanto guadagna diventa pagabile un giorno dopo la vendita.',
    other:
      'Quanto guadagna diventa pagabile {count} giorni dopo la vendita, quando non si attendono più resi.',
  },
  'terms.reserve': {
    one: 'Una riserva pari a {share} ne è trattenuta ancora un giorno per i resi tardivi e poi diventa pagabile.',
    other:
      'Una riserva pari a {share} ne è trattenuta ancora {count} giorni per i resi tardivi e poi diventa pagabile.',
  },
  'terms.minimum.none': 'Non c’è un minimo: tutto ciò che è pagabile viene pagato.',
  'terms.minimum':
    'I pagamenti partono da {amount}; quanto resta al di sotto passa al rendiconto successivo.',
  'terms.duration.open':
    'Primo giorno dell’accordo: {start}. Dura finché una delle parti vi pone fine. Le vendite precedenti mantengono le loro condizioni.',
  'terms.duration':
    'Primo giorno dell’accordo: {start}. Ultimo giorno: {end}. Le vendite di questo periodo, estremi compresi, mantengono queste condizioni.',
  'terms.mark.new': 'Nuovo',
  'terms.retroactive':
    'Queste condizioni valgono anche per le vendite fatte da questa data, {start}, prima della sua accettazione. Quanto contabilizzato per quelle vendite viene ricalcolato e la differenza viene aggiunta o tolta.',
}
