import { OutputError } from './failure.ts'

/** The reader of the output has closed it, as `head` does. */
export class ReaderGone extends Error {}

/** Keeps an error of stdout or stderr from ending the process. The writer learns of it too. */
export function tolerateClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/**
 * Writes to stdout. Resolves when the system has taken all of it, so that a slow reader slows the listing down and what
 * was written survives the end of this process. @throws ReaderGone, OutputError
 */
export function writeOut(text: string): Promise<void> {
  if (text === '') return Promise.resolve()
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      reject(
        error.code === 'EPIPE'
          ? new ReaderGone()
          : new OutputError(`Cannot write the output: ${error.message}`, { cause: error }),
      )
    }
    try {
      process.stdout.write(text, (error) => (error ? fail(error) : resolve()))
    } catch (error) {
      // A file is written synchronously.
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
}
