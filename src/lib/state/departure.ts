/**
 * What a device does when an access is taken from it: what the server never got is put into one file for its author,
 * and only then everything goes that they may not have any more. Loaded when it happens, which is seldom.
 */
import { readDirectory, type Directory } from '#lib/documents/directory.ts';
import { formatInstant } from '#lib/i18n/format.ts';
import { directoryName, type DocumentName } from '#lib/protocol/document-name.ts';
import { emptyDevice, type DeviceParts } from '#lib/sync/forget.ts';
import { Shelf, shelfName } from '#lib/sync/shelf.ts';
import { dropStored, listStored, readStored, unlist, type StoredDocument } from '#lib/sync/stored-documents.ts';
import * as Y from 'yjs';
import { documentTitle } from './document-title.ts';
import type { Identity } from './identity.ts';
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

/** The file that was put aside and not taken yet. */
export async function readUnsent(now: Date, shelf = new Shelf()): Promise<UnsentFile | null> {
	const { name, text, at } = (await shelf.read()) ?? {};
	if (name === undefined || text === undefined || at === undefined) return null;
	if (Math.abs(now.getTime() - Date.parse(at)) < shelfLife) return { name, text };
	await shelf.clear();
	return null;
}

export function forgetUnsent(shelf = new Shelf()): Promise<void> {
	return shelf.clear();
}

/** Puts what waits in the documents that go into one file, on the device before anything is deleted. */
async function putAside(identity: Identity, moment: Date, loss: Loss): Promise<UnsentFile | null> {
	const { id, name: person } = identity.person;
	const waiting = (await listStored(id)).filter((document) => document.waits && loss(document));
	if (waiting.length === 0) return null;
	const directory = await directoryOf(id);
	const shelf = new Shelf();
	const unsent = await Promise.all(waiting.map(({ name }) => readOne(id, name, directory)));
	for (const { name, update } of await earlierOf(id, moment, shelf)) {
		const same = unsent.find((one) => one?.name === name);
		if (same) same.update = Y.mergeUpdates([update, same.update]);
		else unsent.push({ name, title: documentTitle(name, directory), update });
	}
	const at = moment.toISOString();
	const about = { person, moment: formatInstant(at, identity.association.timeZone) };
	const file = toUnsentFile(
		unsent.filter((one) => one !== null),
		about,
	);
	await shelf.put({ ...file, at, person: id });
	return file;
}

/** What the same person lost before and nobody took yet: the new file holds it too. */
async function earlierOf(personId: string, now: Date, shelf: Shelf): Promise<ReturnType<typeof readUnsentFile>> {
	const file = (await shelf.read())?.['person'] === personId ? await readUnsent(now, shelf) : null;
	return file ? readUnsentFile(file.text) : [];
}

async function readOne(personId: string, name: DocumentName, directory: Directory): Promise<Unsent | null> {
	const update = await readStored(personId, name);
	return update && { name, title: documentTitle(name, directory), update };
}

async function directoryOf(personId: string): Promise<Directory> {
	const doc = new Y.Doc();
	const update = await readStored(personId, directoryName);
	if (update) Y.applyUpdate(doc, update);
	return readDirectory(doc);
}
