/** Backup and restore with the real commands, a real server, stock clients and devices with storage of their own. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { SessionAnswer, VersionsAnswer } from '#lib/protocol/api.ts';
import type { AuditAnswer } from '#lib/protocol/audit.ts';
import type { Settings } from '#lib/protocol/settings.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { IDBFactory } from 'fake-indexeddb';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	cpSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root, runtime } from '../../server/bin/toolchain.js';
import * as Y from 'yjs';
import { endWithDigest } from '../../server/storage/digest.ts';
import { openStore } from '../../server/storage/store-files.ts';
import { toDocument } from '../../server/relay/document-state.ts';
import { connectMember, openMemberDevice } from '../support/people-devices.ts';
import { untilSaved, untilStatus, untilText } from '../support/peers.ts';
import { cookieHeader, type Member, startTestServer, type TestServer } from '../support/server.ts';
import { untilTrue, whenSynced } from './stock-client.ts';

const agenda: DocumentName = 'agenda:a1';

let server: TestServer;
let admin: Member;
let folder: string;
let file: string;

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-backup-'));
	file = path.join(folder, 'yesterday.sqlite');
	server = await startTestServer({ build: null });
	admin = await server.setUp();
});

afterEach(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

async function command(name: 'backup' | 'restore', from = file, env = {}): Promise<{ code: number; said: string }> {
	return run([`server/${name}.ts`, from], env);
}

async function run(args: string[], env: Record<string, string> = {}): Promise<{ code: number; said: string }> {
	const child = spawn(runtime, args, {
		cwd: root,
		env: { ...process.env, MITSCHRIFT_DATA: server.folder, ...env },
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
	const [code] = (await once(child, 'close')) as [number];
	return { code, said };
}

async function restored(): Promise<void> {
	await server.stop();
	expect(await command('restore')).toMatchObject({ code: 0 });
	await server.start();
}

async function textIn(store: string, name: DocumentName): Promise<string> {
	const opened = await openStore(store);
	const text = toDocument(await opened.load(name))
		.getText('t')
		.toJSON();
	await opened.close();
	return text;
}

async function write(handle: DocumentHandle, at: number, text: string): Promise<void> {
	await untilSaved(handle);
	handle.doc.getText('t').insert(at, text);
	await untilSaved(handle);
}

test('npm means a file from where the person is', async () => {
	const args = ['server/bin/data-command.js', 'backup', path.basename(file)];
	expect((await run(args, { INIT_CWD: folder })).said).toContain(` to ${file}.`);
	expect(existsSync(file)).toBe(true);
});

describe('an encrypted backup', () => {
	const sealed = { MITSCHRIFT_BACKUP_PASSPHRASE: 'Sonne über dem Rathaus' };

	async function writeAndBackUp(): Promise<void> {
		const desk = await openMemberDevice(server, admin);
		await write(desk.open(agenda), 0, 'streng vertraulich');
		await desk.close();
		const forsaken = path.join(server.folder, `mitschrift.sqlite-backing-up-${2 ** 30}`);
		writeFileSync(forsaken, 'of a backup that was killed');
		const { code, said } = await command('backup', file, sealed);
		expect([code, said]).toEqual([0, expect.stringContaining('It is encrypted')]);
	}

	test('holds no word and no name that can be read, is its owner’s only, and comes back with its passphrase', async () => {
		await writeAndBackUp();
		const bytes = readFileSync(file);
		expect(bytes.subarray(0, 22).toString()).toBe('age-encryption.org/v1\n');
		for (const word of ['streng vertraulich', 'Alma Admin', 'SQLite format']) expect(bytes.includes(word)).toBe(false);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readdirSync(folder)).toEqual([path.basename(file)]);
		expect(readdirSync(server.folder).filter((name) => name.includes('backing-up'))).toEqual([]);
		await server.stop();
		const phrase = path.join(folder, 'phrase');
		writeFileSync(phrase, `${sealed.MITSCHRIFT_BACKUP_PASSPHRASE}\n`);
		const { code, said } = await command('restore', file, { MITSCHRIFT_BACKUP_PASSPHRASE_FILE: phrase });
		expect([code, said]).toEqual([0, expect.stringContaining('Restored 1 documents')]);
		expect(await textIn(path.join(server.folder, 'mitschrift.sqlite'), agenda)).toBe('streng vertraulich');
	});

	test('another passphrase or none, a file that is not whole, changed or not encrypted: one sentence, and nothing changes', async () => {
		await writeAndBackUp();
		await server.stop();
		const bytes = readFileSync(file);
		const put = (name: string, content: Uint8Array) => {
			writeFileSync(path.join(folder, name), content);
			return path.join(folder, name);
		};
		const changed = Buffer.from(bytes);
		changed.writeUInt8(changed.readUInt8(bytes.length - 100) ^ 1, bytes.length - 100);
		const plain = path.join(folder, 'plain.sqlite');
		expect(await command('backup', plain)).toMatchObject({ code: 0, said: expect.stringContaining('not encrypted') });
		const before = contentOf(server.folder);
		for (const [from, env, sentence] of [
			[file, { MITSCHRIFT_BACKUP_PASSPHRASE: 'Regen über dem Rathaus' }, 'does not open with this passphrase.'],
			[file, {}, 'is encrypted: give its passphrase in MITSCHRIFT_BACKUP_PASSPHRASE'],
			[put('half', bytes.subarray(0, bytes.length / 2)), sealed, 'is damaged or not whole.'],
			[put('head', bytes.subarray(0, 60)), sealed, 'is damaged or not whole.'],
			[put('end', bytes.subarray(0, -1)), sealed, 'is damaged or not whole.'],
			[put('changed', changed), sealed, 'is damaged or not whole.'],
			[plain, sealed, 'is not encrypted; to restore it all the same, give no passphrase.'],
		] as const) {
			const { code, said } = await command('restore', from, env);
			expect([code, said.trim().split('\n')]).toEqual([1, [expect.stringContaining(`${from} ${sentence}`)]]);
			expect(contentOf(server.folder)).toEqual(before);
		}
	});
});

/** Every file of a folder, with what is in it. */
function contentOf(place: string): [string, string][] {
	return readdirSync(place, { recursive: true, encoding: 'utf8' })
		.filter((name) => statSync(path.join(place, name)).isFile())
		.map((name) => [name, readFileSync(path.join(place, name), 'base64')]);
}

describe('a backup', () => {
	test('made while people type is whole: a beginning of what each of them wrote', async () => {
		const writers = ['x', 'y'].map((letter) => ({ letter, ...connectMember(server, admin, `agenda:${letter}`) }));
		await Promise.all(writers.map(whenSynced));
		const mirror = connectMember(server, admin, 'agenda:x');
		await whenSynced(mirror);
		const type = () => {
			for (const { doc, letter } of writers) doc.getText('t').insert(doc.getText('t').length, letter);
		};
		// As fast as the relay takes it, for as long as the backup is made.
		mirror.doc.on('update', type);
		type();
		await untilTrue([mirror.doc], () => mirror.doc.getText('t').length > 50);
		const seen = mirror.doc.getText('t').length;
		const { code, said } = await command('backup');
		mirror.doc.off('update', type);
		for (const { stop } of [...writers, mirror]) stop();
		expect([code, said.split('\n')[0]]).toEqual([0, `Backed up 2 documents, people and devices to ${file}.`]);
		expect(await textIn(file, 'agenda:x')).toMatch(new RegExp(`^x{${seen},}$`));
		expect(await textIn(file, 'agenda:y')).toMatch(/^y+$/);
	});

	test('holds no token with which somebody could come in, and is for its owner only', async () => {
		const body = { name: 'Berta', role: 'board' };
		const invited = await server.ask<{ token: string }>('POST', '/api/invitations', { as: admin, body });
		await command('backup');
		const bytes = readFileSync(file);
		expect(bytes.includes('Alma Admin')).toBe(true);
		for (const token of [admin.cookie.value, invited.body.token, server.setUpToken()])
			expect(bytes.includes(token)).toBe(false);
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});

	test('leaves behind what was erased', async () => {
		const data = path.join(server.folder, 'mitschrift.sqlite');
		const database = new DatabaseSync(data);
		database.exec(`INSERT INTO probe VALUES (CAST('Geheimnis' AS BLOB)); DELETE FROM probe`);
		database.close();
		expect([data, `${data}-wal`].some((each) => readFileSync(each).includes('Geheimnis'))).toBe(true);
		await command('backup');
		expect(readFileSync(file).includes('Geheimnis')).toBe(false);
	});

	test('overwrites nothing, and says so in one sentence', async () => {
		writeFileSync(file, 'my thesis');
		expect(await command('backup')).toEqual({ code: 1, said: `The backup was not made: ${file} is there already.\n` });
		expect(readFileSync(file, 'utf8')).toBe('my thesis');
		const nowhere = path.join(folder, 'nowhere', 'file');
		expect((await command('backup', nowhere)).said).toMatch(/^The backup was not made: ENOENT.*\.\n$/);
		expect(readdirSync(folder)).toEqual(['yesterday.sqlite']);
	});

	test('made several times at once to one place is there, whole, and nothing else is', async () => {
		const made = await Promise.all(Array.from({ length: 4 }, () => command('backup')));
		expect(made.map(({ code }) => code)).toContain(0);
		for (const { code, said } of made)
			if (code !== 0) expect(said).toBe(`The backup was not made: ${file} is there already.\n`);
		expect(readdirSync(folder)).toEqual(['yesterday.sqlite']);
		await restored();
	});

	test('is not called like an option', async () => {
		const said = 'Name one file: npm run backup -- FILE\n';
		expect(await command('backup', '--help')).toEqual({ code: 1, said });
		expect(existsSync(path.join(root, '--help'))).toBe(false);
	});
});

describe('a restore', () => {
	test('of a data folder that somebody copied is refused; of its backup it brings all', async () => {
		const desk = await openMemberDevice(server, admin);
		await write(desk.open(agenda), 0, 'im Protokoll');
		const copied = path.join(folder, 'copied');
		cpSync(server.folder, copied, { recursive: true });
		await desk.close();
		await server.stop();
		const data = path.join(copied, 'mitschrift.sqlite');
		const before = readdirSync(server.folder);
		expect(await command('restore', data)).toEqual({
			code: 1,
			said: `The restore was not made: ${data} is no backup but a data file, and a part of its content is in the log beside it: make a backup of that folder first (MITSCHRIFT_DATA=${copied} npm run backup -- FILE), and restore that one.\n`,
		});
		expect(readdirSync(server.folder)).toEqual(before);
		expect(await command('backup', file, { MITSCHRIFT_DATA: copied })).toMatchObject({ code: 0 });
		expect(await command('restore')).toMatchObject({ code: 0 });
		expect(await textIn(path.join(server.folder, 'mitschrift.sqlite'), agenda)).toBe('im Protokoll');
	});

	test('is refused while the server runs, and of a file that is not whole; nothing changes', async () => {
		const desk = await openMemberDevice(server, admin);
		await write(desk.open(agenda), 0, 'steht');
		await desk.close();
		await command('backup');
		expect(await command('restore')).toEqual({
			code: 1,
			said: expect.stringMatching(/^The restore was not made: .* is in use by another running server\.\n$/) as string,
		});
		await server.stop();
		const torn = path.join(folder, 'torn.sqlite');
		const whole = readFileSync(file);
		writeFileSync(torn, whole.subarray(0, whole.length - 5000));
		const holed = path.join(folder, 'holed.sqlite');
		writeFileSync(holed, Buffer.from(whole).fill(0, 2 * 4096, 3 * 4096));
		const flipped = path.join(folder, 'flipped.sqlite');
		const changed = Buffer.from(whole);
		changed.writeUInt8(changed.readUInt8(whole.indexOf('Alma Admin')) ^ 1, whole.indexOf('Alma Admin'));
		writeFileSync(flipped, changed);
		for (const wrong of [torn, holed, flipped]) {
			const sentence = `The restore was not made: ${wrong} is damaged or not whole.\n`;
			expect(await command('restore', wrong)).toEqual({ code: 1, said: sentence });
		}
		for (const wrong of [path.join(folder, 'missing'), path.join(root, 'README.md')])
			expect((await command('restore', wrong)).code).toBe(1);
		expect(readdirSync(server.folder).filter((name) => name.includes('before'))).toEqual([]);
		expect(await textIn(path.join(server.folder, 'mitschrift.sqlite'), agenda)).toBe('steht');
	});

	test('of a newer Mitschrift’s backup is refused, and leaves nothing behind', async () => {
		await command('backup');
		const newer = new DatabaseSync(file);
		newer.exec('UPDATE accounts_version SET version = 999');
		newer.close();
		await endWithDigest(file);
		await server.stop();
		const before = readdirSync(server.folder);
		const { code, said } = await command('restore');
		expect([code, said]).toEqual([1, expect.stringMatching(/^The restore was not made: .*newer version.*\n$/)]);
		expect(readdirSync(server.folder)).toEqual(before);
	});

	test('devices that are ahead bring what the backup lacks: nothing is lost, nothing doubles', async () => {
		const storage = new IDBFactory();
		const held = { indexedDB: storage, storagePrefix: 'desk' };
		const desk = await openMemberDevice(server, admin, held);
		const handle = desk.open(agenda);
		await write(handle, 0, 'gestern, ');
		await command('backup');
		await write(handle, 9, 'heute');
		handle.doc.getText('t').delete(7, 1);
		await untilSaved(handle);
		await write(desk.open('minutes:m2'), 0, 'heute angefangen');
		const stock = connectMember(server, admin, agenda);
		await whenSynced(stock);
		await desk.close();

		await restored();
		expect((await server.documents(admin)).map(({ name }) => name)).toEqual([agenda]);
		stock.doc.getText('t').insert(0, 'Stand ');
		const again = await openMemberDevice(server, admin, held);
		const fresh = await openMemberDevice(server, admin);
		await untilText(fresh.open(agenda), 't', 'Stand gestern heute');
		await untilText(fresh.open('minutes:m2'), 't', 'heute angefangen');
		await Promise.all([again.close(), fresh.close()]);
		stock.stop();
		await server.stop();
		const data = path.join(server.folder, 'mitschrift.sqlite');
		expect(await textIn(data, agenda)).toBe('Stand gestern heute');
		expect(await textIn(data, 'minutes:m2')).toBe('heute angefangen');
	});

	test('an untouched device gets what others brought, though it had the same version number before', async () => {
		const phone = { indexedDB: new IDBFactory(), storagePrefix: 'phone' };
		const berta = await server.admit(admin, 'Berta', 'board');
		const desk = await openMemberDevice(server, admin);
		await write(desk.open(agenda), 0, 'alt');
		await command('backup');
		await write(desk.open(agenda), 0, 'verloren ');
		const before = await openMemberDevice(server, berta, phone);
		await untilStatus(before, ({ fetched }) => fetched.of === 1 && fetched.done === 1);
		await before.close();
		const listed = await server.documents(admin);
		await desk.close();

		await restored();
		const other = await openMemberDevice(server, admin);
		await write(other.open(agenda), 3, ' neu');
		await other.close();
		expect(await server.documents(admin)).toEqual(listed);
		const after = await openMemberDevice(server, berta, phone);
		const reading = await openMemberDevice(server, admin);
		await untilText(reading.open(agenda), 't', 'verloren alt neu');
		await Promise.all([after.close(), reading.close()]);
	});

	test('brings back the versions of documents, and data that is its owner’s only', async () => {
		const desk = await openMemberDevice(server, admin);
		await write(desk.open(agenda), 0, 'beschlossen');
		await desk.close();
		const versions = `/api/documents/${agenda}/versions`;
		const made = await server.ask('POST', versions, { as: admin, body: { name: 'Stand Januar' } });
		expect(made.status).toBe(201);
		await command('backup');
		chmodSync(file, 0o644);
		await restored();
		const { body } = await server.ask<VersionsAnswer>('GET', versions, { as: admin });
		expect(body).toEqual({ versions: [made.body] });
		const state = await fetch(`${server.origin}${versions}/${body.versions[0]?.id}`, {
			headers: { cookie: cookieHeader(admin) },
		});
		const doc = new Y.Doc();
		Y.applyUpdate(doc, new Uint8Array(await state.arrayBuffer()));
		expect(doc.getText('t').toJSON()).toBe('beschlossen');
		expect(statSync(path.join(server.folder, 'mitschrift.sqlite')).mode & 0o777).toBe(0o600);
	});

	test('begins a new epoch, keeps sessions, and keeps the file before', async () => {
		const epoch = async () => (await server.ask<SessionAnswer>('GET', '/api/session', { as: admin })).body.epoch;
		const before = await epoch();
		await command('backup');
		const desk = await openMemberDevice(server, admin);
		await write(desk.open(agenda), 0, 'nur hier');
		await desk.close();
		await restored();
		expect(await epoch()).not.toBe(before);
		const aside = readdirSync(server.folder).filter((name) => /-before-\d{8}T\d{6}$/.test(name));
		expect(aside).toHaveLength(1);
		expect(await textIn(path.join(server.folder, aside[0] ?? ''), agenda)).toBe('nur hier');
		expect(readdirSync(server.folder).filter((name) => /restoring/.test(name))).toEqual([]);
	});

	test('lets nobody in again who was removed since, and nobody out who came', async () => {
		const berta = await server.admit(admin, 'Berta', 'board');
		const cleo = await server.admit(admin, 'Cleo', 'admin');
		await command('backup');
		await server.ask('DELETE', `/api/people/${berta.person.id}`, { as: admin });
		await server.change(admin, cleo.person.id, { role: 'member' });
		const dora = await server.admit(admin, 'Dora', 'board');
		await restored();
		const roleOf = async (as: Member) =>
			(await server.ask<SessionAnswer>('GET', '/api/session', { as })).body.person?.role ?? null;
		expect(await Promise.all([berta, cleo, dora, admin].map(roleOf))).toEqual([null, 'member', 'board', 'admin']);
	});

	test('tells a device that had only fallen silent nothing untrue: its access was not taken away', async () => {
		const berta = await server.admit(admin, 'Berta', 'board');
		const cleo = await server.admit(admin, 'Cleo', 'board');
		await command('backup');
		await server.ask('DELETE', `/api/people/${berta.person.id}`, { as: admin });
		const data = new DatabaseSync(path.join(server.folder, 'mitschrift.sqlite'), { timeout: 5000 });
		data.prepare('UPDATE device SET seen_at = 0 WHERE person_id = ?').run(cleo.person.id);
		data.close();
		const answerTo = async (as: Member) => (await server.ask('GET', '/api/session', { as })).body;
		expect(await answerTo(cleo)).toEqual({ error: 'unauthorized' });
		await restored();
		expect(await answerTo(cleo)).toEqual({ error: 'unauthorized' });
		expect(await answerTo(berta)).toEqual({ error: 'revoked' });
	});

	test('takes back no requirement of passkeys, and shows no page that was withdrawn', async () => {
		const inData = <T>(work: (data: DatabaseSync) => T): T => {
			const data = new DatabaseSync(path.join(server.folder, 'mitschrift.sqlite'), { timeout: 5000 });
			try {
				return work(data);
			} finally {
				data.close();
			}
		};
		// What a device leaves behind is made when devices are taken out of the restored file.
		await server.ask('POST', '/api/invitations', { as: admin, body: { name: 'Berta', role: 'board' } });
		inData((data) => data.exec("INSERT INTO bulletin_page VALUES ('i1', 'januar', 'urn:x', NULL, 1)"));
		await command('backup');
		inData((data) => data.exec('UPDATE bulletin_page SET withdrawn_at = 2, changed_at = 2'));
		await server.ask('PATCH', '/api/settings', { as: admin, body: { passkeysRequired: true } });
		const asked = async () => (await server.ask<Settings>('GET', '/api/settings', { as: admin })).body.passkeysFrom;
		const before = await asked();
		expect(before).toBeTypeOf('string');
		await restored();
		expect(await asked()).toBe(before);
		expect(inData((data) => data.prepare('SELECT withdrawn_at FROM bulletin_page').all())).toEqual([
			{ withdrawn_at: 2 },
		]);
	});

	test('brings back no name of who was erased since: it is in no byte once the server runs', async () => {
		const name = 'Zacharias Unverwechselbar';
		const berta = await server.admit(admin, name, 'board');
		const span = { text: name, holder: { id: berta.person.id, nameless: 'Vorsitz' } };
		const content = { articles: [{ title: '', blocks: [{ kind: 'text', spans: [span] }] }] };
		const data = new DatabaseSync(path.join(server.folder, 'mitschrift.sqlite'), { timeout: 5000 });
		data.exec("INSERT INTO bulletin_page VALUES ('i1', 'januar', 'urn:x', NULL, 1)");
		data
			.prepare("INSERT INTO bulletin_publication VALUES ('i1', 1, 'h', '{}', ?, NULL, 1, ?)")
			.run(JSON.stringify(content), berta.person.id);
		data.close();
		await command('backup');
		await server.ask('POST', `/api/people/${berta.person.id}/erase`, { as: admin });
		await restored();
		const entries = readdirSync(server.folder, { recursive: true, withFileTypes: true });
		const files = entries.filter((entry) => entry.isFile() && !/-before-/.test(entry.name));
		expect(files.length).toBeGreaterThan(0);
		const holding = files.filter((entry) => readFileSync(path.join(entry.parentPath, entry.name)).includes(name));
		expect(holding.map((entry) => entry.name)).toEqual([]);
	});

	test('keeps the audit log: what happened since the backup, and that it was restored', async () => {
		const berta = await server.admit(admin, 'Berta', 'board');
		await command('backup');
		await server.ask('DELETE', `/api/people/${berta.person.id}`, { as: admin });
		await restored();
		const { body } = await server.ask<AuditAnswer>('GET', '/api/audit', { as: admin });
		expect(body.entries.map(({ kind }) => kind).toReversed()).toEqual([
			'set-up',
			'invited',
			'joined',
			'person-removed',
			'restored',
		]);
	});

	test('on another machine: people and devices of the backup, and no open invitation or recovery code', async () => {
		const body = { name: 'Berta', role: 'board' };
		const invited = await server.ask<{ token: string }>('POST', '/api/invitations', { as: admin, body });
		const recovery = await server.ask<{ codes: string[] }>('POST', '/api/passkeys/recovery-codes', { as: admin });
		await command('backup');
		await server.stop();
		for (const name of readdirSync(server.folder)) rmSync(path.join(server.folder, name), { recursive: true });
		const { code, said } = await command('restore');
		expect([code, said]).toEqual([0, expect.stringContaining('remove again whoever was removed since')]);
		await server.start();
		expect((await server.ask('GET', '/api/session', { as: admin })).status).toBe(200);
		for (const token of [invited.body.token, recovery.body.codes[0]])
			expect((await server.ask('POST', '/api/join', { body: { token } })).status).toBe(404);
	});

	test('over a damaged file takes the backup, and keeps the damaged one', async () => {
		const desk = await openMemberDevice(server, admin);
		await write(desk.open(agenda), 0, 'gerettet');
		await desk.close();
		await command('backup');
		await server.stop();
		const data = path.join(server.folder, 'mitschrift.sqlite');
		writeFileSync(data, 'noise '.repeat(5000));
		expect((await command('restore')).code).toBe(0);
		await server.start();
		const reading = await openMemberDevice(server, admin);
		await untilText(reading.open(agenda), 't', 'gerettet');
		await reading.close();
		const aside = readdirSync(server.folder).find((name) => /-before-\d{8}T\d{6}$/.test(name)) ?? '';
		expect(readFileSync(path.join(server.folder, aside), 'latin1').slice(0, 5)).toBe('noise');
	});
});
