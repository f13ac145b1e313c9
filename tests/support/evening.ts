/** A small association on a real server, with one meeting and one bulletin to write in, and what browsers hold of them. */
import { addAgendaItem } from '#lib/documents/change-agenda.ts';
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin, addMeeting } from '#lib/documents/change-directory.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import { newAgendaItem } from '#lib/domain/agenda.ts';
import type { IssueAnswer } from '#lib/protocol/api.ts';
import { directoryName, type DocumentName } from '#lib/protocol/document-name.ts';
import type { Workspace } from '#lib/sync/contract.ts';
import { databasePrefixOf } from '#lib/sync/device-database.ts';
import { tellWithin } from '#lib/sync/synced-document.ts';
import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { WebSocket as NodeSocket } from 'ws';
import * as Y from 'yjs';
import { openDevice as openNodeDevice, untilSaved } from './peers.ts';
import { cookieHeader, startTestServer, type Member, type TestServer } from './server.ts';

export type Evening = { server: TestServer; mara: Member; jonas: Member };

export const agendaItems = ['Wahlbüro', 'Plakate', 'Haushalt'] as const;
export const paragraph = 'Der Vorstand trifft sich.';

/** Mara is the admin, Jonas on the board. */
export async function prepareEvening(): Promise<Evening> {
	const server = await startTestServer();
	const mara = await server.setUp('Mara');
	const jonas = await server.admit(mara, 'Jonas', 'board');
	const workspace = openServerPeer(server, mara);
	await write(workspace, directoryName, (doc) => {
		addMeeting(doc, {
			id: 'm1',
			bodyId: null,
			title: 'Vorstand',
			start: '2024-12-10T18:00',
			end: null,
			mode: 'inPerson',
			place: '',
			link: '',
			status: 'planned',
			invited: [],
			guests: [],
		});
		addBulletin(doc, { id: 'b1', title: 'Aus dem Vorstand', date: '2024-12-10', status: 'draft' });
	});
	await write(workspace, 'agenda:m1', (doc) => {
		agendaItems.forEach((title, at) => addAgendaItem(doc, { ...newAgendaItem, id: `i${at + 1}`, title }));
	});
	await write(workspace, 'minutes:m1', (doc) => writeBody(doc, bodyRoot('i1'), [paragraph]));
	await write(workspace, 'bulletin:b1', (doc) => {
		addArticle(doc, { id: 'a1', title: 'Wahlbüro' });
		writeBody(doc, bodyRoot('a1'), [paragraph]);
	});
	await workspace.close();
	return { server, mara, jonas };
}

/** Each of them approves the issue as it stands. @returns the digest of what they approved */
export async function approve(server: TestServer, issue: string, by: readonly Member[]): Promise<string> {
	const path = `/api/bulletins/${issue}`;
	const { body } = await server.ask<IssueAnswer>('GET', path, { as: by[0] });
	for (const as of by) await server.ask('POST', `${path}/approvals`, { as, body: { hash: body.hash } });
	return body.hash;
}

/** What all of them approved goes out, by the first. */
export async function publish(server: TestServer, issue: string, by: readonly Member[]): Promise<void> {
	const hash = await approve(server, issue, by);
	const answer = await server.ask('POST', `/api/bulletins/${issue}/publications`, { as: by[0], body: { hash } });
	if (answer.status !== 201) throw new Error(`not published: ${JSON.stringify(answer.body)}`);
}

async function write(workspace: Workspace, name: DocumentName, change: (doc: Y.Doc) => void): Promise<void> {
	const handle = workspace.open(name);
	change(handle.doc);
	await untilSaved(handle);
}

/** A device without a browser that talks to the real server as this member. */
export function openServerPeer({ origin, port }: TestServer, member: Member): Workspace {
	class MemberSocket extends NodeSocket {
		constructor(url: string | URL) {
			super(url, { headers: { cookie: cookieHeader(member), origin } });
		}
	}
	return openNodeDevice({
		url: `ws://localhost:${port}/sync`,
		role: member.person.role,
		personId: member.person.id,
		WebSocket: MemberSocket as unknown as typeof WebSocket,
	});
}

/** What the relay has on disk, as a peer that has nothing gets it. */
export async function relayContent(server: TestServer, member: Member, name: DocumentName): Promise<Y.Doc> {
	const workspace = openServerPeer(server, member);
	const handle = workspace.open(name);
	await untilSaved(handle);
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(handle.doc));
	await workspace.close();
	return copy;
}

/** What a browser has stored of a document, read past the app. */
export async function deviceContent(page: Page, personId: string, name: DocumentName): Promise<Y.Doc> {
	const rows = await page.evaluate(readRows, databasePrefixOf(personId) + name);
	const doc = new Y.Doc();
	for (const row of rows) Y.applyUpdate(doc, Uint8Array.from(row));
	return doc;
}

function readRows(database: string): Promise<number[][]> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(database);
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
		opening.onsuccess = () => {
			const rows = opening.result.transaction('updates').objectStore('updates').getAll();
			rows.onsuccess = () => {
				opening.result.close();
				resolve((rows.result as Uint8Array[]).map((update) => [...update]));
			};
		};
	});
}

/** Of the content under these roots: equal state vectors would prove nothing. */
export function digest(doc: Y.Doc, roots: { maps: string[]; bodies: string[] }): string {
	const maps = roots.maps.map((root) => sorted(doc.getMap(root).toJSON()));
	const bodies = roots.bodies.map((root) => doc.getXmlFragment(root).toString());
	return createHash('sha256')
		.update(JSON.stringify([maps, bodies]))
		.digest('hex');
}

function sorted(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	return Object.entries(value)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, inner]) => [key, sorted(inner)]);
}

/** The indicator that every page shows, once it says this; "Gespeichert" is not the end of "… gespeichert". */
export function indicator(page: Page, words: string | RegExp) {
	const said = page.locator('[data-status]:visible', { hasText: new RegExp(words) }).first();
	return {
		/** For a moment after a letter the word of before still stands there: that is not what is waited for. */
		async waitFor(): Promise<void> {
			// As long, begun later, on the same clock: it ends after that of what was written before.
			await page.evaluate((within) => new Promise((resolve) => setTimeout(resolve, within)), tellWithin);
			await said.waitFor();
		},
	};
}
