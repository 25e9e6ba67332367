// A creator asks about a line of the newest statement, and the shop answers.
import type { SignedCreator } from './sign-up-creators.ts'
import { linkInMail, openPage, type Stage, sendPageForm } from './stage.ts'

/** The first line of the statement that has a money value; the whole of it when there was no sale. */
export async function askAboutFirstLine(
  stage: Stage,
  creator: SignedCreator,
  question: string,
): Promise<void> {
  const link = await linkInMail(stage, creator, 'statements')
  const line = /<option value="([^"]+)"/.exec(await openPage(link))?.[1] ?? 'whole'
  await sendPageForm(link, { intent: 'ask', line, question })
}

export async function answerOpenQuestion({ app }: Stage, answer: string): Promise<void> {
  const { view } = (await app.load('/app/statements/questions')) as { view: { rows: Array<{ id: string }> } }
  const [asked] = view.rows
  if (!asked) throw new Error('nobody asked anything')
  await app.submit('/app/statements/questions', { intent: 'answer', questionId: asked.id, answer })
}
