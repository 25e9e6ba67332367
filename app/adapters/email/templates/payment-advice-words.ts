// What a payment advice says, by language. {places} are filled with figures already written in the reader's manner.
const en = {
  subject: '{shop} has sent you {amount}',
  heading: 'Your payment is on its way',
  greeting: 'Hello {name},',
  intro: '{shop} has sent you a payment for your royalties:',
  gross: 'Due to you',
  withheld: 'Withheld for tax',
  net: 'Sent to you',
  method: 'Paid to',
  reference: 'Reference',
  sentOn: 'Sent on',
  arrives: 'Banks usually take one to three working days.',
  why: 'You receive this mail because you sell together with {shop}.',
  questions: 'Questions? Write to {contact}.',
  methods: { sepa: 'Bank account', paypal: 'PayPal', wise: 'Wise', other: 'As agreed' },
  income: { commission_service: 'Commission', design_royalty: 'Design royalty', bonus: 'Bonus' },
}

export type AdviceWords = typeof en

const de: AdviceWords = {
  subject: '{shop} hat Ihnen {amount} gesendet',
  heading: 'Ihre Zahlung ist unterwegs',
  greeting: 'Guten Tag {name},',
  intro: '{shop} hat Ihnen eine Zahlung für Ihre Vergütungen gesendet:',
  gross: 'Ihnen zustehend',
  withheld: 'Einbehaltene Steuer',
  net: 'An Sie gesendet',
  method: 'Gezahlt an',
  reference: 'Verwendungszweck',
  sentOn: 'Gesendet am',
  arrives: 'Banken brauchen meist ein bis drei Werktage.',
  why: 'Sie erhalten diese Nachricht, weil Sie gemeinsam mit {shop} verkaufen.',
  questions: 'Fragen? Schreiben Sie an {contact}.',
  methods: { sepa: 'Bankkonto', paypal: 'PayPal', wise: 'Wise', other: 'Wie vereinbart' },
  income: { commission_service: 'Provision', design_royalty: 'Designvergütung', bonus: 'Bonus' },
}

const fr: AdviceWords = {
  subject: '{shop} vous a envoyé {amount}',
  heading: 'Votre paiement est en route',
  greeting: 'Bonjour {name},',
  intro: '{shop} vous a envoyé un paiement pour vos redevances :',
  gross: 'Montant dû',
  withheld: 'Retenue fiscale',
  net: 'Envoyé',
  method: 'Versé sur',
  reference: 'Référence',
  sentOn: 'Envoyé le',
  arrives: 'Les banques mettent en général un à trois jours ouvrés.',
  why: 'Vous recevez ce message parce que vous vendez avec {shop}.',
  questions: 'Une question ? Écrivez à {contact}.',
  methods: { sepa: 'Compte bancaire', paypal: 'PayPal', wise: 'Wise', other: 'Comme convenu' },
  income: { commission_service: 'Commission', design_royalty: 'Redevance de création', bonus: 'Prime' },
}

const it: AdviceWords = {
  subject: '{shop} ti ha inviato {amount}',
  heading: 'Il tuo pagamento è in arrivo',
  greeting: 'Ciao {name},',
  intro: '{shop} ti ha inviato un pagamento per i tuoi compensi:',
  gross: 'Importo dovuto',
  withheld: 'Ritenuta fiscale',
  net: 'Inviato a te',
  method: 'Pagato su',
  reference: 'Riferimento',
  sentOn: 'Inviato il',
  arrives: 'Le banche impiegano di solito da uno a tre giorni lavorativi.',
  why: 'Ricevi questo messaggio perché vendi insieme a {shop}.',
  questions: 'Domande? Scrivi a {contact}.',
  methods: { sepa: 'Conto bancario', paypal: 'PayPal', wise: 'Wise', other: 'Come concordato' },
  income: { commission_service: 'Provvigione', design_royalty: 'Compenso per il design', bonus: 'Bonus' },
}

const es: AdviceWords = {
  subject: '{shop} te ha enviado {amount}',
  heading: 'Tu pago está en camino',
  greeting: 'Hola, {name}:',
  intro: '{shop} te ha enviado un pago por tus regalías:',
  gross: 'Importe debido',
  withheld: 'Retención fiscal',
  net: 'Enviado',
  method: 'Pagado a',
  reference: 'Referencia',
  sentOn: 'Enviado el',
  arrives: 'Los bancos suelen tardar de uno a tres días laborables.',
  why: 'Recibes este mensaje porque vendes junto con {shop}.',
  questions: '¿Preguntas? Escribe a {contact}.',
  methods: { sepa: 'Cuenta bancaria', paypal: 'PayPal', wise: 'Wise', other: 'Según lo acordado' },
  income: { commission_service: 'Comisión', design_royalty: 'Regalía de diseño', bonus: 'Bonificación' },
}

const languages: Record<string, AdviceWords> = { en, de, fr, it, es }

export function adviceWords(language: string): AdviceWords {
  return (Object.hasOwn(languages, language) ? languages[language] : undefined) ?? en
}
