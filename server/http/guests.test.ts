/** Guests: one meeting and nothing else, let in by who writes for the association, and turned away again. */
import { localOrigin } from '#lib/documents/shape.ts';
import { addBody, addMeeting, removeEntry } from '#lib/documents/change-directory.ts';
import type { GuestAnswer, NewInvitation, PeopleAnswer, SessionAnswer } from '#lib/protocol/api.ts';
import { documentKinds, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { guestTime } from '../accounts/guests.ts';
import { appOrigin, type Guest, type HttpApp, openHttpApp } from '../../tests/support/http-app.ts';
import { createAdmission } from './admission.ts';
import { createMeetingReader } from '../meetings/meeting-reader.ts';
import { createMeetingCheck } from './guest-meeting.ts';
import { createGuestCheck } from './overdue.ts';
import { createPace } from './stranger-limits.ts';

let app: HttpApp;
let board: Guest;
let gustav: string;
beforeEach(async () => {
	app = await openHttpApp();
	board = await app.join('board');
	gustav = app.accounts.people.add('Gustav', 'guest').id;
	app.accounts.people.change(board.id, { contact: '0151 23' });
	await app.store.append([{ name: 'directory:main', updates: [directory()] }]);
});
afterEach(() => app.close());

function directory(): Uint8Array {
	const doc = new Y.Doc();
	const facts = { title: '', end: null, mode: 'inPerson', place: 'Rathaus', link: '', status: 'planned' } as const;
	addBody(doc, 'b1', 'Stadtvorstand');
	for (const id of ['m1', 'm2'])
		addMeeting(doc, {
			...facts,
			id,
			bodyId: 'b1',
			start: '2025-01-09T18:00',
			invited: [board.id],
			guests: id === 'm1' ? [gustav] : [],
		});
	return Y.encodeStateAsUpdate(doc);
}

const toMeeting = (meetingId: string, minutes = false) => ({ personId: gustav, guestOf: { meetingId, minutes } });

async function letIn(meetingId: string, minutes = false): Promise<Guest> {
	const made = await app.ask('POST', '/api/invitations', { as: board, body: toMeeting(meetingId, minutes) });
	const { token } = (await made.json()) as NewInvitation;
	return app.enter('/api/join', { token });
}

function openSocket(as: Guest, name: DocumentName) {
	const headers = { host: new URL(appOrigin).host, origin: appOrigin, cookie: as.cookie };
	const strangers = { addressOf: () => '', pace: createPace(Date.now) };
	const admit = createAdmission(app.accounts, [], strangers, createMeetingReader(app.store));
	return admit({ headers } as unknown as IncomingMessage, name);
}

describe('what the link of a guest says before it is used', () => {
	const look = async (token: string) => (await app.ask('POST', '/api/join/preview', { body: { token } })).json();
	const invite = async (body: unknown) =>
		(await (await app.ask('POST', '/api/invitations', { as: app.admin, body })).json()) as NewInvitation;

	test('is the meeting and when it begins, and no more of it; of another meeting, or a member’s, nothing', async () => {
		const { token, code } = await invite(toMeeting('m1'));
		const shown = {
			name: 'Gustav',
			role: 'guest',
			association: 'Stadtverband',
			meeting: { title: 'Stadtvorstand', start: '2025-01-09T18:00' },
		};
		for (const secret of [token, code]) expect(await look(secret)).toEqual(shown);
		const member = await invite({ name: 'Cem', role: 'member' });
		expect(await look(member.token)).toEqual({ name: 'Cem', role: 'member', association: 'Stadtverband' });
	});

	test('is nothing once it was used, or another took its place, or to who guesses', async () => {
		const first = await invite(toMeeting('m1'));
		const second = await invite(toMeeting('m2'));
		await app.enter('/api/join', { token: second.token });
		for (const [secret, error] of [
			[first.token, 'link-unknown'],
			[second.token, 'link-used'],
			[second.code, 'link-used'],
			['00000 00000', 'link-unknown'],
		])
			expect(await look(secret ?? '')).toEqual({ error });
	});
});

describe('letting a guest in', () => {
	test('is for who writes for the association, for guests, and to meetings that are there', async () => {
		const invite = (as: { cookie: string }, body: unknown) => app.outcome('POST', '/api/invitations', { as, body });
		expect(await invite(board, toMeeting('m1'))).toBe('201');
		expect(await invite(app.admin, toMeeting('m1', true))).toBe('201');
		for (const role of ['member', 'guest'] as const)
			expect(await invite(await app.join(role), toMeeting('m1'))).toBe('403 forbidden');
		expect(await invite(board, toMeeting('m9'))).toBe('404 not-found');
		expect(await invite(board, { ...toMeeting('m1'), personId: 'nobody' })).toBe('404 not-found');
		expect(await invite(board, { ...toMeeting('m1'), personId: board.id })).toBe('400 bad-request');
		expect(await invite(board, { ...toMeeting('m1'), role: 'admin' })).toBe('400 bad-request');
		expect(await invite(app.admin, { name: 'x', role: 'guest' })).toBe('400 bad-request');
	});

	describe('while the server looks for the meeting', () => {
		/** Asks, and does `meanwhile` before the directory is read. */
		async function outcomeWhen(meanwhile: () => void): Promise<string> {
			const load = app.store.load.bind(app.store);
			const reading = vi.spyOn(app.store, 'load').mockImplementation(async (name) => {
				meanwhile();
				return load(name);
			});
			const outcome = await app.outcome('POST', '/api/invitations', { as: board, body: toMeeting('m1') });
			expect(reading).toHaveBeenCalled();
			reading.mockRestore();
			return outcome;
		}
		const open = () => app.accounts.invitations.list().filter(({ name }) => name === 'Gustav');

		test('a guest who rises gets none: it would let in as what they are now', async () => {
			expect(await outcomeWhen(() => app.accounts.people.change(gustav, { role: 'admin' }))).toBe('400 bad-request');
			expect(open()).toEqual([]);
		});

		test('who is removed, or may not let anybody in any more, makes none', async () => {
			expect(await outcomeWhen(() => app.accounts.people.change(board.id, { role: 'member' }))).toBe('403 forbidden');
			app.accounts.people.change(board.id, { role: 'board' });
			expect(await outcomeWhen(() => app.accounts.people.remove(board.id))).toBe('401 revoked');
			expect(open()).toEqual([]);
		});
	});

	test('gives nothing before the invitation is used', async () => {
		await app.ask('POST', '/api/invitations', { as: board, body: toMeeting('m1') });
		expect(app.accounts.people.get(gustav).guestOf).toBeUndefined();
	});
});

describe.each([
	['who reads', false],
	['who writes the minutes', true],
])('a guest %s', (_who, minutes) => {
	test.each(documentKinds.flatMap((kind) => ['main', 'm1', 'm2'].map((id): DocumentName => `${kind}:${id}`)))(
		'%s',
		async (name) => {
			const guest = await letIn('m1', minutes);
			const answer = await openSocket(guest, name);
			const expected: Record<string, string> = { 'agenda:m1': 'read', ...(minutes && { 'minutes:m1': 'write' }) };
			expect(answer).toMatchObject(expected[name] ? { ok: true, access: expected[name] } : { ok: false, status: 403 });
			expect(accessTo(app.accounts.people.get(gustav), name)).toBe(expected[name] ?? 'none');
			await app.store.append([{ name, updates: [directory()] }]);
			const versions = await app.outcome('GET', `/api/documents/${name}/versions`, { as: guest });
			const one = await app.outcome('GET', `/api/documents/${name}/versions/v1`, { as: guest });
			const made = await app.outcome('POST', `/api/documents/${name}/versions`, { as: guest, body: { name: 'x' } });
			// A name that no document can have is not there for anybody; what a document was before is for no guest.
			const refused = /^(directory|register):m\d/.test(name) ? '404 not-found' : '403 forbidden';
			expect([versions, one, made]).toEqual([refused, refused, refused]);
			const listed = await (await app.ask('GET', '/api/documents', { as: guest })).text();
			expect(listed.includes(name)).toBe(name in expected);
		},
	);
});

describe('what a guest is told', () => {
	test('the facts of their meeting, and the names of who is there, without their contacts', async () => {
		const guest = await letIn('m1');
		const { meeting } = (await (await app.ask('GET', '/api/guests', { as: guest })).json()) as GuestAnswer;
		expect(meeting).toMatchObject({ id: 'm1', body: 'Stadtvorstand', place: 'Rathaus', start: '2025-01-09T18:00' });
		const { people } = (await (await app.ask('GET', '/api/people', { as: guest })).json()) as PeopleAnswer;
		expect(people.map(({ id }) => id).sort()).toEqual([board.id, gustav].sort());
		expect(JSON.stringify(people)).not.toContain('0151');
	});

	test('nothing of it to a guest who was let in to none, nor to others', async () => {
		const without = await app.join('guest');
		expect(await app.outcome('GET', '/api/guests', { as: without })).toBe('404 not-found');
		expect(await app.outcome('GET', '/api/guests', { as: board })).toBe('404 not-found');
		expect(await app.outcome('GET', '/api/guests')).toBe('401 unauthorized');
		const { people } = (await (await app.ask('GET', '/api/people', { as: without })).json()) as PeopleAnswer;
		expect(people).toHaveLength(1);
	});
});

describe('another meeting, and none', () => {
	test('takes the place of the one before, on the devices that are in too', async () => {
		const guest = await letIn('m1', true);
		await letIn('m2');
		expect(app.disconnected).toContainEqual({ personId: gustav });
		expect(app.accounts.people.get(gustav).guestOf).toEqual({ meetingId: 'm2', minutes: false });
		const { meeting } = (await (await app.ask('GET', '/api/guests', { as: guest })).json()) as GuestAnswer;
		expect(meeting.id).toBe('m2');
	});

	test('turning a guest away ends their devices and their open invitations', async () => {
		const guest = await letIn('m1');
		const open = await app.ask('POST', '/api/invitations', { as: board, body: toMeeting('m1') });
		for (const role of ['member', 'guest'] as const)
			expect(await app.outcome('DELETE', `/api/guests/${gustav}`, { as: await app.join(role) })).toBe('403 forbidden');
		expect(await app.outcome('DELETE', `/api/guests/${board.id}`, { as: app.admin })).toBe('404 not-found');
		expect(await app.outcome('DELETE', `/api/guests/${gustav}`, { as: board })).toBe('204');
		expect(await app.outcome('GET', '/api/session', { as: guest })).toBe('401 revoked');
		const { token } = (await open.json()) as NewInvitation;
		expect(await app.outcome('POST', '/api/join', { body: { token } })).toBe('404 link-unknown');
		expect(app.accounts.people.get(gustav)).toEqual({ id: gustav, name: 'Gustav', role: 'guest' });
	});

	test('who becomes a member is no guest any more, and who becomes a guest has no meeting', async () => {
		await letIn('m1');
		expect(app.accounts.people.change(gustav, { role: 'member' }).guestOf).toBeUndefined();
		expect(accessTo(app.accounts.people.get(gustav), 'roster:m2')).toBe('read');
		expect(app.accounts.people.change(gustav, { role: 'guest' }).guestOf).toBeUndefined();
		expect(app.accounts.people.change(board.id, { role: 'guest' }).guestOf).toBeUndefined();
	});
});

describe('a meeting that is taken out of the directory', () => {
	const doc = new Y.Doc();
	/** As "Rückgängig" does it: what was there stands again. */
	const write = async (change: () => void) => {
		Y.applyUpdate(doc, (await app.store.load('directory:main')).tail[0] ?? new Uint8Array());
		change();
		await app.store.append([{ name: 'directory:main', updates: [Y.encodeStateAsUpdate(doc)] }]);
	};
	const look = async () => {
		const closed: unknown[] = [];
		await createMeetingCheck(app.accounts, createMeetingReader(app.store), (whose) => closed.push(whose))();
		return closed;
	};

	test('lets no guest in, and uses nothing up; put back, it does', async () => {
		const made = await app.ask('POST', '/api/invitations', { as: board, body: toMeeting('m1') });
		const { token, code } = (await made.json()) as NewInvitation;
		const removed = new Y.UndoManager(doc.getMap('meetings'), { trackedOrigins: new Set([localOrigin]) });
		await write(() => removeEntry(doc, 'meetings', 'm1'));
		for (const secret of [token, code])
			for (const path of ['/api/join/preview', '/api/join'])
				expect(await app.outcome('POST', path, { body: { token: secret } })).toBe('410 meeting-gone');
		await write(() => removed.undo());
		expect(await app.outcome('POST', '/api/join', { body: { token: code } })).toBe('200');
	});

	test('lets no further device of theirs in either, and gives no link for one', async () => {
		const guest = await letIn('m1');
		const forDevice = (as: Guest) => app.ask('POST', '/api/invitations', { as, body: { personId: gustav } });
		const { token } = (await (await forDevice(guest)).json()) as NewInvitation;
		const removed = new Y.UndoManager(doc.getMap('meetings'), { trackedOrigins: new Set([localOrigin]) });
		await write(() => removeEntry(doc, 'meetings', 'm1'));
		for (const path of ['/api/join/preview', '/api/join'])
			expect(await app.outcome('POST', path, { body: { token } })).toBe('410 meeting-gone');
		expect((await forDevice(guest)).status).toBe(403);
		await write(() => removed.undo());
		expect(await app.outcome('POST', '/api/join', { body: { token } })).toBe('200');
		expect((await forDevice(guest)).status).toBe(201);
	});

	test('is closed to the guests who are in, request, socket and open sockets; put back, it is open to them', async () => {
		const guest = await letIn('m1', true);
		await app.store.append([{ name: 'minutes:m1', updates: [directory()] }]);
		const removed = new Y.UndoManager(doc.getMap('meetings'), { trackedOrigins: new Set([localOrigin]) });
		const authors = () => app.outcome('GET', '/api/documents/minutes:m1/authors', { as: guest });
		const session = async () =>
			((await (await app.ask('GET', '/api/session', { as: guest })).json()) as SessionAnswer).person;
		expect([await authors(), await look()]).toEqual(['200', []]);
		await write(() => removeEntry(doc, 'meetings', 'm1'));
		expect(await authors()).toBe('403 forbidden');
		expect(await session()).toEqual({ id: gustav, name: 'Gustav', role: 'guest' });
		for (const name of ['agenda:m1', 'minutes:m1'] as const)
			expect(await openSocket(guest, name)).toEqual({ ok: false, status: 403 });
		expect(await look()).toEqual([{ personId: gustav }]);
		await write(() => removed.undo());
		expect([await authors(), await look()]).toEqual(['200', []]);
		expect((await session()).guestOf).toEqual({ meetingId: 'm1', minutes: true });
		expect(await openSocket(guest, 'minutes:m1')).toMatchObject({ ok: true, access: 'write' });
	});
});

describe('a guest’s time', () => {
	const session = (as: Guest) => app.outcome('GET', '/api/session', { as });
	const socket = (as: Guest) => openSocket(as, 'agenda:m1');
	const check = (closed: unknown[]) =>
		createGuestCheck(
			app.accounts,
			(whose) => closed.push(whose),
			() => {},
		);

	test('is told, and over to the moment: no request, no socket, and the device empties itself', async () => {
		const guest = await letIn('m1', true);
		const until = new Date(app.time + 60 * 24 * 3_600_000).toISOString();
		expect(app.accounts.people.get(gustav).guestUntil).toBe(until);
		app.time += guestTime - 1;
		expect([await session(guest), await session(board)]).toEqual(['200', '200']);
		expect(await socket(guest)).toMatchObject({ ok: true });
		app.time += 1;
		expect(await socket(guest)).toEqual({ ok: false, status: 401 });
		for (const path of ['session', 'guests', 'documents', 'people'])
			expect(await app.outcome('GET', `/api/${path}`, { as: guest })).toBe('401 revoked');
		expect(await session(board), 'everyone else stays').toBe('200');
	});

	test('begins anew with an invitation of who may let in, on all their devices', async () => {
		const guest = await letIn('m1');
		app.time += guestTime - 1;
		expect(await session(guest)).toBe('200');
		await letIn('m1');
		app.time += guestTime - 1;
		expect(await session(guest)).toBe('200');
		app.time += 1;
		expect(await session(guest)).toBe('401 revoked');
	});

	test('grows by nothing that they do themselves', async () => {
		const guest = await letIn('m1');
		app.time += guestTime - 1;
		const made = await app.ask('POST', '/api/invitations', { as: guest, body: { personId: gustav } });
		const { token } = (await made.json()) as NewInvitation;
		const second = await app.enter('/api/join', { token });
		expect([await session(guest), await session(second)]).toEqual(['200', '200']);
		app.time += 1;
		expect([await session(guest), await session(second)]).toEqual(['401 revoked', '401 revoked']);
	});

	test('is over for open sockets too, once, and on record; an invitation that is open begins it anew', async () => {
		const guest = await letIn('m1');
		const closed: unknown[] = [];
		const look = check(closed);
		app.time += guestTime - 1;
		look();
		expect(closed).toEqual([]);
		const open = await app.ask('POST', '/api/invitations', { as: board, body: toMeeting('m1') });
		app.time += 1;
		look();
		look();
		expect(closed).toEqual([{ personId: gustav }]);
		expect(await session(guest)).toBe('401 revoked');
		expect(app.accounts.sessions.devices(gustav, '')).toEqual([]);
		expect(app.accounts.people.get(gustav)).toEqual({ id: gustav, name: 'Gustav', role: 'guest' });
		const { entries } = app.accounts.audit.page(null);
		expect(entries[0]).toMatchObject({ kind: 'guest-time-over', by: null, about: gustav });
		const { token } = (await open.json()) as NewInvitation;
		expect(await session(await app.enter('/api/join', { token }))).toBe('200');
	});

	describe('leaves no way back:', () => {
		const ownLink = async (as: Guest) => {
			const made = await app.ask('POST', '/api/invitations', { as, body: { personId: gustav } });
			return ((await made.json()) as NewInvitation).token;
		};
		const join = (token: string) => app.outcome('POST', '/api/join', { body: { token } });

		test('a link of theirs for a device of their own goes with it', async () => {
			const guest = await letIn('m1');
			app.time += guestTime - 1;
			const token = await ownLink(guest);
			app.time += 1;
			// Nobody has looked yet: it opens nothing all the same, and is not said to.
			expect(await app.outcome('POST', '/api/join/preview', { body: { token } })).toBe('404 link-unknown');
			expect(await join(token)).toBe('404 link-unknown');
			check([])();
			await letIn('m1');
			expect(await join(token)).toBe('404 link-unknown');
			expect(app.accounts.sessions.devices(gustav, '')).toHaveLength(1);
		});

		test('who is let in to no meeting gets no link and no codes, from nobody, and none opens', async () => {
			await letIn('m1');
			const { token } = app.accounts.invitations.invite({ personId: gustav }, gustav);
			app.accounts.guests.end(gustav);
			// As one that was made before this was asked.
			const late = app.accounts.invitations.invite({ personId: gustav }, gustav).token;
			expect([await join(token), await join(late)]).toEqual(['404 link-unknown', '404 link-unknown']);
			const risen = await app.join('board');
			app.accounts.people.change(risen.id, { role: 'guest' });
			const body = { personId: risen.id };
			for (const as of [risen, app.admin])
				expect(await app.outcome('POST', '/api/invitations', { as, body })).toBe('403 forbidden');
			expect(await app.outcome('POST', '/api/passkeys/recovery-codes', { as: risen })).toBe('403 forbidden');
		});

		test('a device of the time before does not come back with the next invitation', async () => {
			const guest = await letIn('m1');
			app.time += guestTime;
			const anew = await letIn('m1');
			expect([await session(guest), await session(anew)]).toEqual(['401 revoked', '200']);
		});
	});

	test('closes their sockets on a full disk as well, and leaves the rest for later', async () => {
		await letIn('m1');
		app.time += guestTime;
		const recording = vi.spyOn(app.accounts.audit, 'recording').mockImplementation(() => {
			throw new Error('database or disk is full');
		});
		const closed: unknown[] = [];
		check(closed)();
		recording.mockRestore();
		expect(closed).toEqual([{ personId: gustav }]);
		expect(app.accounts.guests.overdue()).toEqual([gustav]);
	});
});

describe('when the person goes who let them in', () => {
	const about = (id: string, query = '') => `/api/people/${id}${query}`;
	const entries = (count: number) => app.accounts.audit.page(null).entries.slice(0, count);
	const listed = async (id: string) => (await app.ask('GET', `/api/people/${id}/guests`, { as: app.admin })).json();

	/** Somebody on the board, with Gustav in by their invitation. */
	async function host(): Promise<{ guest: Guest }> {
		const guest = await letIn('m1');
		app.disconnected.length = 0;
		return { guest };
	}

	const ways: [string, (query: string) => Promise<string>, string][] = [
		['removed', (query) => app.outcome('DELETE', about(board.id, query), { as: app.admin }), 'person-removed'],
		['erased', (query) => app.outcome('POST', about(board.id, `/erase${query}`), { as: app.admin }), 'person-erased'],
		[
			'lowered',
			(query) => app.outcome('PATCH', about(board.id, query), { as: app.admin, body: { role: 'member' } }),
			'role-changed',
		],
	];

	test.each(ways)(
		'(%s) their access ends in the same step, on record, and their sockets close',
		async (_, go, kind) => {
			const { guest } = await host();
			expect(await go('')).toMatch(/^20[04]$/);
			expect(await app.outcome('GET', '/api/guests', { as: guest })).toBe('401 revoked');
			expect(app.accounts.people.get(gustav).guestOf).toBeUndefined();
			expect(app.disconnected).toContainEqual({ personId: gustav });
			expect(entries(2)).toMatchObject([
				{ kind: 'guest-turned-away', by: app.admin.id, about: gustav, detail: { because: 'host-gone', devices: 1 } },
				{ kind, by: app.admin.id, about: board.id },
			]);
		},
	);

	test.each(ways)('(%s) what somebody else has handed them stays good', async (_, go) => {
		await host();
		const { token } = app.accounts.invitations.invite(toMeeting('m2'), app.admin.id);
		expect(await go('')).toMatch(/^20[04]$/);
		expect(await app.outcome('POST', '/api/join', { body: { token } })).toBe('200');
	});

	test.each(ways)('(%s) they stay where that was chosen, and that is on record', async (_, go, kind) => {
		const { guest } = await host();
		expect(await go('?guests=stay')).toMatch(/^20[04]$/);
		expect(await app.outcome('GET', '/api/guests', { as: guest })).toBe('200');
		expect(app.disconnected).not.toContainEqual({ personId: gustav });
		expect(entries(1)).toMatchObject([{ kind, detail: { guestsStayed: 1 } }]);
		// Later the name goes too: that was decided then.
		if (kind === 'person-removed')
			expect(await app.outcome('POST', about(board.id, '/erase'), { as: app.admin })).toBe('204');
		expect(await app.outcome('GET', '/api/guests', { as: guest })).toBe('200');
	});

	test('withdrawing an invitation that was used comes too late, and takes no guest from who let them in', async () => {
		const root = await app.join('admin');
		const made = await app.ask('POST', '/api/invitations', { as: root, body: toMeeting('m1') });
		const { id, token } = (await made.json()) as NewInvitation;
		const guest = await app.enter('/api/join', { token });
		expect(await app.outcome('DELETE', `/api/invitations/${id}`, { as: root })).toBe('410 link-used');
		expect(entries(1)).toMatchObject([{ kind: 'joined' }]);
		expect(await listed(root.id)).toMatchObject({ guests: [{ id: gustav }] });
		expect(await app.outcome('DELETE', about(root.id), { as: app.admin })).toBe('204');
		expect(await app.outcome('GET', '/api/guests', { as: guest })).toBe('401 revoked');
	});

	test('they are listed before it: those who are in by this person’s invitation, for administrators', async () => {
		await host();
		const until = new Date(app.time + guestTime).toISOString();
		expect(await listed(board.id)).toEqual({ guests: [{ id: gustav, name: 'Gustav', meetingId: 'm1', until }] });
		expect(await listed(app.admin.id)).toEqual({ guests: [] });
		expect(await app.outcome('GET', about(board.id, '/guests'), { as: board })).toBe('403 forbidden');
		// Whoever lets them in anew has them.
		const { token } = app.accounts.invitations.invite(toMeeting('m2'), app.admin.id);
		await app.enter('/api/join', { token });
		expect(await listed(board.id)).toEqual({ guests: [] });
		expect(await listed(app.admin.id)).toMatchObject({ guests: [{ id: gustav, meetingId: 'm2' }] });
		app.time += guestTime;
		expect(await listed(app.admin.id)).toEqual({ guests: [] });
	});

	test('nothing ends where the role still lets guests in, where nothing is changed, or for what is no choice', async () => {
		const { guest } = await host();
		const change = (query: string, body: unknown) =>
			app.outcome('PATCH', about(board.id, query), { as: app.admin, body });
		expect(await change('', { role: 'admin' })).toBe('200');
		expect(await change('', { role: 'board', contact: '0151' })).toBe('200');
		expect(await change('?guests=perhaps', { role: 'member' })).toBe('400 bad-request');
		expect(await app.outcome('DELETE', about(board.id, '?guests='), { as: app.admin })).toBe('400 bad-request');
		expect(await app.outcome('GET', '/api/guests', { as: guest })).toBe('200');
		expect(app.accounts.people.get(board.id).role).toBe('board');
	});
});
