/**
 * What was deleted and then erased is in no byte of what the real server keeps: not in the data file and its free pages, its
 * write-ahead log, the log of appends, a version, or the next backup. What stands in the documents stays, and nobody who
 * was away brings anything back.
 */
import { bodyRoot } from '#lib/documents/body.ts';
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin } from '#lib/documents/change-directory.ts';
import { readDirectory } from '#lib/documents/directory.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import type { AuditAnswer } from '#lib/protocol/audit.ts';
import type { DocumentsAnswer, IssueAnswer, PreviewAnswer, VersionsAnswer } from '#lib/protocol/api.ts';
import { execFile } from 'node:child_process';
import { globSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { root, runtime } from '../../server/bin/toolchain.js';
import { connectMember } from '../support/people-devices.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';
import { type StockClient, untilTrue, whenSynced } from './stock-client.ts';

const secret = 'Zwischenruf von Unverwechselbar';
const kept = 'Die Kasse ist geprüft. ';

let server: TestServer;
let admin: Member;
const clients: StockClient[] = [];

beforeEach(async () => {
	server = await startTestServer({ build: null });
	admin = await server.setUp();
}, 60_000);
afterEach(async () => {
	for (const client of clients.splice(0)) client.stop();
	await server.close();
});

async function connect(name: string, member = admin, doc = new Y.Doc()): Promise<StockClient> {
	const client = connectMember(server, member, name, doc);
	clients.push(client);
	await whenSynced(client);
	return client;
}

/** Where under the data folder these bytes are. */
function placesOf(words: string): string[] {
	return globSync('**/*', { cwd: server.folder }).filter((file) => {
		const full = path.join(server.folder, file);
		return statSync(full).isFile() && readFileSync(full).includes(words);
	});
}

/** Waits until the server has on its disk what a client wrote. */
async function untilStored(words: string): Promise<void> {
	await expect.poll(() => placesOf(words).length).toBeGreaterThan(0);
}

async function textOnServer(name: string): Promise<string> {
	const reader = await connect(name);
	return reader.doc.getText('t').toJSON();
}

const erase = (name: string, as = admin) => server.ask('POST', `/api/documents/${name}/erase`, { as });

async function backUp(): Promise<Buffer> {
	const file = path.join(server.folder, '..', `${path.basename(server.folder)}-backup.sqlite`);
	const env = { ...process.env, MITSCHRIFT_DATA: server.folder };
	await promisify(execFile)(runtime, ['server/backup.ts', file], { cwd: root, env });
	const bytes = readFileSync(file);
	rmSync(file);
	return bytes;
}

/** Written, kept as a version, deleted, and something written after it. */
async function writeAndDelete(name: string): Promise<StockClient> {
	const client = await connect(name);
	const text = client.doc.getText('t');
	text.insert(0, kept + secret);
	await untilStored(secret);
	expect(
		(await server.ask('POST', `/api/documents/${name}/versions`, { as: admin, body: { name: 'Stand' } })).status,
	).toBe(201);
	text.delete(kept.length, secret.length);
	text.insert(kept.length, 'Danach.');
	await untilStored('Danach.');
	return client;
}

test('until it is erased it is in the log, in versions and in backups, and afterwards nowhere', async () => {
	const other = await connect('agenda:other');
	other.doc.getText('t').insert(0, 'Was nebenan steht.');
	await untilStored('Was nebenan steht.');
	await writeAndDelete('minutes:m1');
	// Older than the log: what was moved out of it, and a version's own bytes, are in the data file too.
	await server.stop();
	await server.start();
	expect(placesOf(secret)).not.toEqual([]);
	expect((await backUp()).includes(secret)).toBe(true);

	expect((await erase('minutes:m1')).status).toBe(204);
	expect(placesOf(secret)).toEqual([]);
	expect((await backUp()).includes(secret)).toBe(false);
	const { body } = await server.ask<VersionsAnswer>('GET', '/api/documents/minutes:m1/versions', { as: admin });
	expect(body.versions).toEqual([]);

	expect(await textOnServer('minutes:m1')).toBe(`${kept}Danach.`);
	expect(await textOnServer('agenda:other')).toBe('Was nebenan steht.');
	await server.kill();
	await server.start();
	expect(await textOnServer('minutes:m1')).toBe(`${kept}Danach.`);
	expect(await textOnServer('agenda:other')).toBe('Was nebenan steht.');
	expect(placesOf(secret)).toEqual([]);
});

test('it is in no free page of the data file, whenever it came there', async () => {
	const name = 'minutes:m1';
	const client = await connect(name);
	const text = client.doc.getText('t');
	// Compacted into the data file while it stood there, and again without it: the pages before are free, and as they were.
	text.insert(0, `${secret} `.repeat(4000));
	await untilStored(secret);
	await erase(name);
	const file = path.join(server.folder, 'mitschrift.sqlite');
	expect(readFileSync(file).includes(secret)).toBe(true);
	text.delete(0, text.length);
	text.insert(0, 'Nichts mehr.');
	await untilStored('Nichts mehr.');
	await server.ask('POST', `/api/documents/${name}/versions`, { as: admin, body: { name: 'leer' } });
	const database = new DatabaseSync(file, { timeout: 5000 });
	database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
	database.close();
	expect(readFileSync(file).includes(secret)).toBe(true);
	await erase(name);
	expect(placesOf(secret)).toEqual([]);
});

test('whoever joins afterwards is sent nothing of it, and whoever was away brings nothing back', async () => {
	const berta = await server.admit(admin, 'Berta', 'board');
	const away = await connect('minutes:m1', berta);
	const writer = await connect('minutes:m1');
	const text = writer.doc.getText('t');
	text.insert(0, kept + secret);
	await untilTrue([away.doc], () => away.doc.getText('t').toJSON().includes(secret));
	// Berta's device holds it, goes away, and writes on.
	away.provider.disconnect();
	away.doc.getText('t').insert(0, 'Von unterwegs. ');
	text.delete(kept.length, secret.length);
	text.insert(text.length, 'Danach.');
	await untilStored('Danach.');
	writer.provider.disconnect();
	// The room has the log's bytes as they are, and is open when it is erased.
	await server.stop();
	await server.start();
	expect((await join()).includes(secret)).toBe(true);
	await erase('minutes:m1');
	const heard = await join();
	expect(heard.includes(kept.trim())).toBe(true);
	expect(heard.includes(secret)).toBe(false);

	writer.provider.connect();
	away.provider.connect();
	await untilTrue([writer.doc], () => text.toJSON().includes('Von unterwegs.'));
	await untilStored('Von unterwegs.');
	await untilTrue([away.doc], () => away.doc.getText('t').toJSON() === `Von unterwegs. ${kept}Danach.`);
	expect(placesOf(secret)).toEqual([]);
});

/** What the relay sends to who has nothing. */
async function join(): Promise<Buffer> {
	const heard: Buffer[] = [];
	const client = connectMember(server, admin, 'minutes:m1');
	clients.push(client);
	client.provider.on('status', () => {
		client.provider.ws?.addEventListener('message', ({ data }) => heard.push(Buffer.from(data as ArrayBuffer)));
	});
	client.provider.ws?.addEventListener('message', ({ data }) => heard.push(Buffer.from(data as ArrayBuffer)));
	await whenSynced(client);
	return Buffer.concat(heard);
}

test('people may write while it is erased, and nothing of that is lost', async () => {
	const writer = await writeAndDelete('minutes:m1');
	const beside = await connect('agenda:beside');
	let typing = true;
	const typed = (async () => {
		while (typing) {
			writer.doc.getText('t').insert(0, 'a');
			beside.doc.getText('t').insert(0, 'b');
			await new Promise(setImmediate);
		}
	})();
	for (let round = 0; round < 3; round++) expect((await erase('minutes:m1')).status).toBe(204);
	typing = false;
	await typed;
	await expect.poll(() => textOnServer('minutes:m1')).toBe(writer.doc.getText('t').toJSON());
	await expect.poll(() => textOnServer('agenda:beside')).toBe(beside.doc.getText('t').toJSON());
	await erase('minutes:m1');
	expect(placesOf(secret)).toEqual([]);
});

test('it is an admin’s to do, on record, and every device is told', async () => {
	await writeAndDelete('minutes:m1');
	const berta = await server.admit(admin, 'Berta', 'board');
	expect((await erase('minutes:m1', berta)).status).toBe(403);
	expect(placesOf(secret)).not.toEqual([]);
	expect((await erase('minutes:none')).status).toBe(404);
	expect((await erase('closed:m1')).status).toBe(403);
	expect((await erase('minutes:m1')).status).toBe(204);
	const audit = await server.ask<AuditAnswer>('GET', '/api/audit', { as: admin });
	expect(audit.body.entries[0]).toMatchObject({ kind: 'text-erased', by: admin.person.id, about: 'minutes:m1' });
	const { body } = await server.ask<DocumentsAnswer>('GET', '/api/documents', { as: berta });
	const listed = body.documents.find(({ name }) => name === 'minutes:m1');
	expect(listed?.erased).toEqual({ at: audit.body.entries[0]?.at, version: listed?.version });
});

test('what was approved, and what a withdrawn page showed, goes too; a page that everybody sees stays', async () => {
	const directory = await connect('directory:main');
	addBulletin(directory.doc, { id: 'b1', title: 'Rundbrief', date: '2025-01-09', status: 'draft' });
	const issue = await connect('bulletin:b1');
	const write = (...texts: string[]) => {
		if (issue.doc.getMap('articles').size === 0) addArticle(issue.doc, { id: 'a1', title: 'Kasse' });
		issue.doc.transact(() => {
			const body = issue.doc.getXmlFragment(bodyRoot('a1'));
			body.delete(0, body.length);
			writeBody(issue.doc, bodyRoot('a1'), texts);
		});
	};
	const path = '/api/bulletins/b1';
	const state = async () => (await server.ask<IssueAnswer>('GET', path, { as: admin })).body;
	const publish = async (body: Record<string, string> = {}) => {
		const { hash } = await state();
		expect((await server.ask('POST', `${path}/approvals`, { as: admin, body: { hash } })).status).toBe(201);
		const { page } = (await server.ask<PreviewAnswer>('GET', `${path}/preview`, { as: admin })).body;
		const seen = page ? { page: page.seen } : {};
		return (await server.ask('POST', `${path}/publications`, { as: admin, body: { hash, ...seen, ...body } })).status;
	};
	write(kept, secret);
	await untilStored(secret);
	expect(await publish()).toBe(201);
	write(kept);
	await expect.poll(async () => (await state()).hash === (await state()).versions[0]?.hash).toBe(false);
	await erase('bulletin:b1');
	expect(placesOf(secret)).toEqual(['mitschrift.sqlite']);
	expect((await state()).approvals).toEqual([]);

	await server.ask('DELETE', `${path}/page`, { as: admin });
	await erase('bulletin:b1');
	expect(placesOf(secret)).toEqual([]);
	expect((await server.ask('POST', `${path}/page`, { as: admin })).status).toBe(404);
	expect(await publish()).toBe(201);
	expect((await state()).page?.withdrawn).toBe(false);

	// A device that has not heard of the page takes its issue off the list: it is back in a moment.
	directory.doc.getMap('bulletins').delete('b1');
	await untilTrue([directory.doc], () => readDirectory(directory.doc).bulletins.some(({ id }) => id === 'b1'));
	expect(readDirectory(directory.doc).bulletins[0]).toMatchObject({ id: 'b1', status: 'published' });
});
