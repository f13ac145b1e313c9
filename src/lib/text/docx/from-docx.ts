/**
 * A Word file as blocks, with its tracked changes and comments. What a body has no form for becomes plain text. A file
 * that is broken, too large, encrypted or has macros is refused as a whole.
 */
import type { RichNode } from '#lib/documents/rich-body.ts';
import { textOf } from '#lib/documents/rich-body.ts';
import { toImported, type Imported } from '../imported.ts';
import type { Importer } from '../mark-tags.ts';
import { ImportRefusal } from '../refusal.ts';
import { BodyReader } from './body-reader.ts';
import { readParts, wantedParts } from './parts.ts';
import { unzip, type UnzipOptions } from './unzip.ts';

export type DocxReadOptions = Pick<UnzipOptions, 'onprogress' | 'signal' | 'limits'>;

/** About the part of the time that taking the file apart takes. */
const unpacking = 0.3;

/** @throws ImportRefusal */
export async function docxToText(
	bytes: Uint8Array,
	importer: Importer,
	options: DocxReadOptions = {},
): Promise<Imported> {
	checkKind(bytes);
	const names: string[] = [];
	const files = await unzip(bytes, {
		...options,
		onprogress: (done) => options.onprogress?.(done * unpacking),
		wanted: (name) => wantedParts.test(name),
		onname: (name) => names.push(name),
	});
	if (names.some((name) => /vbaProject\.bin$|\/activeX\//i.test(name))) throw new ImportRefusal('macros');
	if (names.length === 0) throw new ImportRefusal('broken');
	const onprogress = (done: number) => options.onprogress?.(unpacking + done * (1 - unpacking));
	const reader = new BodyReader(readParts(files), importer, onprogress);
	const blocks = reader.readAll();
	const imported = toImported(blocks, reader.comments(), importer.by, reader.missing);
	const { sections } = imported;
	if (sections.every(({ title, blocks }) => title === '' && blocks.every(isEmpty))) throw new ImportRefusal('empty');
	return imported;
}

function isEmpty(block: RichNode): boolean {
	return block.name === 'paragraph' && textOf(block).trim() === '';
}

/** What a file is, by its first bytes: an encrypted Word file is an OLE container, as are the old ones. */
function checkKind(bytes: Uint8Array): void {
	const starts = (...signs: number[]) => signs.every((sign, at) => bytes[at] === sign);
	if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw new ImportRefusal('encrypted');
	if (bytes.length === 0) throw new ImportRefusal('empty');
	if (!starts(0x50, 0x4b)) throw new ImportRefusal('not-known');
}
