/**
 * Work that the server never got, as one file for its author: the texts of each document in which it stands, to read and
 * to copy from, and below them the documents' own bytes, from which `readUnsentFile` gets them back. One plain file,
 * because it must be saved on any phone and opened without this app; the whole text of each document, because a word
 * that was typed into a sentence says nothing without it.
 */
import { textLinesOf } from '#lib/documents/any-text.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';

export type Unsent = { name: DocumentName; title: string; update: Uint8Array };
export type UnsentFile = { name: string; text: string };

/** What the machine reads begins with it. */
const mark = 'mitschrift-unsent-1';

/** @param about whose work it is, and when it was taken off the device, as people read it */
export function toUnsentFile(unsent: readonly Unsent[], about: { person: string; moment: string }): UnsentFile {
	const readable = unsent.map(({ title, update }) => `## ${title}\n\n${textLinesOf(update).join('\n\n')}\n`);
	const machine = unsent.map(({ name, update }) => `${name} ${toBase64(update)}`);
	const text = [
		`# ${m.leaving_file_title()}\n\n${m.leaving_file_about(about)}\n`,
		...readable,
		`---\n\n${m.leaving_file_machine()}\n\n${mark}\n${machine.join('\n')}\n`,
	].join('\n');
	return { name: m.leaving_file_name(), text };
}

/** Total: what is no such file holds nothing. */
export function readUnsentFile(text: string): { name: DocumentName; update: Uint8Array }[] {
	const lines = text.split(/\r?\n/);
	const from = lines.lastIndexOf(mark);
	if (from === -1) return [];
	return lines.slice(from + 1).flatMap((line) => {
		const [name = '', bytes = ''] = line.trim().split(' ');
		const parsed = parseDocumentName(name);
		const update = parsed ? fromBase64(bytes) : null;
		return parsed && update ? [{ name: parsed.name, update }] : [];
	});
}

function toBase64(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary);
}

function fromBase64(text: string): Uint8Array | null {
	try {
		return text === '' ? null : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
	} catch {
		return null;
	}
}
