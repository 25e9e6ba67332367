// What the mail about a held piece says, by language. Facts only: until when, and that nothing needs to be done.
const en = {
  subject: '{piece}: held for you until {time}',
  heading: '{piece} is back',
  lead: 'You asked {shop} to tell you when this piece comes back. One is held for you until {moment}.',
  button: 'Buy the held piece',
  after: 'If you do not want it, there is nothing to do. It then goes to the next person who asked.',
  why: 'You receive this one mail because you asked {shop} for it.',
  unsubscribe: 'Unsubscribe',
}

export type RestockWords = typeof en

const de: RestockWords = {
  subject: '{piece}: bis {time} für Sie reserviert',
  heading: '{piece} ist wieder da',
  lead: 'Sie haben {shop} gebeten, Ihnen Bescheid zu geben, wenn dieses Stück wiederkommt. Eines ist für Sie reserviert bis {moment}.',
  button: 'Reserviertes Stück kaufen',
  after:
    'Wenn Sie es nicht möchten, müssen Sie nichts tun. Danach wird es der nächsten Person angeboten, die gefragt hat.',
  why: 'Sie erhalten diese eine Nachricht, weil Sie {shop} darum gebeten haben.',
  unsubscribe: 'Abmelden',
}

const fr: RestockWords = {
  subject: '{piece}\u202f: réservé pour vous jusqu’à {time}',
  heading: '{piece} est de retour',
  lead: 'Vous avez demandé à {shop} de vous prévenir du retour de cette pièce. Un exemplaire vous est réservé jusqu’au {moment}.',
  button: 'Acheter la pièce réservée',
  after:
    'Si vous n’en voulez pas, vous n’avez rien à faire. Elle sera ensuite proposée à la personne suivante.',
  why: 'Vous recevez cet unique message parce que vous l’avez demandé à {shop}.',
  unsubscribe: 'Se désinscrire',
}

const it: RestockWords = {
  subject: '{piece}: riservato per te fino alle {time}',
  heading: '{piece} è di nuovo disponibile',
  lead: 'Hai chiesto a {shop} di avvisarti al ritorno di questo pezzo. Un esemplare è riservato per te fino al {moment}.',
  button: 'Acquista il pezzo riservato',
  after: 'Se non lo vuoi, non devi fare nulla. Dopo sarà proposto alla persona successiva che l’ha chiesto.',
  why: 'Ricevi questo unico messaggio perché l’hai chiesto a {shop}.',
  unsubscribe: 'Annulla l’iscrizione',
}

const es: RestockWords = {
  subject: '{piece}: reservada para ti hasta las {time}',
  heading: '{piece} vuelve a estar disponible',
  lead: 'Pediste a {shop} que te avisara cuando volviera esta pieza. Hay una reservada para ti hasta el {moment}.',
  button: 'Comprar la pieza reservada',
  after:
    'Si no la quieres, no tienes que hacer nada. Después se ofrecerá a la siguiente persona que la pidió.',
  why: 'Recibes este único mensaje porque lo pediste a {shop}.',
  unsubscribe: 'Darme de baja',
}

const languages: Record<string, RestockWords> = { en, de, fr, it, es }

/** `language`: as a voice has it. */
export function restockWords(language: string): RestockWords {
  return languages[language] ?? en
}
