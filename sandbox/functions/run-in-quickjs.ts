// Runs a function's bundle in QuickJS, the engine that Shopify's compiler embeds: no network, no clock of its own, no crypto, no Intl.
import variant from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'

export const MOST_INPUT_BYTES = 128_000
export const MOST_OUTPUT_BYTES = 20_000
const MOST_MEMORY_BYTES = 10 * 1024 * 1024
/** QuickJS asks from time to time whether to go on; a function that is still running after so many times has lost its way. */
const MOST_INTERRUPTS = 200

export type FunctionRun =
  | { ok: true; output: unknown }
  | {
      ok: false
      reason: 'input_too_large' | 'output_too_large' | 'crashed' | 'out_of_time' | 'no_output'
      message: string
    }

let engine: QuickJSWASMModule | undefined
let loading: Promise<QuickJSWASMModule> | undefined

/** Must have been awaited once before `runBundle`. */
export async function loadEngine(): Promise<void> {
  loading ??= newQuickJSWASMModuleFromVariant(variant)
  engine = await loading
}

/** Each run has an engine state of its own, as in Shopify. */
export function runBundle(code: string, input: unknown): FunctionRun {
  if (!engine) throw new Error('The functions’ engine is not loaded yet.')
  const text = JSON.stringify(input)
  const inputBytes = Buffer.byteLength(text)
  if (inputBytes > MOST_INPUT_BYTES)
    return failed('input_too_large', `The input has ${inputBytes} bytes, ${MOST_INPUT_BYTES} are allowed.`)
  const runtime = engine.newRuntime()
  let interrupts = 0
  runtime.setMemoryLimit(MOST_MEMORY_BYTES)
  runtime.setInterruptHandler(() => {
    interrupts += 1
    return interrupts > MOST_INTERRUPTS
  })
  const context = runtime.newContext()
  try {
    const written: string[] = []
    installShim(context, text, written)
    const result = context.evalCode(code, 'function.js')
    if (result.error) {
      const error: unknown = context.dump(result.error)
      result.error.dispose()
      const isLost = interrupts > MOST_INTERRUPTS
      return failed(isLost ? 'out_of_time' : 'crashed', messageOf(error))
    }
    result.value.dispose()
    return readWritten(written)
  } finally {
    context.dispose()
    runtime.dispose()
  }
}

function installShim(context: QuickJSContext, inputText: string, written: string[]): void {
  const input = context.newString(inputText)
  context.setProp(context.global, '__input', input)
  input.dispose()
  const write = context.newFunction('__write', (text) => {
    written.push(context.getString(text))
  })
  context.setProp(context.global, '__write', write)
  write.dispose()
  const shim =
    'globalThis.ShopifyFunction={readInput:()=>JSON.parse(__input),writeOutput:(value)=>__write(JSON.stringify(value))}'
  context.unwrapResult(context.evalCode(shim, 'shim.js')).dispose()
}

function readWritten(written: string[]): FunctionRun {
  const [text] = written
  if (text === undefined || text === 'undefined') return failed('no_output', 'The function wrote no output.')
  const bytes = Buffer.byteLength(text)
  if (bytes > MOST_OUTPUT_BYTES)
    return failed('output_too_large', `The output has ${bytes} bytes, ${MOST_OUTPUT_BYTES} are allowed.`)
  return { ok: true, output: JSON.parse(text) }
}

function failed(reason: Extract<FunctionRun, { ok: false }>['reason'], message: string): FunctionRun {
  return { ok: false, reason, message }
}

function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  return String(error)
}
