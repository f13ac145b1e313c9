/** What takes long of text in and out, as plain data in and out: for a worker, so that the page never stands still. */
import { newId } from '#lib/domain/id.ts';
import type { Imported } from './imported.ts';
import { readTextFile, type NamedFile } from './read-file.ts';
import type { RefusalReason } from './refusal.ts';
import { writeTextFile, type TextToWrite, type WrittenFile } from './write-file.ts';

export type TextWork =
	/** `by`: who brings the file, `at`: when. */
	{ kind: 'read'; file: NamedFile; by: string; at: number } | { kind: 'write'; text: TextToWrite };

export type TextWorkResult =
	| { kind: 'read'; imported: Imported }
	| { kind: 'written'; file: WrittenFile }
	/** Nothing was read; `broken` too where nobody foresaw why. */
	| { kind: 'refused'; reason: RefusalReason };

/**
 * @param onprogress hears what part of it is done, from 0 to 1
 * @throws what only writing may
 */
export async function doTextWork(work: TextWork, onprogress: (done: number) => void): Promise<TextWorkResult> {
	if (work.kind === 'write') return { kind: 'written', file: writeTextFile(work.text, onprogress) };
	const { file, by, at } = work;
	try {
		return { kind: 'read', imported: await readTextFile(file, { by, at, newId }, { onprogress }) };
	} catch (error) {
		const reason = (error as { reason?: RefusalReason } | null)?.reason;
		// The stack ended: parts within parts within parts.
		return { kind: 'refused', reason: reason ?? (error instanceof RangeError ? 'too-deep' : 'broken') };
	}
}
