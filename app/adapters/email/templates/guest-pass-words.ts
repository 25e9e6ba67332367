// What the mail with a guest's pass says, by language. Facts only: from when until when, for whom, and what it is tied to.
const en = {
  subject: '{drop}: your early access',
  guestHeading: 'You are let in early',
  drawHeading: 'You were drawn',
  guestLead:
    '{shop} has put you on the guest list of {drop}. You can buy from {from}; for everyone else it opens on {until}.',
  drawLead:
    'You took part in the draw for {drop} and got a place. You can buy from {from}; for everyone else it opens on {until}.',
  button: 'Open with my pass',
  bound:
    'The pass is for you: at checkout, use the email address that this mail was sent to. It promises you the earlier time, not a piece.',
  code: 'If the page asks for your pass, enter this:',
  guestWhy: 'You receive this one mail because {shop} put you on the guest list.',
  drawWhy: 'You receive this one mail because you took part in the draw.',
}

export type GuestPassWords = typeof en

const de: GuestPassWords = {
  subject: '{drop}: Ihr Vorabzugang',
  guestHeading: 'Sie dürfen früher hinein',
  drawHeading: 'Sie wurden ausgelost',
  guestLead:
    '{shop} hat Sie auf die Gästeliste von {drop} gesetzt. Sie können ab {from} kaufen; für alle anderen öffnet der Verkauf am {until}.',
  drawLead:
    'Sie haben an der Verlosung für {drop} teilgenommen und einen Platz bekommen. Sie können ab {from} kaufen; für alle anderen öffnet der Verkauf am {until}.',
  button: 'Mit meinem Pass öffnen',
  bound:
    'Der Pass gilt nur für Sie: Verwenden Sie an der Kasse die E-Mail-Adresse, an die diese Nachricht ging. Er sichert Ihnen den früheren Zeitpunkt zu, nicht ein bestimmtes Stück.',
  code: 'Falls die Seite nach Ihrem Pass fragt, geben Sie dies ein:',
  guestWhy: 'Sie erhalten diese eine Nachricht, weil {shop} Sie auf die Gästeliste gesetzt hat.',
  drawWhy: 'Sie erhalten diese eine Nachricht, weil Sie an der Verlosung teilgenommen haben.',
}

const fr: GuestPassWords = {
  subject: '{drop}\u202f: votre accès anticipé',
  guestHeading: 'Vous entrez avant les autres',
  drawHeading: 'Le tirage vous a désigné',
  guestLead:
    '{shop} vous a inscrit sur la liste des invités de {drop}. Vous pouvez acheter à partir du {from}\u202f; pour les autres, la vente ouvre le {until}.',
  drawLead:
    'Vous avez participé au tirage au sort pour {drop} et obtenu une place. Vous pouvez acheter à partir du {from}\u202f; pour les autres, la vente ouvre le {until}.',
  button: 'Ouvrir avec mon pass',
  bound:
    'Ce pass est personnel\u202f: au moment de payer, utilisez l’adresse e-mail à laquelle ce message a été envoyé. Il vous assure l’heure anticipée, pas une pièce.',
  code: 'Si la page demande votre pass, saisissez ceci\u202f:',
  guestWhy: 'Vous recevez cet unique message parce que {shop} vous a inscrit sur la liste des invités.',
  drawWhy: 'Vous recevez cet unique message parce que vous avez participé au tirage au sort.',
}

const it: GuestPassWords = {
  subject: '{drop}: il tuo accesso anticipato',
  guestHeading: 'Entri prima degli altri',
  drawHeading: 'Hai ottenuto un posto',
  guestLead:
    '{shop} ti ha inserito nella lista degli ospiti di {drop}. Puoi acquistare dal {from}; per gli altri la vendita apre il {until}.',
  drawLead:
    'Hai partecipato al sorteggio per {drop} e hai ottenuto un posto. Puoi acquistare dal {from}; per gli altri la vendita apre il {until}.',
  button: 'Apri con il mio pass',
  bound:
    'Il pass è personale: al momento di pagare usa l’indirizzo e-mail a cui è arrivato questo messaggio. Ti garantisce l’orario anticipato, non un pezzo.',
  code: 'Se la pagina chiede il tuo pass, inserisci questo:',
  guestWhy: 'Ricevi questo unico messaggio perché {shop} ti ha inserito nella lista degli ospiti.',
  drawWhy: 'Ricevi questo unico messaggio perché hai partecipato al sorteggio.',
}

const es: GuestPassWords = {
  subject: '{drop}: tu acceso anticipado',
  guestHeading: 'Entras antes que los demás',
  drawHeading: 'Has obtenido una plaza',
  guestLead:
    '{shop} te ha incluido en la lista de invitados de {drop}. Puedes comprar desde el {from}; para los demás, la venta se abre el {until}.',
  drawLead:
    'Participaste en el sorteo de {drop} y has obtenido una plaza. Puedes comprar desde el {from}; para los demás, la venta se abre el {until}.',
  button: 'Abrir con mi pase',
  bound:
    'El pase es personal: al pagar, usa la dirección de correo a la que llegó este mensaje. Te asegura la hora anticipada, no una pieza.',
  code: 'Si la página te pide el pase, introduce esto:',
  guestWhy: 'Recibes este único mensaje porque {shop} te incluyó en la lista de invitados.',
  drawWhy: 'Recibes este único mensaje porque participaste en el sorteo.',
}

const languages: Record<string, GuestPassWords> = { en, de, fr, it, es }

/** `language`: as a voice has it. */
export function guestPassWords(language: string): GuestPassWords {
  return languages[language] ?? en
}
