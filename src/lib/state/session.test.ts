import type { SessionAnswer } from '#lib/protocol/api.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Workspace, WorkspaceStatus } from '#lib/sync/contract.ts';
import { Awareness } from 'y-protocols/awareness';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createApi } from './api.ts';
import { IdentityCache } from './identity.ts';
import { Session } from './session.svelte.ts';
import type { KeyValueStore } from './stored.ts';
import type { UnsentFile } from './unsent-file.ts';
import { UnsentNotes } from './unsent-notes.ts';

const association = { name: 'Stadtverband Auenbrück', timeZone: 'Europe/Berlin' };
const mara = { id: 'mara000000000000', name: 'Mara Lindner', role: 'admin' } as const;
const jonas = { id: 'jonas00000000000', name: 'Jonas Wirth', role: 'member' } as const;
const answerOf = (person: SessionAnswer['person']): SessionAnswer => ({ person, association, epoch: 'e1' });

/** One device: its storage, the server it reaches or not, and what it opened and deleted. */
class Device {
	readonly kept = new Map<string, string>();
	readonly opened: string[] = [];
	readonly closed: string[] = [];
	readonly forgotten: string[] = [];
	/** Of what waited in the page when somebody else came in. */
	readonly putAside: string[] = [];
	readonly emptied: string[] = [];
	readonly dropped: string[] = [];
	stored: DocumentName[] = [];
	unsent: UnsentFile | null = null;
	letsGo = true;
	clock = new Date('2024-12-10T18:00:00Z');
	ran = 0;
	waiting = 0;
	sync: WorkspaceStatus['state'] = 'offline';
	readonly listeners = new Set<() => void>();
	/** What the server answers, by method and path; nothing means that it is not reached. */
	server: Record<string, { status: number; body: unknown }> = {};

	readonly store: KeyValueStore = {
		getItem: (key) => this.kept.get(key) ?? null,
		setItem: (key, value) => void this.kept.set(key, value),
		removeItem: (key) => void this.kept.delete(key),
	};

	/** As the device's own part keeps them; see `departure.ts`. */
	get #notes(): UnsentNotes {
		return new UnsentNotes(this.store);
	}

	start(): Session {
		return new Session({
			api: createApi({
				timeLimitMs: 1000,
				fetch: async (input, init) => {
					const answer = this.server[`${init?.method} ${String(input)}`];
					if (!answer) throw new TypeError('no network');
					if (typeof answer.body === 'string') return new Response(answer.body, { status: answer.status });
					return Response.json(answer.body, { status: answer.status });
				},
			}),
			cache: new IdentityCache(this.store),
			openWorkspace: ({ person }) => {
				this.opened.push(person.id);
				return this.#workspaceOf(person.id);
			},
			forget: async (personId) => void this.forgotten.push(personId),
			departure: {
				leave: async ({ person }) => {
					this.emptied.push(person.id);
					if (this.unsent) this.#notes.offer(person.id);
					return { file: this.unsent, emptied: this.letsGo };
				},
				narrow: async ({ person }, loss) => {
					for (const name of this.stored) if (loss({ name, waits: this.waiting > 0 })) this.dropped.push(name);
					if (this.waiting === 0) return null;
					this.#notes.offer(person.id);
					return this.unsent;
				},
				makeRoom: async ({ person }, inPage) => {
					this.putAside.push(...inPage.filter(({ waits }) => waits).map(({ name }) => name));
					if (this.waiting > 0) this.#notes.offer(person.id);
					this.forgotten.push(person.id);
				},
				unsent: async (personId) => {
					if (personId !== null) this.#notes.enter(personId);
					const { shown } = this.#notes;
					return shown && this.unsent && { file: this.unsent, saved: shown.saved };
				},
				noteUnsentSaved: async () => this.#notes.noteSaved(this.#notes.shown?.of ?? ''),
				forgetUnsent: async () => {
					this.#notes.forget(this.#notes.shown?.of ?? '');
					this.unsent = null;
				},
			},
			now: () => this.clock,
			monotonic: () => this.ran,
		});
	}

	signedInAs(person: SessionAnswer['person'], people: SessionAnswer['person'][] = [person]) {
		this.server = {
			'GET /api/session': { status: 200, body: answerOf(person) },
			'GET /api/people': { status: 200, body: { people } },
			'DELETE /api/session': { status: 200, body: null },
		};
	}

	/** The relay's news, as sync tells them. */
	turn(state: WorkspaceStatus['state']) {
		this.sync = state;
		for (const listener of [...this.listeners]) listener();
	}

	#status(): WorkspaceStatus {
		return { state: this.sync, waiting: this.waiting, documents: [], fetched: { done: 0, of: 0 } };
	}

	#workspaceOf(personId: string): Workspace {
		const doc = new Y.Doc();
		const statusOf = () => this.#status();
		return {
			open: (name) => ({
				name,
				doc,
				awareness: new Awareness(doc),
				access: 'write',
				whenLoaded: Promise.resolve(),
				status: {
					loaded: true,
					keeping: 'kept',
					connection: 'offline',
					everSynced: true,
					waiting: 0,
					saved: false,
					serverSaves: true,
					refusal: null,
				},
				onStatus: () => () => undefined,
				release: () => undefined,
			}),
			get status() {
				return statusOf();
			},
			onStatus: (listener) => {
				this.listeners.add(listener);
				return () => this.listeners.delete(listener);
			},
			inPage: () => [{ name: 'minutes:m1', waits: this.waiting > 0, update: new Uint8Array() }],
			close: async () => void this.closed.push(personId),
		};
	}
}

function appOf(session: Session) {
	if (session.state.kind !== 'open') throw new Error(`not open but ${session.state.kind}`);
	return session.state.app;
}

let device: Device;
beforeEach(() => {
	device = new Device();
});

describe('a device that nobody used yet', () => {
	it('is signed out when the server knows no session', async () => {
		device.server = { 'GET /api/session': { status: 401, body: { error: 'unauthorized' } } };
		const session = device.start();
		expect(session.state.kind).toBe('starting');
		await session.refresh();
		expect(session.state).toEqual({ kind: 'signed-out', reason: 'never', name: null });
	});

	it('says that it cannot know when the server is not reached', async () => {
		const session = device.start();
		await session.refresh();
		expect(session.state.kind).toBe('unreachable');
		expect(session.contact).toBe('offline');
	});

	it('tells a server that is not set up', async () => {
		device.server = { 'GET /api/session': { status: 409, body: { error: 'not-set-up' } } };
		const session = device.start();
		await session.refresh();
		expect(session.state.kind).toBe('not-set-up');
	});
});

describe('a device that belongs to somebody', () => {
	beforeEach(async () => {
		device.signedInAs(mara, [mara, jonas]);
		await device.start().refresh();
		device.opened.length = 0;
		device.server = {};
	});

	it('opens without the server as the same person, with everyone’s names', () => {
		const app = appOf(device.start());
		expect(app.me).toEqual(mara);
		expect(app.association).toEqual(association);
		expect(app.person(jonas.id)?.name).toBe('Jonas Wirth');
		expect(device.opened).toEqual([mara.id]);
	});

	it('stays open while the server is not reached, or something else answers in its place', async () => {
		const session = device.start();
		for (const status of [200, 401, 502]) {
			device.server = { 'GET /api/session': { status, body: '<html>Willkommen im WLAN</html>' } };
			await session.refresh();
			expect(session.state.kind, `status ${status}`).toBe('open');
			expect(session.contact).toBe('offline');
		}
	});

	it('is signed out once the server says so, and stays so without a network', async () => {
		const session = device.start();
		device.server = { 'GET /api/session': { status: 401, body: { error: 'unauthorized' } } };
		await session.refresh();
		const ended = { kind: 'signed-out', reason: 'ended', name: mara.name };
		expect(session.state).toEqual(ended);
		expect(device.closed).toEqual([mara.id]);
		expect(device.forgotten, 'unsent work stays').toEqual([]);
		device.server = {};
		const later = device.start();
		await later.refresh();
		expect(later.state).toEqual(ended);
	});

	it('shows nothing of theirs to the next person', async () => {
		const session = device.start();
		device.server = { 'GET /api/people': { status: 500, body: { error: 'server' } } };
		await session.accept(answerOf(jonas));
		expect(appOf(session).me).toEqual(jonas);
		expect(appOf(session).people, 'not even names').toEqual([jonas]);
		expect(device.closed).toEqual([mara.id]);
		expect(device.opened).toEqual([mara.id, jonas.id]);
		expect(device.forgotten).toEqual([mara.id]);
	});

	it('keeps unsent work for its author, and out of sight, when another person signs in', async () => {
		device.waiting = 2;
		device.unsent = { name: 'unsent.md', text: 'mine' };
		const session = device.start();
		await session.accept(answerOf(jonas));
		expect([device.forgotten, session.unsent.file]).toEqual([[mara.id], null]);
		await session.accept(answerOf(mara));
		await expect.poll(() => session.unsent.file).toEqual(device.unsent);
	});

	it('leaves nothing of theirs to the next person after their session ended, too', async () => {
		const session = device.start();
		device.server = { 'GET /api/session': { status: 401, body: { error: 'unauthorized' } } };
		await session.refresh();
		await session.accept(answerOf(jonas));
		expect(device.forgotten).toEqual([mara.id]);
	});

	it('opens anew under another role, and not for a new name', async () => {
		const session = device.start();
		const before = appOf(session);
		device.signedInAs({ ...mara, name: 'Mara Lindner-Roth' });
		await session.refresh();
		expect(appOf(session)).toBe(before);
		expect(before.me.name).toBe('Mara Lindner-Roth');
		device.signedInAs({ ...mara, role: 'member' });
		await session.refresh();
		expect(appOf(session)).not.toBe(before);
		expect(appOf(session).writes).toBe(false);
	});

	it('signs out only with the server, and then keeps nothing', async () => {
		const session = device.start();
		expect(await session.signOut()).toEqual({ ok: false, error: 'offline' });
		expect(session.state.kind).toBe('open');
		device.signedInAs(mara);
		expect((await session.signOut()).ok).toBe(true);
		expect(session.state).toEqual({ kind: 'signed-out', reason: 'never', name: null });
		expect(device.forgotten).toEqual([mara.id]);
		expect(device.kept.size).toBe(0);
	});

	it('follows another tab that signed out or signed somebody else in', async () => {
		const [here, there] = [device.start(), device.start()];
		await there.accept(answerOf(jonas));
		await here.follow();
		expect(appOf(here).me).toEqual(jonas);
		expect(device.putAside).toEqual([]);
		device.signedInAs(jonas);
		await there.signOut();
		await here.follow();
		expect(here.state).toEqual({ kind: 'signed-out', reason: 'never', name: null });
	});

	it('puts aside what was typed while another tab signed somebody else in, which that tab has not seen', async () => {
		const [here, there] = [device.start(), device.start()];
		await there.accept(answerOf(jonas));
		device.putAside.length = 0;
		device.waiting = 3;
		await here.follow();
		expect([device.putAside, appOf(here).me]).toEqual([['minutes:m1'], jonas]);
	});

	it('asks the server when the relay is reached again, and when it refuses', async () => {
		const session = device.start();
		await session.refresh();
		expect(session.contact).toBe('offline');
		device.signedInAs(mara);
		device.turn('saved');
		await expect.poll(() => session.contact).toBe('online');
		device.server = { 'GET /api/session': { status: 401, body: { error: 'unauthorized' } } };
		device.turn('signed-out');
		await expect.poll(() => session.state.kind).toBe('signed-out');
	});

	it('asks for names again when an unknown person turns up, once', async () => {
		device.signedInAs(mara, [mara, jonas]);
		const app = appOf(device.start());
		let asked = 0;
		app.onUnknownPerson = () => asked++;
		app.person('somebody-new');
		app.person('somebody-new');
		expect(asked).toBe(1);
	});
});

describe('what the device remembers is not believed blindly', () => {
	it.each([
		['not JSON', '{'],
		['another form', '{"person":{"id":"x"}}'],
		[
			'an unknown role',
			JSON.stringify({
				...answerOf({ ...mara, role: 'king' as 'admin' }),
				lastContact: '2024-12-10T18:00:00.000Z',
				ended: false,
			}),
		],
		[
			'an impossible time zone',
			JSON.stringify({
				...answerOf(mara),
				association: { name: 'x', timeZone: 'Mars/Base' },
				lastContact: '2024-12-10T18:00:00.000Z',
				ended: false,
			}),
		],
	])('%s counts as nobody', (_what, text) => {
		device.kept.set('mitschrift.identity', text);
		expect(device.start().state.kind).toBe('starting');
		expect(device.opened).toEqual([]);
	});

	it('a device that denies its storage still works while the tab is open', async () => {
		device.signedInAs(mara);
		const denied = () => {
			throw new DOMException('denied', 'SecurityError');
		};
		Object.assign(device.store, { getItem: denied, setItem: denied, removeItem: denied });
		const session = device.start();
		await session.refresh();
		expect(appOf(session).me).toEqual(mara);
	});
});

describe('a device whose access was taken away', () => {
	const revoked = { 'GET /api/session': { status: 401, body: { error: 'revoked' } } };

	beforeEach(async () => {
		device.signedInAs(mara, [mara, jonas]);
		await device.start().refresh();
		device.server = revoked;
	});

	it('closes, empties itself and remembers only that it did', async () => {
		const session = device.start();
		await session.refresh();
		expect(session.state).toEqual({ kind: 'removed', emptied: true });
		expect(device.closed).toEqual([mara.id]);
		expect(device.emptied).toEqual([mara.id]);
		expect([...device.kept]).toEqual([['mitschrift.left', 'true']]);
		await session.refresh();
		expect(session.state).toEqual({ kind: 'removed', emptied: true });
		device.server = {};
		expect(device.start().state).toEqual({ kind: 'removed', emptied: true });
	});

	it('offers what was never sent, until its author has it or does not want it', async () => {
		device.unsent = { name: 'unsent.md', text: 'mine' };
		const session = device.start();
		await session.refresh();
		expect(session.unsent.file).toEqual(device.unsent);
		const again = device.start();
		await expect.poll(() => again.unsent.file).toEqual({ name: 'unsent.md', text: 'mine' });
		await again.unsent.forget();
		expect(again.unsent.file).toBeNull();
		expect(device.unsent).toBeNull();
		expect([...device.kept]).toEqual([['mitschrift.left', 'true']]);
	});

	it('offers it no more once it was saved, and keeps it until its author says that it arrived', async () => {
		device.unsent = { name: 'unsent.md', text: 'mine' };
		const session = device.start();
		await session.refresh();
		expect(session.unsent.saved).toBe('not');
		session.unsent.noteSaved();
		expect([session.unsent.saved, session.unsent.file], 'the download may have failed').toEqual(['now', device.unsent]);
		const again = device.start();
		await expect.poll(() => again.unsent.file).toEqual({ name: 'unsent.md', text: 'mine' });
		expect(again.unsent.saved).toBe('before');
		await again.unsent.forget();
		expect([device.unsent, device.start().unsent.saved]).toEqual([null, 'not']);
	});

	it('goes on at the next start, without a network too, when something could not go yet', async () => {
		device.letsGo = false;
		const session = device.start();
		await session.refresh();
		expect(session.state).toEqual({ kind: 'removed', emptied: false });
		device.server = {};
		device.letsGo = true;
		const later = device.start();
		expect(device.opened, 'nothing is opened any more').toEqual([mara.id, mara.id]);
		await expect.poll(() => later.state).toEqual({ kind: 'removed', emptied: true });
	});

	it('does not offer it to whoever signs in next', async () => {
		device.unsent = { name: 'unsent.md', text: 'mine' };
		const session = device.start();
		await session.refresh();
		await session.accept(answerOf(jonas));
		expect(session.unsent.file).toBeNull();
		await session.unsent.forget();
		expect(device.unsent, 'nor can they throw it away').not.toBeNull();
		const again = device.start();
		await session.accept(answerOf(mara));
		await expect.poll(() => session.unsent.file).toEqual(device.unsent);
		expect(again.unsent.file).toBeNull();
	});

	it('is another one’s as soon as somebody signs in', async () => {
		const session = device.start();
		await session.refresh();
		await session.accept(answerOf(jonas));
		expect(appOf(session).me).toEqual(jonas);
		expect(device.kept.has('mitschrift.left')).toBe(false);
	});

	it('is followed by the other tabs', async () => {
		device.server = {};
		const [here, there] = [device.start(), device.start()];
		device.server = revoked;
		await there.refresh();
		await here.follow();
		expect(here.state).toEqual({ kind: 'removed', emptied: true });
	});
});

describe('a role that was lowered', () => {
	beforeEach(async () => {
		device.signedInAs(mara);
		await device.start().refresh();
		device.stored = ['directory:main', 'agenda:a', 'minutes:a', 'bulletin:b', 'roster:c'];
	});

	it('takes from the device what the new one may not see', async () => {
		const session = device.start();
		device.signedInAs({ ...mara, role: 'member' });
		await session.refresh();
		expect(device.dropped).toEqual(['minutes:a', 'bulletin:b']);
		expect(appOf(session).me.role).toBe('member');
	});

	it('takes too what waits where it may only be read now, and offers it', async () => {
		device.waiting = 1;
		device.unsent = { name: 'unsent.md', text: 'mine' };
		const session = device.start();
		device.signedInAs({ ...mara, role: 'member' });
		await session.refresh();
		expect(device.dropped).toEqual(device.stored);
		expect(session.unsent.file?.text).toBe('mine');
		session.unsent.noteSaved();
		const later = device.start();
		device.signedInAs({ ...mara, role: 'guest' });
		await later.refresh();
		expect(later.unsent.saved, 'other work is offered again').toBe('not');
	});

	it('takes nothing when it was raised, or is the same', async () => {
		const session = device.start();
		device.signedInAs({ ...mara, role: 'board', name: 'Mara' });
		await session.refresh();
		await session.refresh();
		expect(device.dropped).toEqual([]);
	});
});

describe('without contact for thirty days', () => {
	const day = 24 * 3_600_000;
	const then = new Date('2024-12-10T18:00:00Z').getTime();

	beforeEach(async () => {
		device.signedInAs(mara);
		await device.start().refresh();
		device.server = {};
		device.opened.length = 0;
	});

	it('nothing is shown, and nothing is deleted, until the server confirms the device', async () => {
		device.clock = new Date(then + 29 * day);
		expect(device.start().state.kind).toBe('open');
		device.clock = new Date(then + 30 * day);
		const session = device.start();
		await session.refresh();
		expect(session.state).toEqual({ kind: 'locked', name: mara.name });
		expect(device.opened).toEqual([mara.id]);
		expect(device.emptied).toEqual([]);
		device.signedInAs(mara);
		await session.refresh();
		expect(appOf(session).me).toEqual(mara);
	});

	it('a page that stays open locks as well, also when the clock stands still', async () => {
		const session = device.start();
		device.ran += 29 * day;
		session.passTime();
		expect(session.state.kind).toBe('open');
		device.ran += day;
		session.passTime();
		expect(session.state.kind).toBe('locked');
		expect(device.closed).toContain(mara.id);
	});

	it('a clock that is turned back opens nothing', () => {
		device.clock = new Date(then + 31 * day);
		expect(device.start().state.kind).toBe('locked');
		device.clock = new Date(then);
		expect(device.start().state.kind).toBe('locked');
	});

	it('a clock that is a year off, by the server’s time, locks nothing', async () => {
		device.clock = new Date(then + 365 * day);
		device.signedInAs(mara);
		const session = { ...answerOf(mara), now: new Date(then).toISOString() };
		device.server['GET /api/session'] = { status: 200, body: session };
		await device.start().refresh();
		device.server = {};
		for (const later of [365 * day + 10 * day, 10 * day]) {
			device.clock = new Date(then + later);
			expect(device.start().state.kind).toBe('open');
		}
	});

	it('a device from before there was a lease counts from its last contact', () => {
		const kept = JSON.parse(device.kept.get('mitschrift.identity') ?? '') as Record<string, unknown>;
		delete kept['lease'];
		device.kept.set('mitschrift.identity', JSON.stringify(kept));
		expect(device.start().state.kind).toBe('open');
		device.clock = new Date(then + 31 * day);
		expect(device.start().state.kind).toBe('locked');
	});
});
