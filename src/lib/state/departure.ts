/**
 * What a device does when an access is taken from it: what the server never got is put into one file for its author,
 * and only then everything goes that they may not have any more. Loaded when it happens, which is seldom.
 */
import { readDirectory, type Directory } from '#lib/documents/directory.ts';
import { formatInstant } from '#lib/i18n/format.ts';
import { directoryName, type DocumentName } from '#lib/protocol/document-name.ts';
import type { InPage } from '#lib/sync/contract.ts';
import { emptyDevice, forgetDocuments, type DeviceParts } from '#lib/sync/forget.ts';
import { Shelf, shelfName, type ShelfEntry } from '#lib/sync/shelf.ts';
import { dropStored, listStored, readStored, unlist, type StoredDocument } from '#lib/sync/stored-documents.ts';
import * as Y from 'yjs';
import { documentTitle } from './document-title.ts';
import type { Identity } from './identity.ts';
import { UnsentNotes } from './unsent-notes.ts';
import { readUnsentFile, toUnsentFile, type Unsent, type UnsentFile } from './unsent-file.ts';

/** Milliseconds that a file waits for its author before it goes as well. */
export const shelfLife = 7 * 24 * 3_600_000;

/** Whether a stored document goes from the device, with the work that waits in it. */
export type Loss = (document: StoredDocument) => boolean;

export type Departed = { file: UnsentFile | null; emptied: boolean };

/**
 * Everything goes.
 * @param spare keys of `localStorage` that stay
 */
export async function leaveDevice(
	identity: Identity,
	moment: Date,
	parts: DeviceParts,
	spare: readonly string[],
): Promise<Departed> {
	const file = await putAside(identity, moment, () => true);
	const emptied = await emptyDevice(parts, new Set([...spare, shelfName]));
	return { file, emptied };
}

/** What the person lost goes. @returns what waited in it */
export async function narrowDevice(identity: Identity, moment: Date, loss: Loss): Promise<UnsentFile | null> {
	const file = await putAside(identity, moment, loss);
	const { id } = identity.person;
	const going = (await listStored(id)).filter(loss).map(({ name }) => name);
	await dropStored(id, going);
	await unlist(id, (name) => going.includes(name) || loss({ name, waits: false }));
	return file;
}

/**
 * Somebody else comes in: what waits of who was here becomes a file for its author, and then all of theirs goes. Nothing
 * does where the file cannot be kept.
 * @param inPage what was open in this page: what waits in it may be stored nowhere any more, since each tab makes room
 */
export async function makeRoom(identity: Identity, moment: Date, inPage: readonly InPage[] = []): Promise<void> {
	const { id } = identity.person;
	const file = await putAside(identity, moment, () => true, inPage);
	if (file && !(await new Shelf().read()).has(id)) return;
	await forgetDocuments(id);
}

/**
 * The file that was put aside for whoever is in now, and not taken yet. What has waited too long for anybody goes.
 * @param personId null: nobody is in, and it is theirs who were last
 */
export async function readUnsent(
	personId: string | null,
	now: Date,
): Promise<{ file: UnsentFile; saved: boolean } | null> {
	const [shelf, notes] = [new Shelf(), new UnsentNotes()];
	if (personId !== null) notes.enter(personId);
	const { shown } = notes;
	const file = await fileOf(personId ?? shown?.of, now, shelf);
	return file && shown && { file, saved: shown.saved };
}

export function noteUnsentSaved(): void {
	const notes = new UnsentNotes();
	if (notes.shown) notes.noteSaved(notes.shown.of);
}

export async function forgetUnsent(): Promise<void> {
	const notes = new UnsentNotes();
	const of = notes.shown?.of;
	if (of === undefined) return;
	notes.forget(of);
	await new Shelf().remove(of);
}

async function fileOf(personId: string | undefined, now: Date, shelf: Shelf): Promise<UnsentFile | null> {
	let own: UnsentFile | null = null;
	for (const [of, entry] of await shelf.read()) {
		const file = freshFile(entry, now);
		if (!file) await shelf.remove(of);
		else if (of === personId) own = file;
	}
	return own;
}

/** @returns null for what has waited too long, or is no such entry */
function freshFile(entry: ShelfEntry | undefined, now: Date): UnsentFile | null {
	const { name, text, at } = entry ?? {};
	const fresh = at !== undefined && Math.abs(now.getTime() - Date.parse(at)) < shelfLife;
	return fresh && name !== undefined && text !== undefined ? { name, text } : null;
}

/** Puts what waits in the documents that go into one file, on the device before anything is deleted. */
async function putAside(
	identity: Identity,
	moment: Date,
	loss: Loss,
	inPage: readonly InPage[] = [],
): Promise<UnsentFile | null> {
	const { id, name: person } = identity.person;
	const waiting = (await listStored(id)).filter((document) => document.waits && loss(document));
	const unstored = inPage.filter((document) => document.waits && loss(document));
	if (waiting.length === 0 && unstored.length === 0) return null;
	const directory = await directoryOf(id, inPage);
	const stored = await Promise.all(waiting.map(({ name }) => readOne(id, name)));
	const at = moment.toISOString();
	const about = { person, moment: formatInstant(at, identity.association.timeZone) };
	const shelf = new Shelf();
	// What they lost before and did not take yet stays in it, and what another tab puts there at the same time.
	const file = await shelf.change(id, (before) => {
		const kept = readUnsentFile(freshFile(before, moment)?.text ?? '');
		const all = mergeByName([...stored.filter((one) => one !== null), ...unstored, ...kept]);
		return {
			...toUnsentFile(
				all.map((one) => ({ ...one, title: documentTitle(one.name, directory) })),
				about,
			),
			at,
		};
	});
	new UnsentNotes().offer(id);
	return file;
}

type Part = Omit<Unsent, 'title'>;

function mergeByName(parts: readonly Part[]): Part[] {
	const merged = new Map<DocumentName, Uint8Array>();
	for (const { name, update } of parts) {
		const before = merged.get(name);
		merged.set(name, before ? Y.mergeUpdates([before, update]) : update);
	}
	return [...merged].map(([name, update]) => ({ name, update }));
}

async function readOne(personId: string, name: DocumentName): Promise<Part | null> {
	const update = await readStored(personId, name);
	return update && { name, update };
}

async function directoryOf(personId: string, inPage: readonly InPage[]): Promise<Directory> {
	const doc = new Y.Doc();
	const open = inPage.find(({ name }) => name === directoryName)?.update;
	const update = open ?? (await readStored(personId, directoryName));
	if (update) Y.applyUpdate(doc, update);
	return readDirectory(doc);
}
