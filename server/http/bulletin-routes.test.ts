import { bodyRoot } from '#lib/documents/body.ts';
import { hashOfContent, readOutline } from '#lib/documents/bulletin-content.ts';
import { addArticle, renameArticle } from '#lib/documents/bulletin.ts';
import { readDirectory } from '#lib/documents/directory.ts';
import { addBulletin, updateEntry } from '#lib/documents/change-directory.ts';
import { writeBody } from '#lib/documents/example-body.ts';
import type { ApiError, IssueAnswer, MailAnswer, PreviewAnswer } from '#lib/protocol/api.ts';
import { roles, type Role } from '#lib/protocol/policy.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { openAccounts, type Accounts } from '../accounts/accounts.ts';
import { createHistory } from '../history/history.ts';
import { createMeetingReader } from '../meetings/meeting-reader.ts';
import { toDoc } from '../publishing/issue-reader.ts';
import { openPublishing } from '../../tests/support/publishing.ts';
import { openSqliteStore } from '../storage/sqlite.ts';
import { RequestsUnderWay } from './requests-under-way.ts';
import { createApp } from './app.ts';
import { openBuild } from './static-files.ts';
import { createPace, readerLimits } from './stranger-limits.ts';

const origin = 'http://localhost:3000';
const path = '/api/bulletins/b1';

let store: ReturnType<typeof openSqliteStore>;
let accounts: Accounts;
let app: ReturnType<typeof createApp>;
let origins: readonly string[];
let now: number;
let mara: Person;
let jonas: Person;
let directory: Y.Doc;
let issue: Y.Doc;

type Person = { id: string; cookie: string };

beforeEach(async () => {
	store = openSqliteStore(':memory:');
	now = Date.parse('2025-01-09T20:00:00Z');
	accounts = openAccounts(':memory:', () => now);
	origins = [];
	app = serve();
	const token = accounts.association.setUpToken();
	mara = await signedIn('/api/setup', { token, association: 'Stadtverband', name: 'Mara' });
	jonas = await join('board');
	directory = new Y.Doc();
	addBulletin(directory, { id: 'b1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' });
	await save('directory:main', directory);
	issue = new Y.Doc();
	addArticle(issue, { id: 'a1', title: 'Wahlbüro' });
	writeBody(issue, bodyRoot('a1'), ['Das Wahlbüro tagt.']);
	await save('bulletin:b1', issue);
});

afterEach(async () => {
	accounts.close();
	await store.close();
});

function serve() {
	const timeZone = () => 'Europe/Berlin';
	return createApp(
		{
			accounts,
			documents: store,
			history: createHistory({ store, now: Date.now, timeZone, log: () => {} }),
			meetings: createMeetingReader(store),
			...openPublishing({ accounts, store, now: () => now }),
			disconnect: () => {},
			refreshDevices: () => {},
			eraseDeleted: async () => 0,
			strangers: {
				addressOf: () => '',
				pace: { take: () => 0, remembered: 0 },
				readers: createPace(() => now, readerLimits),
			},
			changes: { take: () => 0, remembered: 0 },
			underWay: new RequestsUnderWay(),
			effort: { take: () => 0, remembered: 0 },
			origins,
			operations: { readiness: async () => null, metricsToken: null, metrics: () => '' },
			log: () => {},
		},
		openBuild('no-build'),
	);
}

async function save(name: 'directory:main' | 'bulletin:b1', doc: Y.Doc): Promise<void> {
	await store.append([{ name, updates: [Y.encodeStateAsUpdate(doc)] }]).durable;
}

async function ask<T = IssueAnswer>(method: string, at: string, { as, body }: { as?: Person; body?: unknown } = {}) {
	const response = await app.request(origin + at, {
		method,
		headers: { host: 'localhost:3000', origin, ...(as ? { cookie: as.cookie } : {}) },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') ?? false;
	return { status: response.status, text, body: (isJson ? JSON.parse(text) : null) as T, headers: response.headers };
}

async function refusal(answer: ReturnType<typeof ask>): Promise<string> {
	const { status, body } = await (answer as Promise<{ status: number; body: unknown }>);
	return `${status} ${(body as ApiError).error}`;
}

async function signedIn(at: string, body: unknown): Promise<Person> {
	const { body: answer, headers } = await ask<{ person: { id: string } }>('POST', at, { body });
	return { id: answer.person.id, cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

function join(role: Role): Promise<Person> {
	const { token } = accounts.invitations.invite({ name: `Person ${role}`, role }, null);
	return signedIn('/api/join', { token });
}

/** What a person who has exactly this before their eyes would approve. */
function seen(): string {
	const entry = readDirectory(directory).bulletins.find(({ id }) => id === 'b1');
	if (!entry) throw new Error('the issue is not listed');
	return hashOfContent(readOutline(issue, entry));
}

const approve = (as: Person, hash = seen()) => ask('POST', `${path}/approvals`, { as, body: { hash } });
/** What the publishing dialog shows of the public page. */
async function pageSeen(as: Person): Promise<string | undefined> {
	return (await ask<PreviewAnswer>('GET', `${path}/preview`, { as })).body.page?.seen;
}
async function publish(as: Person, hash = seen(), note?: string, page?: string | null) {
	const known = page === undefined ? ((await pageSeen(as)) ?? null) : page;
	const body = { hash, ...(note === undefined ? {} : { note }), page: known };
	return ask('POST', `${path}/publications`, { as, body });
}

async function published(): Promise<string> {
	await approve(mara);
	await approve(jonas);
	const { status, body } = await publish(mara);
	expect(status).toBe(201);
	return body.page?.name ?? '';
}

async function change(title: string): Promise<void> {
	renameArticle(issue, 'a1', title);
	await save('bulletin:b1', issue);
}

describe('who may', () => {
	const requests = [
		['GET', ''],
		['POST', '/approvals'],
		['DELETE', '/approvals'],
		['POST', '/publications'],
		['DELETE', '/page'],
		['POST', '/page'],
		['GET', '/preview'],
		['GET', '/mail'],
		['GET', '/mail.eml'],
	] as const;

	test.each(requests)('%s %s asks for a session of somebody who writes bulletins', async (method, at) => {
		const body = method === 'POST' ? { hash: seen() } : undefined;
		expect(await refusal(ask(method, path + at, { body }))).toBe('401 unauthorized');
		for (const role of roles.filter((one) => one === 'member' || one === 'guest')) {
			accounts.people.list();
			const as = await joinAs(role);
			expect(await refusal(ask(method, path + at, { as, body }))).toBe('403 forbidden');
		}
		expect(accounts.approvals.list('b1')).toEqual([]);
		expect(accounts.publications.page('b1')).toBeNull();
	});

	async function joinAs(role: Role): Promise<Person> {
		const person = await join('member');
		if (role !== 'member') accounts.people.change(person.id, { role });
		return person;
	}

	test.each(['b2', 'B1', '..', 'b1%00', 'main:x'])('there is no issue %s', async (id) => {
		for (const [method, at] of requests) {
			const body = method === 'POST' && at !== '/page' ? { hash: seen() } : undefined;
			expect(await refusal(ask(method, `/api/bulletins/${id}${at}`, { as: mara, body }))).toBe('404 not-found');
		}
	});

	test('not who may not any more when the server has read what it is about', async () => {
		await approve(mara);
		await approve(jonas);
		const named = { name: 'Stand' };
		const attempts: [on: 'load' | 'exists', request: () => ReturnType<typeof ask>][] = [
			['load', () => publish(jonas)],
			['load', () => approve(jonas)],
			['load', () => ask('DELETE', `${path}/approvals`, { as: jonas })],
			['exists', () => ask('POST', '/api/documents/bulletin:b1/versions', { as: jonas, body: named })],
		];
		for (const [on, request] of attempts) {
			const reading = vi.spyOn(store, on).mockImplementationOnce(async (name) => {
				accounts.people.change(jonas.id, { role: 'member' });
				reading.mockRestore();
				return store[on](name) as never;
			});
			expect(await refusal(request())).toBe('403 forbidden');
			accounts.people.change(jonas.id, { role: 'board' });
		}
		expect(accounts.approvals.list('b1')).toHaveLength(2);
		expect(accounts.publications.page('b1')).toBeNull();
		expect(await store.versions('bulletin:b1')).toEqual([]);
	});

	test.each([{}, { hash: 'x' }, { hash: 5 }, { hash: 'A'.repeat(64) }, { hash: '0'.repeat(64), personId: 'x' }])(
		'%j is a bad request',
		async (body) => {
			expect(await refusal(ask('POST', `${path}/approvals`, { as: mara, body }))).toBe('400 bad-request');
			expect(await refusal(ask('POST', `${path}/publications`, { as: mara, body }))).toBe('400 bad-request');
		},
	);
});

describe('approving', () => {
	test('is of what was read, by whom the session says', async () => {
		const { status, body } = await approve(jonas);
		expect(status).toBe(201);
		expect(body).toMatchObject({ hash: seen(), needed: 2, page: null, versions: [] });
		expect(body.approvals).toMatchObject([{ personId: jonas.id, hash: seen(), at: '2025-01-09T20:00:00.000Z' }]);
		expect(body.approvals[0]?.outline).toMatchObject({ articles: [{ id: 'a1', title: 'Wahlbüro' }] });
		expect((await ask('GET', path, { as: mara })).body).toEqual(body);
	});

	test('of something else than the server has is refused, and changes nothing', async () => {
		renameArticle(issue, 'a1', 'Noch nicht gesichert');
		expect(await refusal(approve(jonas))).toBe('409 content-differs');
		expect(accounts.approvals.list('b1')).toEqual([]);
		await save('bulletin:b1', issue);
		expect((await approve(jonas)).status).toBe(201);
	});

	test('twice by one person is once', async () => {
		await approve(jonas);
		now += 60_000;
		expect((await approve(jonas)).body.approvals).toMatchObject([{ at: '2025-01-09T20:00:00.000Z' }]);
	});

	test('can be taken back, by oneself only', async () => {
		await approve(jonas);
		expect(await refusal(ask('DELETE', `${path}/approvals`, { as: mara }))).toBe('404 not-found');
		expect((await ask('DELETE', `${path}/approvals`, { as: jonas })).body.approvals).toEqual([]);
	});

	test('stays known with what it was of when the text changes, and counts no more', async () => {
		await approve(mara);
		await approve(jonas);
		const before = seen();
		await change('Wahlbüros');
		const { body } = await ask('GET', path, { as: mara });
		expect(body.hash).toBe(seen());
		expect(body.approvals.map(({ hash }) => hash)).toEqual([before, before]);
		expect(await refusal(publish(mara))).toBe('409 approvals-missing');
		await change('Wahlbüro');
		expect((await publish(mara)).status).toBe(201);
	});

	test('by somebody who has left the board counts no more', async () => {
		await join('board');
		await approve(mara);
		await approve(jonas);
		accounts.people.change(jonas.id, { role: 'member' });
		expect((await ask('GET', path, { as: mara })).body.approvals).toHaveLength(1);
		expect(await refusal(publish(mara))).toBe('409 approvals-missing');
	});

	test('takes no more people than there are', async () => {
		accounts.people.remove(jonas.id);
		expect((await approve(mara)).body.needed).toBe(1);
		expect((await publish(mara)).status).toBe(201);
	});

	test('takes as many as the association has set', async () => {
		accounts.settings.change({ approvalsNeeded: 1 });
		await approve(jonas);
		expect((await publish(mara)).body.needed).toBe(1);
	});

	test('of what a newer app wrote is refused', async () => {
		issue.getXmlFragment(bodyRoot('a1')).push([new Y.XmlElement('video')]);
		await save('bulletin:b1', issue);
		expect(await refusal(approve(mara))).toBe('409 content-unknown');
	});

	test('reaches devices by a note in the directory', async () => {
		await approve(jonas);
		const [noted] = readDirectory(toDoc(await store.load('directory:main'))).bulletins;
		expect(noted).toMatchObject({ id: 'b1', status: 'draft', news: 1, page: null });
	});
});

describe('publishing', () => {
	test('takes the approvals of exactly this content', async () => {
		await approve(mara);
		expect(await refusal(publish(mara))).toBe('409 approvals-missing');
		await approve(jonas);
		const { status, body } = await publish(mara);
		expect(status).toBe(201);
		expect(body.page).toEqual({ name: '2025-01-09-aus-dem-vorstand', withdrawn: false });
		expect(accounts.audit.page(null).entries[0]).toMatchObject({ kind: 'published', by: mara.id, about: 'b1' });
		expect(body.versions).toEqual([
			{ version: 1, at: '2025-01-09T20:00:00.000Z', by: mara.id, note: null, hash: seen(), readable: true },
		]);
		const [noted] = readDirectory(toDoc(await store.load('directory:main'))).bulletins;
		expect(noted).toMatchObject({ status: 'published', page: '2025-01-09-aus-dem-vorstand' });
	});

	test('is refused when a change has arrived since it was read', async () => {
		await approve(mara);
		await approve(jonas);
		const read = seen();
		await change('Wahlbüros');
		expect(await refusal(publish(mara, read))).toBe('409 content-differs');
		expect(accounts.publications.page('b1')).toBeNull();
	});

	test('is refused while a suggestion is open, and so is approving', async () => {
		const text = (issue.getXmlFragment(bodyRoot('a1')).get(0) as Y.XmlElement).get(0) as Y.XmlText;
		text.insert(0, 'Neu: ', { 'ins--AAAAAAAA': { by: mara.id, at: 1, id: 's1' } });
		await save('bulletin:b1', issue);
		expect(await refusal(approve(mara))).toBe('409 suggestions-open');
		for (const { id } of [mara, jonas]) accounts.approvals.approve('b1', id, { hash: seen(), outline: '{}' });
		expect(await refusal(publish(mara))).toBe('409 suggestions-open');
	});

	test('is refused without anything to read', async () => {
		const empty = new Y.Doc();
		addBulletin(directory, { id: 'b2', title: 'Leer', date: '2025-01-09', status: 'draft' });
		addArticle(empty, { id: 'a1', title: ' ' });
		await save('directory:main', directory);
		await store.append([{ name: 'bulletin:b2', updates: [Y.encodeStateAsUpdate(empty)] }]).durable;
		const { body } = await ask('GET', '/api/bulletins/b2', { as: mara });
		const answer = ask('POST', '/api/bulletins/b2/publications', { as: mara, body: { hash: body.hash } });
		expect(await refusal(answer)).toBe('409 content-missing');
	});

	test('at once by two gives one version', async () => {
		await approve(mara);
		await approve(jonas);
		const answers = await Promise.all([publish(mara), publish(jonas)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
		expect(accounts.publications.versions('b1')).toHaveLength(1);
	});

	test('again is a correction, which says what it corrects, and leaves the one before as it was', async () => {
		const name = await published();
		await change('Wahlbüros');
		await approve(mara);
		await approve(jonas);
		expect(await refusal(publish(mara))).toBe('400 note-missing');
		expect(await refusal(publish(mara, seen(), ' '))).toBe('400 bad-request');
		now += 24 * 3_600_000;
		const { body } = await publish(mara, seen(), 'Es sind zwei Wahlbüros.');
		expect(body.versions.map(({ version, note }) => [version, note])).toEqual([
			[1, null],
			[2, 'Es sind zwei Wahlbüros.'],
		]);
		const page = await ask('GET', `/b/${name}`);
		expect(page.text).toContain('<h2>Wahlbüros</h2>');
		expect(page.text).toContain('Berichtigt am 10. Januar 2025: Es sind zwei Wahlbüros.');
		const first = await ask('GET', `/b/${name}/1`);
		expect(first.text).toContain('<h2>Wahlbüro</h2>');
		expect(first.text).toContain('frühere Fassung');
		expect(first.text).not.toContain('zwei Wahlbüros');
		expect((await ask('GET', `/b/${name}/3`)).status).toBe(404);
	});

	test('by an app from before one had to name the page is refused in words that it has: it is to be updated', async () => {
		await published();
		await change('Wahlbüros');
		await approve(mara);
		await approve(jonas);
		const body = { hash: seen(), note: 'Es sind zwei.' };
		expect(await refusal(ask('POST', `${path}/publications`, { as: mara, body }))).toBe('409 content-unknown');
		expect((await publish(mara, seen(), 'Es sind zwei.')).status).toBe(201);
	});

	test('is refused when the page was taken off, shown again or corrected since it was looked at', async () => {
		const name = await published();
		await change('Wahlbüros');
		await approve(mara);
		await approve(jonas);
		const looked = await pageSeen(mara);
		now += 1000;
		await ask('DELETE', `${path}/page`, { as: jonas });
		expect(await refusal(publish(mara, seen(), 'Zwei.', looked))).toBe('409 page-differs');
		expect(await refusal(publish(mara, seen(), 'Zwei.', null))).toBe('409 page-differs');
		expect((await ask('GET', `/b/${name}`)).status).toBe(410);
		const off = await pageSeen(mara);
		now += 1000;
		await ask('POST', `${path}/page`, { as: jonas });
		expect(await refusal(publish(mara, seen(), 'Zwei.', off))).toBe('409 page-differs');
		expect(await refusal(publish(mara, seen(), 'Zwei.', looked))).toBe('409 page-differs');
		const shown = await pageSeen(mara);
		await publish(jonas, seen(), 'Von Jonas.', shown);
		expect(await refusal(publish(mara, seen(), 'Zwei.', shown))).toBe('409 already-published');
		await change('Drei Wahlbüros');
		await approve(mara);
		await approve(jonas);
		expect(await refusal(publish(mara, seen(), 'Drei.', shown))).toBe('409 page-differs');
		await ask('DELETE', `${path}/page`, { as: jonas });
		const { body } = await publish(mara, seen(), 'Drei.');
		expect(body.page).toEqual({ name, withdrawn: false });
		expect(body.versions.map(({ note }) => note)).toEqual([null, 'Von Jonas.', 'Drei.']);
	});

	test('keeps the page’s name when the title changes, and gives each issue its own', async () => {
		const name = await published();
		addBulletin(directory, { id: 'b2', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' });
		updateEntry(directory, 'bulletins', 'b1', { title: 'Anders' });
		await save('directory:main', directory);
		await store.append([{ name: 'bulletin:b2', updates: [Y.encodeStateAsUpdate(issue)] }]).durable;
		const { hash } = (await ask('GET', '/api/bulletins/b2', { as: mara })).body;
		for (const as of [mara, jonas]) await ask('POST', '/api/bulletins/b2/approvals', { as, body: { hash } });
		const { body } = await ask('POST', '/api/bulletins/b2/publications', { as: mara, body: { hash } });
		expect(body.page?.name).toBe(`${name}-2`);
		await approve(mara);
		await approve(jonas);
		expect((await publish(mara, seen(), 'Titel')).body.page?.name).toBe(name);
	});

	test('the preview shows what would go out, and says of which content it is', async () => {
		const { body } = await ask<PreviewAnswer>('GET', `${path}/preview?note=x`, { as: mara });
		expect(body.hash).toBe(seen());
		expect(body.html).toContain('<h2>Wahlbüro</h2>');
		expect(body.html).toContain('Vorschau');
		expect(accounts.publications.page('b1')).toBeNull();
	});
});

describe('taking back', () => {
	test('says so at the address, in every version, and goes from list and feed; nothing is lost', async () => {
		const name = await published();
		const withdrawn = await ask('DELETE', `${path}/page`, { as: jonas });
		expect(withdrawn.body.page).toEqual({ name, withdrawn: true });
		for (const at of [`/b/${name}`, `/b/${name}/1`]) {
			const { status, text } = await ask('GET', at);
			expect([status, text.includes('zurückgezogen'), text.includes('Wahlbüro')]).toEqual([410, true, false]);
		}
		expect((await ask('GET', '/b/')).text).not.toContain(name);
		expect((await ask('GET', '/b/feed.xml')).text).not.toContain('<entry');
		expect(await refusal(ask('GET', `${path}/mail`, { as: mara }))).toBe('404 not-found');
		const [noted] = readDirectory(toDoc(await store.load('directory:main'))).bulletins;
		expect(noted).toMatchObject({ page: null });
		expect(noted?.status).not.toBe('published');
		expect(await refusal(ask('DELETE', `${path}/page`, { as: mara }))).toBe('404 not-found');

		expect((await ask('POST', `${path}/page`, { as: mara })).body.page).toEqual({ name, withdrawn: false });
		expect((await ask('GET', `/b/${name}`)).status).toBe(200);
		expect(await refusal(ask('POST', `${path}/page`, { as: mara }))).toBe('409 already-published');
	});
});

describe('publishing what was withdrawn', () => {
	test('shows the correction alone: what was withdrawn is not to be read again, however the page comes back', async () => {
		const name = await published();
		const correct = async (word: string) => {
			await change(word);
			await approve(mara);
			await approve(jonas);
			now += 1000;
			return publish(mara, seen(), `Ohne ${word}.`);
		};
		const statuses = () =>
			Promise.all(['', '/1', '/2', '/3', '/4', '/5'].map(async (of) => (await ask('GET', `/b/${name}${of}`)).status));
		await correct('Frau Geheim');
		now += 1000;
		await ask('DELETE', `${path}/page`, { as: jonas });
		const updated = async () => /<updated>(.*?)<\/updated>/.exec((await ask('GET', '/b/feed.xml')).text)?.[1];
		expect(await updated()).toBe(new Date(now).toISOString());
		// Shown again as it was, it is all of it.
		now += 1000;
		await ask('POST', `${path}/page`, { as: jonas });
		expect(await statuses()).toEqual([200, 200, 200, 404, 404, 404]);
		now += 1000;
		await ask('DELETE', `${path}/page`, { as: jonas });
		const { body } = await correct('Wahlbüros');
		expect(body.versions.map(({ readable }) => readable)).toEqual([false, false, true]);
		expect(await statuses()).toEqual([200, 410, 410, 200, 404, 404]);
		const { text } = await ask('GET', `/b/${name}`);
		expect(text).not.toContain('Geheim');
		expect(text).not.toContain(`${name}/1`);
		expect((await ask('GET', '/b/feed.xml')).text).not.toContain('Geheim');
		await correct('Drei');
		expect(await statuses()).toEqual([200, 410, 410, 200, 200, 404]);
		now += 1000;
		await ask('DELETE', `${path}/page`, { as: jonas });
		now += 1000;
		await ask('POST', `${path}/page`, { as: jonas });
		expect(await statuses()).toEqual([200, 410, 410, 200, 200, 404]);
		// What is erased then is what nobody can see.
		accounts.publications.forgetWithdrawn('b1');
		expect(accounts.publications.versions('b1').map(({ version }) => version)).toEqual([3, 4]);
	});
});

describe('for everybody', () => {
	test('a page is small, says its policy, and is not sent twice', async () => {
		const name = await published();
		const { headers, text, status } = await ask('GET', `/b/${name}`);
		expect(status).toBe(200);
		expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(headers.get('content-security-policy')).toMatch(
			/^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
		);
		expect(headers.getSetCookie()).toEqual([]);
		expect(text).not.toContain('<script');
		const again = await app.request(`${origin}/b/${name}`, {
			headers: { host: 'localhost:3000', 'if-none-match': headers.get('etag') ?? '' },
		});
		expect([again.status, await again.text()]).toEqual([304, '']);
	});

	test('nothing of us is in it: no id of a person, an issue or an article', async () => {
		const name = await published();
		const places = [`/b/${name}`, `/b/${name}/1`, '/b/', '/b/feed.xml'];
		for (const at of places) {
			const { text } = await ask('GET', at);
			for (const id of [mara.id, jonas.id, 'b1', 'a1"', 'Mara', seen()])
				expect(text.replace(/id="a1"|#a1"|urn:uuid:[\w-]+/g, '')).not.toContain(id);
		}
	});

	test('what is not there is said in words, and a draft is not there', async () => {
		for (const at of ['/b/2025-01-09-aus-dem-vorstand', '/b/b1', '/b/x/y/z', '/b/x/0', '/b/%00']) {
			const { status, text } = await ask('GET', at);
			expect([at, status]).toEqual([at, 404]);
			expect(text).toContain('Diese Seite gibt es nicht');
			expect(text).not.toContain('Wahlbüro');
		}
		expect((await ask('GET', '/b/')).text).toContain('noch kein Rundbrief');
		expect((await ask('GET', '/b')).headers.get('location')).toBe('/b/');
	});

	test('who asks without end is asked to wait, in words, and is then let in again', async () => {
		const name = await published();
		const places = [`/b/${name}`, '/b/', '/b/feed.xml', '/b/made-up', '/b'];
		const asked = Array.from({ length: readerLimits.burst }, (_, at) => ask('GET', places[at % 5] ?? ''));
		expect((await Promise.all(asked)).some(({ status }) => status === 429)).toBe(false);
		for (const at of places) {
			const { status, text, headers } = await ask('GET', at);
			expect([at, status, headers.get('retry-after')]).toEqual([at, 429, '1']);
			expect(text).toContain('Bitte gleich noch einmal');
		}
		expect((await ask('GET', `${path}/mail`, { as: mara })).status).toBe(200);
		now += 1000;
		expect((await ask('GET', `/b/${name}`)).status).toBe(200);
	});

	test.each([[[]], [['https://notizen.example.org', 'https://alt.example.org']]])(
		'what somebody says of the host stands in nothing that others get (origins: %j)',
		async (configured) => {
			const name = await published();
			origins = configured;
			app = serve();
			const lies = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
			for (const at of [`/b/${name}`, `/b/${name}/1`, '/b/', '/b/feed.xml', '/b/nothing']) {
				const forged = await app.request(origin + at, { headers: { ...lies, origin: 'https://evil.example' } });
				const own = await app.request(origin + at, { headers: { host: 'localhost:3000' } });
				const text = await forged.text();
				expect(text).not.toContain('evil.example');
				expect([await own.text(), own.headers.get('etag')]).toEqual([text, forged.headers.get('etag')]);
			}
			const page = await ask('GET', `/b/${name}`);
			const feed = await ask('GET', '/b/feed.xml');
			const [first = ''] = configured;
			expect(page.text).toContain(`<link rel="canonical" href="${first}/b/${name}">`);
			expect(page.text.includes('og:url')).toBe(configured.length > 0);
			expect(page.text.includes(`<p>${first}/b/${name}</p>`)).toBe(configured.length > 0);
			expect(feed.text).toContain(`<link rel="self" type="application/atom+xml" href="${first}/b/feed.xml"/>`);
			expect(feed.text).toContain(`hreflang="de" href="${first}/b/${name}"/>`);
		},
	);

	test('a page of another edition is made anew', async () => {
		expect((await ask('GET', '/b/')).text).not.toContain('Aus dem Vorstand');
		await published();
		expect((await ask('GET', '/b/')).text).toContain('Aus dem Vorstand');
	});

	test('the mail and its draft are for the board', async () => {
		const name = await published();
		const { body } = await ask<MailAnswer>('GET', `${path}/mail`, { as: mara });
		expect(body.subject).toBe('Stadtverband: Aus dem Vorstand');
		expect(body.html).toContain(`href="http://localhost:3000/b/${name}"`);
		expect(body.text).toContain('Wahlbüro\n--------');
		const draft = await ask('GET', `${path}/mail.eml`, { as: mara });
		expect(draft.headers.get('content-disposition')).toBe(`attachment; filename="${name}.eml"`);
		expect(draft.text).toContain('X-Unsent: 1\r\n');
	});
});
