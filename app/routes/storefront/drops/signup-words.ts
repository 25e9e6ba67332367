// The few sentences for a form that was posted without a script, in the shopper's language. The shop's own theme is put around them.
import type { SignupProblem } from '#app/domain/drops/signup.ts'

export type SignupAnswer =
  | SignupProblem
  | 'kept'
  | 'no_such_drop'
  | 'drop_over'
  | 'too_many'
  /** From one client. */
  | 'too_many_here'
  /** One address waits for as much as one address may, or asks for too much. */
  | 'address_full'
  | 'unavailable'

type Words = Record<
  'title' | 'back' | 'kept' | 'email' | 'consent' | 'again' | 'over' | 'missing' | 'busy' | 'here' | 'full',
  string
>

const words: Record<string, Words> = {
  en: {
    title: 'Restock notice',
    back: 'Back to the shop',
    kept: 'You are on the list. If the piece comes back, you will get one mail. Your place is between {from} and {to}.',
    email: 'This does not look like an email address. Please go back and check it.',
    consent: 'Please tick the box to say that we may write to you once.',
    again: 'Something in the form was not right. Please go back, load the page anew and try again.',
    over: 'This drop is over: there will be no more restocks.',
    missing: 'This drop does not exist any more.',
    busy: 'Very many people are asking just now. Please try again in a minute.',
    here: 'Very many requests came from your network just now. Please try again in a minute.',
    full: 'This address waits for as many pieces as one address may. Once a notice has come or you have left a list, there is room again.',
  },
  de: {
    title: 'Nachricht bei Nachschub',
    back: 'Zurück zum Shop',
    kept: 'Sie stehen auf der Liste. Wenn das Stück wiederkommt, erhalten Sie eine einzige E-Mail. Ihr Platz liegt zwischen {from} und {to}.',
    email: 'Das sieht nicht nach einer E-Mail-Adresse aus. Bitte gehen Sie zurück und prüfen Sie sie.',
    consent: 'Bitte kreuzen Sie an, dass wir Ihnen einmal schreiben dürfen.',
    again:
      'Etwas am Formular stimmte nicht. Bitte gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.',
    over: 'Dieser Drop ist vorbei: Es kommt kein Nachschub mehr.',
    missing: 'Diesen Drop gibt es nicht mehr.',
    busy: 'Gerade fragen sehr viele. Bitte versuchen Sie es in einer Minute noch einmal.',
    here: 'Aus Ihrem Netz kamen gerade sehr viele Anfragen. Bitte versuchen Sie es in einer Minute noch einmal.',
    full: 'Diese Adresse wartet auf so viele Stücke, wie eine Adresse warten darf. Sobald eine Nachricht kam oder Sie eine Liste verlassen haben, ist wieder Platz.',
  },
  fr: {
    title: 'Avis de retour en stock',
    back: 'Retour à la boutique',
    kept: 'Vous êtes sur la liste. Si la pièce revient, vous recevrez un seul e-mail. Votre place se situe entre {from} et {to}.',
    email: 'Ceci ne ressemble pas à une adresse e-mail. Revenez en arrière et vérifiez-la.',
    consent: 'Cochez la case pour indiquer que nous pouvons vous écrire une fois.',
    again: 'Le formulaire contenait une erreur. Revenez en arrière, rechargez la page et réessayez.',
    over: 'Ce drop est terminé : il n’y aura plus de réassort.',
    missing: 'Ce drop n’existe plus.',
    busy: 'Les demandes sont très nombreuses en ce moment. Réessayez dans une minute.',
    here: 'De très nombreuses demandes viennent d’arriver de votre réseau. Réessayez dans une minute.',
    full: 'Cette adresse attend autant de pièces qu’une adresse le peut. Une place se libère dès qu’un avis est arrivé ou que vous avez quitté une liste.',
  },
  it: {
    title: 'Avviso di riassortimento',
    back: 'Torna al negozio',
    kept: 'Sei nella lista. Se il pezzo torna disponibile, riceverai una sola e-mail. Il tuo posto è tra {from} e {to}.',
    email: 'Non sembra un indirizzo e-mail. Torna indietro e controllalo.',
    consent: 'Spunta la casella per dire che possiamo scriverti una volta.',
    again: 'Qualcosa nel modulo non andava. Torna indietro, ricarica la pagina e riprova.',
    over: 'Questo drop è finito: non ci saranno altri riassortimenti.',
    missing: 'Questo drop non esiste più.',
    busy: 'In questo momento le richieste sono moltissime. Riprova tra un minuto.',
    here: 'Dalla tua rete sono appena arrivate moltissime richieste. Riprova tra un minuto.',
    full: 'Questo indirizzo attende già tutti i pezzi che un indirizzo può attendere. Si libera un posto quando arriva un avviso o lasci una lista.',
  },
  es: {
    title: 'Aviso de reposición',
    back: 'Volver a la tienda',
    kept: 'Estás en la lista. Si la pieza vuelve, recibirás un solo correo. Tu puesto está entre {from} y {to}.',
    email: 'Esto no parece una dirección de correo. Vuelve atrás y compruébala.',
    consent: 'Marca la casilla para indicar que podemos escribirte una vez.',
    again: 'Algo en el formulario no estaba bien. Vuelve atrás, recarga la página e inténtalo de nuevo.',
    over: 'Este drop ha terminado: no habrá más reposiciones.',
    missing: 'Este drop ya no existe.',
    busy: 'En este momento preguntan muchísimas personas. Inténtalo de nuevo dentro de un minuto.',
    here: 'Acaban de llegar muchísimas solicitudes desde tu red. Inténtalo de nuevo dentro de un minuto.',
    full: 'Esta dirección espera tantas piezas como puede esperar una dirección. Habrá sitio cuando llegue un aviso o dejes una lista.',
  },
}

const SENTENCES: Record<SignupAnswer, keyof Words> = {
  kept: 'kept',
  email_malformed: 'email',
  consent_missing: 'consent',
  consent_unknown: 'again',
  variant_malformed: 'again',
  key_malformed: 'again',
  drop_over: 'over',
  no_such_drop: 'missing',
  too_many: 'busy',
  too_many_here: 'here',
  address_full: 'full',
  unavailable: 'busy',
}

/** A fragment for the theme's layout. Nothing in it comes from the visitor. */
export function signupPage(
  answer: SignupAnswer,
  locale: string,
  place?: { from: number; to: number },
): string {
  const language = locale.split('-')[0]?.toLowerCase() ?? ''
  const said = (Object.hasOwn(words, language) ? words[language] : words.en) as Words
  const sentence = said[SENTENCES[answer]]
    .replace('{from}', String(place?.from ?? ''))
    .replace('{to}', String(place?.to ?? ''))
  return `<div class="page-width" lang="${Object.hasOwn(words, language) ? language : 'en'}">
<h1>${said.title}</h1>
<p role="status">${sentence}</p>
<p><a href="{{ routes.root_url }}">${said.back}</a></p>
</div>
`
}
