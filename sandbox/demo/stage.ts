// Who is on the stage between the orders, and what several scenes need.
import type { AppClient } from './app-client.ts'
import type { SignedCreator, StoryTools } from './sign-up-creators.ts'
import { SHOP } from './story-cast.ts'

export interface Stage extends StoryTools {
  /** The shop's second person; `app` is its owner. */
  bookkeeper: AppClient
  creators: SignedCreator[]
}

/** Of the people in the sandbox's admin: the owner is whom it opens as. */
export const BOOKKEEPER_USER_ID = '43'

/** What the sandbox's clock shows. */
export async function clockOf({ control }: Pick<Stage, 'control'>): Promise<Date> {
  return new Date((await control.get<{ now: string }>('/control/clock')).now)
}

/** By the name that the story calls them. Errors: throws when nobody is called so. */
export function creatorCalled(stage: Stage, handle: string): SignedCreator {
  const found = stage.creators.find(({ story }) => story.handle === handle)
  if (!found) throw new Error(`nobody in the story is called ${handle}`)
  return found
}

/** The newest link of a kind in a creator's mail, such as "statements". Errors: throws when no mail has one. */
export async function linkInMail({ control }: Stage, creator: SignedCreator, kind: string): Promise<string> {
  const pattern = new RegExp(`https?://\\S+/c/${kind}/[\\w.~-]+`)
  for (const mail of await control.mails(creator.story.email)) {
    const link = pattern.exec(mail.text)?.[0]
    if (link) return link
  }
  throw new Error(`${creator.story.name} got no mail of ${SHOP.name} with a link to ${kind}`)
}

/** What a creator's page shows. Errors: throws when it does not open. */
export async function openPage(link: string): Promise<string> {
  const answer = await fetch(link)
  const html = await answer.text()
  if (!answer.ok) throw new Error(`${new URL(link).pathname.slice(0, 20)}… answered ${answer.status}`)
  return html
}

/** Sends the form of a creator's page. Errors: throws with what the page says of a refusal. */
export async function sendPageForm(link: string, fields: Record<string, string>): Promise<void> {
  const answer = await fetch(link, { method: 'POST', body: new URLSearchParams(fields) })
  if (answer.ok) return
  const said = /role="alert"[^>]*>(.*?)<\/div>/s.exec(await answer.text())?.[1] ?? ''
  throw new Error(`A creator's form was refused: ${answer.status} ${said.replace(/<[^>]+>/g, ' ').trim()}`)
}
