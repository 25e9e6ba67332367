// A credit transfer for the SEPA scheme: ISO 20022 pain.001.001.09, one payment group, amounts in euro.
import { toDecimalText } from '../money/format-amount.ts'
import { type MessageElement, writeXml } from './message-xml.ts'
import type { PostalAddress, SepaDetails } from './method-details.ts'
import { LARGEST_SEPA_MINOR } from './method-limits.ts'
import type { PayoutFileRun } from './payout-file.ts'
import { toSepaText } from './sepa-text.ts'

export interface PayerAccount {
  name: string
  iban: string
  bic: string | null
  address: PostalAddress | null
}

export interface SepaTransfer {
  /** At most 35 characters of the scheme's alphabet. */
  reference: string
  netMinor: bigint
  payee: SepaDetails
  /** What the creator's bank shows, at most 140 characters. */
  remittance: string
}

export type PainResult =
  | { ok: true; xml: string; messageId: string; controlSumMinor: bigint }
  | { ok: false; reason: 'no_transfers' | 'not_in_euro' | 'amount_out_of_range'; reference?: string }

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'

/** `contentId`: short digest of the rows, so that a run whose rows changed does not repeat a message id that the bank has seen. */
export function buildPain001(
  run: PayoutFileRun,
  payer: PayerAccount,
  transfers: readonly SepaTransfer[],
  contentId: string,
): PainResult {
  if (run.currency !== 'EUR') return { ok: false, reason: 'not_in_euro' }
  if (transfers.length === 0) return { ok: false, reason: 'no_transfers' }
  const wrong = transfers.find(({ netMinor }) => netMinor <= 0n || netMinor > LARGEST_SEPA_MINOR)
  if (wrong) return { ok: false, reason: 'amount_out_of_range', reference: wrong.reference }
  const messageId = `FG-${String(run.number).padStart(4, '0')}-${contentId}`.slice(0, 35)
  const controlSumMinor = transfers.reduce((sum, { netMinor }) => sum + netMinor, 0n)
  const count = String(transfers.length)
  const sum = toDecimalText(controlSumMinor, 'EUR')
  const document: MessageElement = [
    'Document',
    [
      [
        'CstmrCdtTrfInitn',
        [
          [
            'GrpHdr',
            [
              ['MsgId', messageId],
              ['CreDtTm', new Date(run.createdAt).toISOString().slice(0, 19)],
              ['NbOfTxs', count],
              ['CtrlSum', sum],
              // In law; the holder of the account where that is not known, or not in the scheme's letters.
              ['InitgPty', [['Nm', toSepaText(run.payerLegalName ?? '', 70) || toSepaText(payer.name, 70)]]],
            ],
          ],
          [
            'PmtInf',
            [
              ['PmtInfId', `${messageId}-1`.slice(0, 35)],
              ['PmtMtd', 'TRF'],
              ['BtchBookg', 'true'],
              ['NbOfTxs', count],
              ['CtrlSum', sum],
              ['PmtTpInf', [['SvcLvl', [['Cd', 'SEPA']]]]],
              ['ReqdExctnDt', [['Dt', run.executeOn]]],
              ['Dbtr', party(payer.name, payer.address)],
              [
                'DbtrAcct',
                [
                  ['Id', [['IBAN', payer.iban]]],
                  ['Ccy', 'EUR'],
                ],
              ],
              ['DbtrAgt', debtorAgent(payer.bic)],
              ['ChrgBr', 'SLEV'],
              ...transfers.map(transfer),
            ],
          ],
        ],
      ],
    ],
    { xmlns: NAMESPACE },
  ]
  return { ok: true, xml: writeXml(document), messageId, controlSumMinor }
}

function transfer({ reference, netMinor, payee, remittance }: SepaTransfer): MessageElement {
  const words = toSepaText(remittance, 140)
  return [
    'CdtTrfTxInf',
    [
      [
        'PmtId',
        [
          ['InstrId', reference],
          ['EndToEndId', reference],
        ],
      ],
      ['Amt', [['InstdAmt', toDecimalText(netMinor, 'EUR'), { Ccy: 'EUR' }]]],
      // Inside the scheme the bank follows from the IBAN; a BIC is told only when it was given.
      ...(payee.bic ? [agent('CdtrAgt', payee.bic)] : []),
      ['Cdtr', party(payee.holder, payee.address)],
      ['CdtrAcct', [['Id', [['IBAN', payee.iban]]]]],
      ...(words ? [['RmtInf', [['Ustrd', words]]] satisfies MessageElement] : []),
    ],
  ]
}

function agent(name: string, bic: string): MessageElement {
  return [name, [['FinInstnId', [['BICFI', bic]]]]]
}

/** The payer's bank must be named; without a BIC by the scheme's own placeholder. */
function debtorAgent(bic: string | null): MessageElement[] {
  return [['FinInstnId', bic ? [['BICFI', bic]] : [['Othr', [['Id', 'NOTPROVIDED']]]]]]
}

function party(name: string, address: PostalAddress | null): MessageElement[] {
  const parts: MessageElement[] = [['Nm', toSepaText(name, 70)]]
  if (!address) return parts
  const lines: Array<[string, string]> = [
    ['StrtNm', toSepaText(address.street, 70)],
    ['BldgNb', toSepaText(address.building, 16)],
    ['PstCd', toSepaText(address.postCode, 16)],
    ['TwnNm', toSepaText(address.town, 35)],
    ['Ctry', address.country],
  ]
  parts.push(['PstlAdr', lines.filter(([, text]) => text !== '')])
  return parts
}
