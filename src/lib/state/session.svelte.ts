/**
 * Who is signed in on this device. The device's own memory opens the app at once, with or without a network; the server
 * is asked behind it, and only the server can end a session. Another person's session never opens on this person's
 * data: whatever changes who is here closes the one `App` before the next one is made.
 */
import { beginLease, isOver, noteElapsed, type Lease } from '#lib/domain/lease.ts';
import type { Person, SessionAnswer } from '#lib/protocol/api.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import type { InPage, Workspace } from '#lib/sync/contract.ts';
import { createContext } from 'svelte';
import { nothing, type Api, type ApiResult } from './api.ts';
import { App } from './app.svelte.ts';
import type { Loss } from './departure.ts';
import { peopleAnswer, sessionAnswer, type Identity, type IdentityCache } from './identity.ts';
import type { UnsentFile } from './unsent-file.ts';
import { UnsentWork, type UnsentShelf } from './unsent-work.svelte.ts';

export type SessionState =
	/** The device knows nobody, and the server has not answered yet. */
	| { kind: 'starting' }
	/** Signed in, or offline as the person whom this device knows: see `contact`. */
	| { kind: 'open'; app: App }
	/** `never` had a session on this device, or it `ended`: whose it was is told then. */
	| { kind: 'signed-out'; reason: 'never' | 'ended'; name: string | null }
	/** The access was taken away. `emptied`: nothing is on this device any more; false while some of it still goes. */
	| { kind: 'removed'; emptied: boolean }
	/** The server has not confirmed this device for so long that it shows nothing until it does. */
	| { kind: 'locked'; name: string }
	/** Nobody is known here, and there is no network to ask. */
	| { kind: 'unreachable' }
	| { kind: 'not-set-up' };

export type SessionParts = {
	api: Api;
	cache: IdentityCache;
	openWorkspace(identity: Identity): Workspace;
	/** Deletes what this device holds of a person's documents. */
	forget(personId: string): Promise<unknown>;
	departure: Departure;
	now(): Date;
	/** Milliseconds by a clock that nobody turns. */
	monotonic(): number;
};

/** What is done on the device when an access is taken away; see `departure.ts`. */
export type Departure = UnsentShelf & {
	leave(identity: Identity): Promise<{ file: UnsentFile | null; emptied: boolean }>;
	narrow(identity: Identity, loss: Loss): Promise<UnsentFile | null>;
	makeRoom(identity: Identity, inPage: readonly InPage[]): Promise<void>;
};

export class Session {
	readonly api: Api;
	readonly unsent: UnsentWork;
	readonly #parts: SessionParts;
	#state = $state.raw<SessionState>({ kind: 'starting' });
	#contact = $state.raw<'asking' | 'online' | 'offline'>('asking');
	#identity = $state.raw<Identity | null>(null);
	#passkeyBy = $state.raw<string | null>(null);
	/** Rises whenever who is here changes, so that an answer to an older question is not mistaken for news. */
	#generation = 0;
	#refreshing: Promise<void> | null = null;
	/** When what passed was noted last, by the monotonic clock. */
	#noted: number;

	constructor(parts: SessionParts) {
		this.#parts = parts;
		this.api = parts.api;
		this.#noted = parts.monotonic();
		this.unsent = new UnsentWork(() => parts.cache.unsent.read() !== null, parts.departure);
		void this.unsent.look(null);
		const kept = parts.cache.read();
		if (kept?.revoked) void this.#empty(kept);
		else if (kept && !kept.ended && this.#isLocked(kept)) this.#lock(kept);
		else if (kept && !kept.ended) this.#open(kept);
		else if (!kept && parts.cache.left.read()) this.#state = { kind: 'removed', emptied: true };
		else if (kept) this.#state = { kind: 'signed-out', reason: 'ended', name: kept.person.name };
	}

	get state(): SessionState {
		return this.#state;
	}

	/** Whose page this is; undefined while it is nobody's. */
	get personId(): string | undefined {
		return this.#identity?.person.id;
	}

	/** Whether the server answered when it was last asked. */
	get contact(): 'asking' | 'online' | 'offline' {
		return this.#contact;
	}

	/** When the server last confirmed who is here. ISO 8601, UTC. */
	get lastContact(): string | null {
		return this.#identity?.lastContact ?? null;
	}

	/** By when this person needs a passkey, having none; null: they need none, or the server was not asked. ISO 8601, UTC. */
	get passkeyBy(): string | null {
		return this.#passkeyBy;
	}

	/** Whether the server lets this person do nothing but add a passkey. */
	get needsPasskey(): boolean {
		return this.#passkeyBy !== null && Date.parse(this.#passkeyBy) <= this.#parts.now().getTime();
	}

	/** To be called now and then: notes what has passed without contact, and locks when it is too much. */
	passTime(): void {
		const identity = this.#identity;
		if (this.#state.kind !== 'open' || !identity) return;
		if (this.#isLocked(identity)) return this.#lock(identity);
		const ran = this.#ran();
		this.#noted += ran;
		this.#keep({ ...identity, lease: noteElapsed(leaseOf(identity), this.#parts.now().getTime(), ran) });
	}

	/** Asks the server who is here and what everyone is called. Several callers share one question. */
	refresh(): Promise<void> {
		this.#refreshing ??= this.#ask().finally(() => (this.#refreshing = null));
		return this.#refreshing;
	}

	/** Takes what `/api/setup` or `/api/join` answered: this device now belongs to that person. */
	async accept(answer: SessionAnswer): Promise<void> {
		this.#contact = 'online';
		this.#passkeyBy = answer.passkeyBy ?? null;
		const identity = this.#toIdentity(answer);
		const known = this.#parts.cache.read();
		const before = this.#state.kind === 'open' ? this.#state.app : null;
		this.#parts.cache.left.remove();
		if (before && isSame(this.#identity, identity)) before.rename(identity.person, identity.association);
		else await this.#replace(identity, known);
		this.#keep(identity);
		await this.#refreshPeople();
	}

	/**
	 * Signs this device out and deletes what it holds. Whoever calls asks first when changes wait unsent
	 * (`app.status.waiting`). Without the server nothing happens: only it can end a session.
	 */
	async signOut(): Promise<ApiResult<unknown>> {
		const result = await this.api.send('DELETE', '/api/session', nothing);
		if (!result.ok && result.error !== 'unauthorized') return result;
		const personId = this.#identity?.person.id;
		this.#parts.cache.clear();
		await this.#leave({ kind: 'signed-out', reason: 'never', name: null });
		if (personId) await this.#parts.forget(personId);
		return { ok: true, value: null };
	}

	/** Another tab of this browser signed somebody in or out. */
	async follow(): Promise<void> {
		const kept = this.#parts.cache.read();
		if (isSame(kept, this.#identity) && kept?.ended === this.#identity?.ended) return;
		if (kept && !kept.ended) await this.#replace(kept, null);
		else if (kept?.revoked || (!kept && this.#parts.cache.left.read())) {
			await this.#leave({ kind: 'removed', emptied: !kept });
			await this.unsent.look(null);
		} else await this.#leave({ kind: 'signed-out', reason: kept ? 'ended' : 'never', name: kept?.person.name ?? null });
	}

	/** Settles when nothing that was typed here depends on this tab staying open. */
	whenSafe(): Promise<void> {
		const { state } = this;
		return state.kind === 'open' ? whenSafe(state.app.workspace) : Promise.resolve();
	}

	/** Closes what is open, for a page that is about to go; settles when all of it is on the device. */
	async finish(): Promise<void> {
		if (this.#state.kind === 'open') await this.#state.app.close();
	}

	/** Writes names again after an administrator changed one, and reads what the server has meanwhile. */
	async refreshPeople(): Promise<void> {
		await this.#refreshPeople();
	}

	async #ask(): Promise<void> {
		const generation = this.#generation;
		const result = await this.api.send('GET', '/api/session', sessionAnswer);
		if (generation !== this.#generation) return;
		if (result.ok) return this.accept(result.value);
		this.#contact = result.error === 'offline' ? 'offline' : 'online';
		// An emptied device knows nobody whose session could end.
		if (this.#state.kind === 'removed') return;
		if (result.error === 'not-set-up') return this.#leave({ kind: 'not-set-up' });
		if (result.error === 'revoked') return this.#revoked();
		if (result.error === 'unauthorized') return this.#end();
		if (this.#state.kind === 'starting') this.#state = { kind: 'unreachable' };
	}

	async #refreshPeople(): Promise<void> {
		const { state } = this;
		if (state.kind !== 'open') return;
		const { app } = state;
		const result = await this.api.send('GET', '/api/people', peopleAnswer);
		if (!result.ok || this.#state !== state) return;
		app.people = result.value.people;
		app.former = result.value.former ?? [];
		this.#parts.cache.writePeople(app.me.id, result.value);
	}

	/** The server knows no session: documents stay on the device, out of sight, until the same person comes back. */
	async #end(): Promise<void> {
		const kept = this.#parts.cache.read();
		if (!kept) return this.#leave({ kind: 'signed-out', reason: 'never', name: null });
		this.#parts.cache.write({ ...kept, ended: true });
		await this.#leave({ kind: 'signed-out', reason: 'ended', name: kept.person.name });
	}

	/** Somebody took this device's access away: everything goes from it, and it says so. */
	async #revoked(): Promise<void> {
		const kept = this.#parts.cache.read();
		if (!kept) return this.#leave({ kind: 'signed-out', reason: 'never', name: null });
		this.#parts.cache.write({ ...kept, ended: true, revoked: true });
		await this.#empty(kept);
	}

	/** May be called again and again: what could not go yet goes the next time. */
	async #empty(kept: Identity): Promise<void> {
		await this.#leave({ kind: 'removed', emptied: false });
		const { cache, departure } = this.#parts;
		cache.left.write(true);
		const { file, emptied } = await departure.leave(kept);
		if (file) this.unsent.offer(file);
		if (emptied) cache.clear();
		else cache.write({ ...kept, ended: true, revoked: true });
		if (this.#state.kind === 'removed') this.#state = { kind: 'removed', emptied };
	}

	/** @param known who this device belonged to before, and what they might then */
	async #replace(identity: Identity, known: Identity | null): Promise<void> {
		const left = this.#identity ?? known;
		// Another tab may have deleted under this page what it stored: what was typed since is here only.
		const inPage = this.#state.kind === 'open' ? this.#state.app.workspace.inPage() : [];
		if (this.#state.kind === 'open') await this.#leave({ kind: 'starting' });
		// Nothing of theirs stays for somebody else; unsent work, as a file, until its author is back.
		if (left && left.person.id !== identity.person.id)
			await this.#parts.departure.makeRoom(left, inPage).catch(() => null);
		if (known?.person.id === identity.person.id) await this.#narrow(known, identity);
		this.#open(identity);
	}

	/** What the person may not see any more goes; so does what waits where they may not write any more, as a file. */
	async #narrow(before: Identity, after: Identity): Promise<void> {
		const loses: Loss = ({ name, waits }) => {
			const [was, is] = [accessTo(before.person, name), accessTo(after.person, name)];
			return (is === 'none' && was !== 'none') || (is === 'read' && was === 'write' && waits);
		};
		if (hasSameAccess(before.person, after.person)) return;
		const file = await this.#parts.departure.narrow(before, loses).catch(() => null);
		if (file) this.unsent.offer(file);
	}

	#isLocked(identity: Identity): boolean {
		return isOver(leaseOf(identity), this.#parts.now().getTime(), this.#ran());
	}

	#ran(): number {
		return Math.max(0, this.#parts.monotonic() - this.#noted);
	}

	#lock(identity: Identity): void {
		const lease = noteElapsed(leaseOf(identity), this.#parts.now().getTime(), this.#ran());
		this.#parts.cache.write({ ...identity, lease });
		void this.#leave({ kind: 'locked', name: identity.person.name });
	}

	#open(identity: Identity): void {
		this.#generation++;
		this.#identity = identity;
		void this.unsent.look(identity.person.id);
		const { people, former = [] } = this.#parts.cache.readPeople(identity.person.id);
		const app = new App(identity.person, identity.association, people, this.#parts.openWorkspace(identity));
		app.former = former;
		app.onUnknownPerson = () => void this.refreshPeople();
		this.#listenTo(app.workspace);
		this.#state = { kind: 'open', app };
	}

	/** The relay is often the first to know: that the server is back, or that it knows this device no more. */
	#listenTo(workspace: Workspace): void {
		let before = workspace.status.state;
		const stop = workspace.onStatus(() => {
			if (this.#state.kind !== 'open' || this.#state.app.workspace !== workspace) return stop();
			const { state } = workspace.status;
			const news = state !== before && (before === 'offline' || state === 'offline' || state === 'signed-out');
			before = state;
			if (news) void this.refresh();
		});
	}

	async #leave(next: SessionState): Promise<void> {
		this.#generation++;
		const before = this.#state;
		this.#identity = null;
		this.#state = next;
		if (before.kind === 'open') await before.app.close();
	}

	#keep(identity: Identity): void {
		this.#identity = identity;
		this.#parts.cache.write(identity);
	}

	#toIdentity({ person, association, epoch, now }: SessionAnswer): Identity {
		const device = this.#parts.now();
		const server = now === undefined ? device.getTime() : Date.parse(now);
		const lease = beginLease(server, device.getTime());
		this.#noted = this.#parts.monotonic();
		return { person, association, epoch, lastContact: device.toISOString(), ended: false, lease };
	}
}

/** What an older app kept has no lease: it began at the last contact, by the device's own clock. */
function leaseOf({ lease, lastContact }: Identity): Lease {
	const device = Date.parse(lastContact);
	return lease ?? beginLease(device, device);
}

/** A device that keeps nothing has to send everything first; any other one sends it after the reload. */
function whenSafe(workspace: Workspace): Promise<void> {
	return new Promise((resolve) => {
		const look = () => {
			const { state, waiting } = workspace.status;
			if (state === 'not-kept' && waiting > 0) return;
			stop();
			resolve();
		};
		const stop = workspace.onStatus(look);
		look();
	});
}

/** Whether two identities may share one `App`: the same person, what they may, and server data. */
function isSame(a: Identity | null, b: Identity | null): boolean {
	const [one, other] = [a?.person, b?.person];
	return one?.id === other?.id && hasSameAccess(one, other) && a?.epoch === b?.epoch;
}

function hasSameAccess(one: Person | undefined, other: Person | undefined): boolean {
	return (
		one?.role === other?.role &&
		one?.guestOf?.meetingId === other?.guestOf?.meetingId &&
		one?.guestOf?.minutes === other?.guestOf?.minutes
	);
}

export const [useSession, provideSession] = createContext<Session>();
