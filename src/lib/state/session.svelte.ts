/**
 * Who is signed in on this device. The device's own memory opens the app at once, with or without a network; the server
 * is asked behind it, and only the server can end a session. Another person's session never opens on this person's
 * data: whatever changes who is here closes the one `App` before the next one is made.
 */
import type { SessionAnswer } from '#lib/protocol/api.ts';
import type { Workspace } from '#lib/sync/contract.ts';
import { createContext } from 'svelte';
import { nothing, type Api, type ApiResult } from './api.ts';
import { App } from './app.svelte.ts';
import { peopleAnswer, sessionAnswer, type Identity, type IdentityCache } from './identity.ts';

export type SessionState =
	/** The device knows nobody, and the server has not answered yet. */
	| { kind: 'starting' }
	/** Signed in, or offline as the person whom this device knows: see `contact`. */
	| { kind: 'open'; app: App }
	/** `never` had a session on this device, or it `ended`: whose it was is told then. */
	| { kind: 'signed-out'; reason: 'never' | 'ended'; name: string | null }
	/** Nobody is known here, and there is no network to ask. */
	| { kind: 'unreachable' }
	| { kind: 'not-set-up' };

export type SessionParts = {
	api: Api;
	cache: IdentityCache;
	openWorkspace(identity: Identity): Workspace;
	/** Deletes what this device holds of a person's documents. */
	forget(personId: string): Promise<void>;
	now(): Date;
};

export class Session {
	readonly api: Api;
	readonly #parts: SessionParts;
	#state = $state.raw<SessionState>({ kind: 'starting' });
	#contact = $state.raw<'asking' | 'online' | 'offline'>('asking');
	#identity = $state.raw<Identity | null>(null);
	#passkeyBy = $state.raw<string | null>(null);
	/** Rises whenever who is here changes, so that an answer to an older question is not mistaken for news. */
	#generation = 0;
	#refreshing: Promise<void> | null = null;

	constructor(parts: SessionParts) {
		this.#parts = parts;
		this.api = parts.api;
		const kept = parts.cache.read();
		if (kept && !kept.ended) this.#open(kept);
		else if (kept) this.#state = { kind: 'signed-out', reason: 'ended', name: kept.person.name };
	}

	get state(): SessionState {
		return this.#state;
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
		const before = this.#state.kind === 'open' ? this.#state.app : null;
		if (before && isSame(this.#identity, identity)) before.rename(identity.person, identity.association);
		else await this.#replace(identity);
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
		if (kept && !kept.ended) await this.#replace(kept);
		else await this.#leave({ kind: 'signed-out', reason: kept ? 'ended' : 'never', name: kept?.person.name ?? null });
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
		if (result.error === 'not-set-up') return this.#leave({ kind: 'not-set-up' });
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
		this.#parts.cache.writePeople(app.me.id, result.value.people);
	}

	/** The server knows no session: documents stay on the device, out of sight, until the same person comes back. */
	async #end(): Promise<void> {
		const kept = this.#parts.cache.read();
		if (!kept) return this.#leave({ kind: 'signed-out', reason: 'never', name: null });
		this.#parts.cache.write({ ...kept, ended: true });
		await this.#leave({ kind: 'signed-out', reason: 'ended', name: kept.person.name });
	}

	async #replace(identity: Identity): Promise<void> {
		const before = this.#state;
		if (before.kind === 'open') {
			const left = this.#identity?.person.id;
			const waiting = before.app.status.waiting;
			await this.#leave({ kind: 'starting' });
			// Unsent work waits for its author to come back; without any, nothing of theirs stays for somebody else.
			if (left && left !== identity.person.id && waiting === 0) await this.#parts.forget(left);
		}
		this.#open(identity);
	}

	#open(identity: Identity): void {
		this.#generation++;
		this.#identity = identity;
		const people = this.#parts.cache.readPeople(identity.person.id);
		const app = new App(identity.person, identity.association, people, this.#parts.openWorkspace(identity));
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

	#toIdentity({ person, association, epoch }: SessionAnswer): Identity {
		return { person, association, epoch, lastContact: this.#parts.now().toISOString(), ended: false };
	}
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
	const sameAccess =
		one?.role === other?.role &&
		one?.guestOf?.meetingId === other?.guestOf?.meetingId &&
		one?.guestOf?.minutes === other?.guestOf?.minutes;
	return one?.id === other?.id && sameAccess && a?.epoch === b?.epoch;
}

export const [useSession, provideSession] = createContext<Session>();
