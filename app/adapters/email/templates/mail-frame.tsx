import { Button, Container, Head, Html, Preview } from '@react-email/components'
import type { CSSProperties, ReactNode } from 'react'
import { light, sheet, text } from './mail-style.ts'

export interface MailFrameProps {
  language: string
  title: string
  /** Shown by mail clients beside the subject. */
  preview: string
  shopName: string
  children: ReactNode
  footer: ReactNode
}

/** Paper, the shop's name above a gold rule, and the small print. 600 px wide, of tables, as mail clients need it. */
export function MailFrame({ language, title, preview, shopName, children, footer }: MailFrameProps) {
  return (
    <Html lang={language} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{sheet}</style>
      </Head>
      <Preview>{preview}</Preview>
      <body className="m-page" style={{ margin: 0, padding: 0, backgroundColor: light.page }}>
        <Paper>
          <Container className="m-card" style={card}>
            <FrameRow padding="34px 44px 0">
              <p
                className="m-gold"
                style={{ ...text.label, fontSize: '13px', letterSpacing: '2.4px', textAlign: 'center' }}
              >
                {shopName}
              </p>
              <Rule />
            </FrameRow>
            {children}
          </Container>
          <Container style={{ maxWidth: '600px' }}>
            <FrameRow padding="22px 44px 8px">{footer}</FrameRow>
          </Container>
        </Paper>
      </body>
    </Html>
  )
}

/** The background once more as a table: some clients drop the body and its colour. */
function Paper({ children }: { children: ReactNode }) {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          <td className="m-page" align="center" style={{ padding: '28px 10px', backgroundColor: light.page }}>
            {children}
          </td>
        </tr>
      </tbody>
    </table>
  )
}

/** A full-width row of the card. */
export function FrameRow({ padding = '0 44px', children }: { padding?: string; children: ReactNode }) {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          <td className="m-pad" style={{ padding }}>
            {children}
          </td>
        </tr>
      </tbody>
    </table>
  )
}

/** One call to action, with its address written out for those whose client shows no buttons. */
export function FrameButton({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button className="m-button" href={href} style={button}>
      {children}
    </Button>
  )
}

function Rule() {
  return (
    <table
      role="presentation"
      align="center"
      cellPadding={0}
      cellSpacing={0}
      border={0}
      style={{ margin: '12px auto 0' }}
    >
      <tbody>
        <tr>
          <td width={72} style={ruleHalf}>
            &nbsp;
          </td>
          <td
            className="m-gold"
            style={{ padding: '0 10px', fontSize: '10px', lineHeight: '12px', color: light.gold }}
          >
            <span aria-hidden="true">&#9670;</span>
          </td>
          <td width={72} style={ruleHalf}>
            &nbsp;
          </td>
        </tr>
      </tbody>
    </table>
  )
}

const ruleHalf: CSSProperties = {
  width: '72px',
  fontSize: '1px',
  lineHeight: '1px',
  height: '1px',
  backgroundImage: `linear-gradient(${light.gold}, ${light.gold})`,
  backgroundSize: '100% 1px',
  backgroundPosition: 'center',
  backgroundRepeat: 'no-repeat',
}

const card: CSSProperties = {
  maxWidth: '600px',
  backgroundColor: light.card,
  border: `1px solid ${light.line}`,
  borderRadius: '6px',
}

const button: CSSProperties = {
  display: 'inline-block',
  padding: '14px 30px',
  backgroundColor: light.ink,
  color: light.card,
  fontFamily: text.body.fontFamily,
  fontSize: '16px',
  lineHeight: '22px',
  borderRadius: '4px',
  textDecoration: 'none',
}
