// Labels of the sample sale on a creator's page, in the languages that creators are written to.
export interface SampleWords {
  list: string
  discount: string
  net: string
  fee: string
  yours: string
}

const english: SampleWords = {
  list: 'List price',
  discount: 'Discount, 10%',
  net: 'Net',
  fee: 'Payment costs',
  yours: 'You get',
}

const words: Record<string, SampleWords> = {
  en: english,
  de: {
    list: 'Listenpreis',
    discount: 'Rabatt, 10 %',
    net: 'Netto',
    fee: 'Zahlungskosten',
    yours: 'Sie erhalten',
  },
  fr: {
    list: 'Prix catalogue',
    discount: 'Remise, 10 %',
    net: 'Net',
    fee: 'Frais de paiement',
    yours: 'Vous recevez',
  },
  it: {
    list: 'Prezzo di listino',
    discount: 'Sconto, 10%',
    net: 'Netto',
    fee: 'Costi di pagamento',
    yours: 'Lei riceve',
  },
  es: {
    list: 'Precio de lista',
    discount: 'Descuento, 10 %',
    net: 'Neto',
    fee: 'Costes de pago',
    yours: 'Usted recibe',
  },
}

export function sampleWords(language: string): SampleWords {
  return (Object.hasOwn(words, language) ? words[language] : undefined) ?? english
}
