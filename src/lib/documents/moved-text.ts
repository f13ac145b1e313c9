/**
 * Who divides or joins paragraphs moves text by writing it anew elsewhere. Taken back, it would be written once more where it
 * was: also what somebody has deleted since where it had gone, or moved on. So it is noted which letters were moved where, and
 * what is not there any more is not brought back.
 */
import * as Y from 'yjs';
import { copiesOf } from './copies.ts';

export type Moved = { from: Y.ID; to: Y.ID; length: number };

type Holder = Y.XmlFragment | Y.XmlText;
/** Of undo: what will be brought back. */
type Step = { deletions: Y.Transaction['deleteSet'] };
type Piece = { id: Y.ID; words: string; text: Holder };

/** What a transaction took from the texts of a body and put into others. */
export function movedText(body: Y.XmlFragment, { changed, deleteSet, beforeState }: Y.Transaction): Moved[] {
	const changesStructure = [...changed].some(([type, keys]) => type instanceof Y.XmlFragment && keys.has(null));
	if (!changesStructure || deleteSet.clients.size === 0) return [];
	const gone: Piece[] = [];
	const come: Piece[] = [];
	for (const piece of piecesIn(body)) {
		const { item } = piece;
		const isNew = item.id.clock >= (beforeState.get(item.id.client) ?? 0);
		if (isNew && !item.deleted) come.push(piece);
		else if (!isNew && Y.isDeleted(deleteSet, item.id)) gone.push(piece);
	}
	return pairs(gone, come);
}

/** In the order of the text, with what was deleted and is still known. */
function* piecesIn(type: Holder): Generator<Piece & { item: Y.Item }> {
	for (let item = type._start; item; item = item.right) {
		const { content, id } = item;
		if (content instanceof Y.ContentType) yield* piecesIn(content.type as Holder);
		else if (content instanceof Y.ContentString) yield { item, id, words: content.str, text: type };
	}
}

/** What both end with: of what one typed over or pasted before it, only one has something. */
function pairs(gone: readonly Piece[], come: readonly Piece[]): Moved[] {
	const length = commonEnd(wordsOf(gone), wordsOf(come));
	if (length === 0) return [];
	const to = lettersOf(come).slice(-length);
	const moved: Moved[] = [];
	lettersOf(gone)
		.slice(-length)
		.forEach((letter, index) => {
			const copy = to[index];
			if (!copy || copy.text === letter.text) return;
			const last = moved.at(-1);
			if (last && follows(last.from, last.length, letter.id) && follows(last.to, last.length, copy.id)) last.length++;
			else moved.push({ from: letter.id, to: copy.id, length: 1 });
		});
	return moved;
}

function wordsOf(pieces: readonly Piece[]): string {
	return pieces.map(({ words }) => words).join('');
}

function commonEnd(one: string, other: string): number {
	const most = Math.min(one.length, other.length);
	let length = 0;
	while (length < most && one.at(-1 - length) === other.at(-1 - length)) length++;
	return length;
}

function lettersOf(pieces: readonly Piece[]): { id: Y.ID; text: Piece['text'] }[] {
	return pieces.flatMap(({ id: { client, clock }, words, text }) => {
		return Array.from({ length: words.length }, (_, at) => ({ id: Y.createID(client, clock + at), text }));
	});
}

function follows({ client, clock }: Y.ID, length: number, id: Y.ID): boolean {
	return id.client === client && id.clock === clock + length;
}

/**
 * Takes out of what is to be brought back what somebody else has deleted where it was moved to.
 * @param steps of undo, from the one that was moved in on: what was deleted in them will be back by then
 */
export function leaveWhatWent(doc: Y.Doc, moved: readonly Moved[], steps: readonly [Step, ...Step[]]): void {
	for (const { from, to, length } of moved) {
		let at = 0;
		for (const piece of copiesOf(doc, to, length)) {
			const id = Y.createID(to.client, to.clock + at);
			if (!piece.copy && !steps.some(({ deletions }) => Y.isDeleted(deletions, id)))
				takeOut(steps[0].deletions, Y.createID(from.client, from.clock + at), piece.length);
			at += piece.length;
		}
	}
}

/** Takes letters out of what is to be brought back, or away. */
export function takeOut({ clients }: Y.Transaction['deleteSet'], { client, clock: from }: Y.ID, length: number): void {
	const to = from + length;
	const ranges = clients.get(client) ?? [];
	const left = ranges
		.flatMap(({ clock, len }) => [
			{ clock, len: Math.min(len, from - clock) },
			{ clock: Math.max(clock, to), len: Math.min(len, clock + len - to) },
		])
		.filter(({ len }) => len > 0);
	// Yjs puts a hole into an empty list when it merges it with others.
	if (left.length > 0) clients.set(client, left);
	else clients.delete(client);
}
