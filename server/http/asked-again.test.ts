/**
 * What had to wait is answered, and done, under the rights of the moment in which it goes out: as if it had been asked for
 * only then. The routes are the server's own table: a new one has to be attacked here too.
 */
import { addArticle } from '#lib/documents/bulletin.ts';
import { addBulletin, addMeeting } from '#lib/documents/change-directory.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';

let app: HttpApp;
/** Whose rights change. */
let berta: Guest;
/** Whom an admin may look at. */
let cem: Guest;
let gustav: string;

beforeEach(async () => {
	app = await openHttpApp({ effort: { take: () => 0, remembered: 0 } });
	berta = await app.join('admin');
	cem = await app.join('member');
	gustav = app.accounts.people.add('Gustav', 'guest').id;
	await write('directory:main', (doc) => {
		const facts = { bodyId: null, end: null, mode: 'inPerson', place: '', link: '', status: 'planned' } as const;
		const meeting = (id: string, invited: string[]) =>
			addMeeting(doc, { ...facts, id, title: id, start: '2025-01-09T18:00', invited, guests: [gustav] });
		meeting('m1', [berta.id]);
		meeting('m2', [cem.id]);
		addBulletin(doc, { id: 'b1', title: 'Aus dem Vorstand', date: '2025-01-09', status: 'draft' });
	});
	await write('minutes:m1', (doc) => doc.getText('t').insert(0, 'Geheimes'));
	await write('bulletin:b1', (doc) => addArticle(doc, { id: 'a1', title: 'Kasse' }));
	const version = { id: 'v1', label: 'x', madeAt: 1, personId: null, sequence: 1 };
	await app.store.keepVersion('minutes:m1', version, new Uint8Array([0, 0]));
});
afterEach(() => {
	vi.restoreAllMocks();
	return app.close();
});

async function write(name: DocumentName, change: (doc: Y.Doc) => unknown): Promise<void> {
	const doc = new Y.Doc();
	change(doc);
	await app.store.append([{ name, updates: [Y.encodeStateAsUpdate(doc)] }]).durable;
}

const waits = ['list', 'exists', 'authors', 'load', 'versions', 'readVersion'] as const;

/** Does it once, when the store has read what was waited for. @returns whether anything waited */
function meanwhile(change: () => void): () => boolean {
	let done = false;
	for (const wait of waits) {
		const read = app.store[wait].bind(app.store) as (...asked: unknown[]) => Promise<unknown>;
		vi.spyOn(app.store, wait).mockImplementation(async (...asked: unknown[]) => {
			const result = await read(...asked);
			if (!done) change();
			done = true;
			return result as never;
		});
	}
	return () => done;
}

const pathOf = (route: string) =>
	route
		.replace('GET ', '')
		.replace(':name', 'minutes:m1')
		.replace('/versions/:id', '/versions/v1')
		.replace('/people/:id', `/people/${cem.id}`)
		.replace('/bulletins/:id', '/bulletins/b1');

async function answerTo(route: string, as: { cookie: string }): Promise<{ status: number; text: string }> {
	const response = await app.ask('GET', pathOf(route), { as });
	return { status: response.status, text: (await response.text()).replace(/"at":"[^"]*"/, '') };
}

const exports = () => app.accounts.audit.page(null).entries.filter(({ kind }) => kind === 'person-exported');

const takings: Record<string, () => void> = {
	'made a board member': () => void app.accounts.people.change(berta.id, { role: 'board' }),
	'made a member': () => void app.accounts.people.change(berta.id, { role: 'member' }),
	'made a guest': () => void app.accounts.people.change(berta.id, { role: 'guest' }),
	removed: () => app.accounts.people.remove(berta.id),
};

/** What waits for the store: what is not here answers at once, and is known to. */
const waiting = [
	'GET /api/documents',
	'GET /api/documents/:name/versions',
	'GET /api/documents/:name/versions/:id',
	'GET /api/documents/:name/authors',
	'GET /api/people/:id/export',
	'GET /api/bulletins/:id',
	'GET /api/bulletins/:id/preview',
];

test.each(Object.keys(takings))('who is %s while it is read is answered as one who asks afterwards', async (taking) => {
	expect(app.reads()).toEqual(expect.arrayContaining(waiting));
	for (const route of app.reads()) {
		const waited = meanwhile(() => takings[taking]?.());
		const answered = await answerTo(route, berta);
		expect(waited(), route).toBe(waiting.includes(route));
		vi.restoreAllMocks();
		if (!waited()) continue;
		expect(answered, route).toEqual(await answerTo(route, berta));
		if (taking !== 'removed') app.accounts.people.change(berta.id, { role: 'admin' });
		else berta = await app.join('admin');
	}
	expect(exports()).toEqual([]);
});

describe('an export', () => {
	const path = () => `/api/people/${cem.id}/export`;

	test('of who is erased meanwhile has no name in it', async () => {
		app.accounts.people.change(cem.id, { contact: '0151 23' });
		meanwhile(() => app.accounts.people.erase(cem.id));
		const text = await (await app.ask('GET', path(), { as: berta })).text();
		expect(text).toContain(cem.id);
		for (const gone of ['Person member', '0151 23']) expect(text).not.toContain(gone);
	});

	test('of oneself is on record when it is given only', async () => {
		meanwhile(() => app.accounts.people.remove(cem.id));
		expect(await app.outcome('GET', path(), { as: cem })).toBe('401 revoked');
		expect(exports()).toEqual([]);
		vi.restoreAllMocks();
		expect(await app.outcome('GET', path(), { as: berta })).toBe('200');
		expect(exports()).toMatchObject([{ by: berta.id, about: cem.id }]);
	});
});

describe('a guest', () => {
	const moveTo = (meetingId: string) => app.accounts.guests.admit(gustav, { meetingId, minutes: false });
	async function letIn(): Promise<Guest> {
		const request = { personId: gustav, guestOf: { meetingId: 'm1', minutes: true } };
		const { token } = app.accounts.invitations.invite(request, berta.id);
		return app.enter('/api/join', { token });
	}

	test.each(['GET /api/guests', 'GET /api/people', 'GET /api/documents'])(
		'who is at another meeting meanwhile hears of that one: %s',
		async (route) => {
			const guest = await letIn();
			const waited = meanwhile(() => moveTo('m2'));
			const answered = await answerTo(route, guest);
			expect(waited()).toBe(true);
			expect(answered).toEqual(await answerTo(route, guest));
		},
	);

	test('who is turned away meanwhile hears nothing', async () => {
		for (const route of ['GET /api/guests', 'GET /api/people', 'GET /api/documents']) {
			const guest = await letIn();
			meanwhile(() => app.accounts.guests.turnAway(gustav));
			expect((await answerTo(route, guest)).status).toBe(401);
			vi.restoreAllMocks();
		}
	});

	test('whose link is void meanwhile is not shown where it led', async () => {
		const request = { personId: gustav, guestOf: { meetingId: 'm1', minutes: true } };
		const { id, token } = app.accounts.invitations.invite(request, berta.id);
		meanwhile(() => app.accounts.invitations.withdraw(id));
		expect(await app.outcome('POST', '/api/join/preview', { body: { token } })).toBe('404 link-unknown');
	});
});

describe('what changed something is answered to who may still read the answer:', () => {
	test('the state of an issue', async () => {
		app.accounts.publications.publish(
			'b1',
			{ hash: 'x', outline: '[]', content: '{}', note: null, by: berta.id },
			() => 'seite',
		);
		const waited = meanwhile(() => app.accounts.people.change(berta.id, { role: 'member' }));
		expect(await app.outcome('DELETE', '/api/bulletins/b1/page', { as: berta })).toBe('403 forbidden');
		expect(waited()).toBe(true);
		expect(app.logged.filter((line) => line.includes('bulletin-withdrawn'))).toHaveLength(1);
	});

	test('a challenge for a passkey', async () => {
		const { passkeys, people } = app.accounts;
		const options = passkeys.optionsToAdd.bind(passkeys);
		vi.spyOn(passkeys, 'optionsToAdd').mockImplementation(async (person) => {
			const made = await options(person);
			people.remove(berta.id);
			return made;
		});
		expect(await app.outcome('POST', '/api/passkeys/options', { as: berta })).toBe('401 revoked');
	});
});

test('what waits for its turn to erase is not erased for who may not any more, and is not on record', async () => {
	let finish = () => {};
	const scrubbed = new Promise<void>((resolve) => (finish = resolve));
	vi.spyOn(app.store, 'scrub').mockImplementation(() => scrubbed);
	const erase = (as: Guest, name: string) => app.outcome('POST', `/api/documents/${name}/erase`, { as });
	const first = erase(app.admin, 'bulletin:b1');
	await vi.waitFor(() => expect(app.store.scrub).toHaveBeenCalled());
	const second = erase(berta, 'minutes:m1');
	app.accounts.people.change(berta.id, { role: 'board' });
	finish();
	expect([await first, await second]).toEqual(['204', '403 forbidden']);
	expect(await app.store.versions('minutes:m1')).toHaveLength(1);
	const erased = app.accounts.audit.page(null).entries.filter(({ kind }) => kind === 'text-erased');
	expect(erased).toMatchObject([{ by: app.admin.id, about: 'bulletin:b1' }]);
});

describe('a version', () => {
	test('is not made by who lost the right to while the document was made into one state', async () => {
		const keep = app.store.keepVersion.bind(app.store);
		vi.spyOn(app.store, 'keepVersion').mockImplementation((...asked) => {
			const kept = keep(...asked);
			// It is compressed now, in other threads.
			app.accounts.people.change(berta.id, { role: 'member' });
			return kept;
		});
		const asked = { as: berta, body: { name: 'Stand' } };
		expect(await app.outcome('POST', '/api/documents/minutes:m1/versions', asked)).toBe('403 forbidden');
		expect(await app.store.versions('minutes:m1')).toHaveLength(1);
	});
});
