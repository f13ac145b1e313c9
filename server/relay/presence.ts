/**
 * Who is in the room. One connection speaks for one awareness client, and the person in its state is the connection's:
 * the relay writes it there. What a connection says about other clients is left unheard (stock clients repeat what they
 * heard). Clocks are the relay's own, milliseconds that only grow: nobody can freeze a presence with a huge clock, and
 * one that comes back after a restart is newer than what peers remember.
 *
 * What comes is read when it is told, all of one moment together: to wake up for one presence alone takes longer than to
 * read ten.
 */
import { limits } from '#lib/protocol/limits.ts';
import { type AwarenessEntry, decodeAwareness, encodeEntry, joinEntries, parseState } from './awareness-codec.ts';
import { encodeAwareness } from './frames.ts';
import type { SharedPresence } from './bus.ts';
import type { Member } from './peer.ts';

/** `owner`: the connection here that speaks for it; null when it is at another relay, which says it again and again. */
type Shown = SharedPresence & { owner: Member | null; heardAt: number; encoded: Uint8Array };

/** A relay that says nothing of a presence for so long is gone, and with it those who were there. Milliseconds. */
const patience = 30_000;

/**
 * Clients that left, remembered so that a late repetition of their state is told from a new announcement, and so that
 * nobody else takes an id while its person is away for a moment.
 */
const maxDeparted = 4096;
type Departed = { clock: number; personId: string };

/** Who asks for everyone who is here is told once in so long; asked sooner, with what is told next. Milliseconds. */
const askingPause = 5_000;

/** Where presence happens: `members` is everyone in the room now, `later` runs work a moment later. */
type Surroundings = {
	members: ReadonlySet<Member>;
	now(): number;
	/** @param people to whom it will be told */
	later(work: () => void, people: number): void;
	/** Tells other relays who is here. */
	publish(entries: readonly SharedPresence[]): void;
	/** What the member said is not of the protocol. */
	expel(member: Member): void;
};

export class Presence {
	readonly #shown = new Map<number, Shown>();
	readonly #departed = new Map<number, Departed>();
	/** What is to be told, and who wants to know everyone: null in the many rooms where nothing is. */
	#changed: Map<number, Shown> | null = null;
	#asking: Set<Member> | null = null;
	/** What those who are known here said last, and nobody has read. */
	#unread: Map<Member, Uint8Array> | null = null;
	#due = false;
	readonly #around: Surroundings;
	#clock = 0;

	constructor(around: Surroundings) {
		this.#around = around;
	}

	/** Who says something for the first time is heard at once. @param update what it may not say is left out */
	receive(member: Member, update: Uint8Array): void {
		this.#readOf(member);
		if (member.clientId === null || update.length > limits.awarenessBytes) return this.#read(member, update);
		(this.#unread ??= new Map()).set(member, update);
		this.#schedule();
	}

	/** What a member said before another connection took its id over is left unread. */
	#readOf(member: Member): void {
		const unread = this.#unread?.get(member);
		this.#unread?.delete(member);
		if (unread && member.clientId !== null) this.#read(member, unread);
	}

	#read(member: Member, update: Uint8Array): void {
		if (!member.closed && !this.#hearOf(member, update)) this.#around.expel(member);
	}

	/** @returns whether the update is one that the protocol allows */
	#hearOf(member: Member, update: Uint8Array): boolean {
		const entries = decodeAwareness(update);
		if (!entries) return false;
		const own = entries.find((entry) => this.#speaksFor(member, entry));
		return own ? this.#announce(member, own) : true;
	}

	/** Afterwards nobody sees the member any more. */
	leave(member: Member): void {
		if (member.clientId !== null && this.#shown.get(member.clientId)?.owner === member) {
			this.#show(member.clientId, 'null', member);
		}
	}

	/** Says again, under new clocks, what is still so: peers forget a state after 30 seconds. */
	renew(): void {
		for (const { client, state, owner } of [...this.#shown.values()]) if (owner) this.#show(client, state, owner);
		this.#forgetSilent();
	}

	/** Tells other relays everyone who is here. */
	answer(): void {
		const here = [...this.#shown.values()].filter(({ owner }) => owner !== null);
		if (here.length > 0) this.#around.publish(here.map(toShared));
	}

	/** Who is at another relay, or was. Whoever is connected here is believed more than what is said of them elsewhere. */
	hear(entries: readonly SharedPresence[]): void {
		for (const entry of entries) {
			const shown = this.#shown.get(entry.client);
			const last = shown ?? this.#departed.get(entry.client);
			// What a bus repeats brings back nobody who left.
			if (last && last.clock >= entry.clock) continue;
			if (shown && shown.personId !== entry.personId) continue;
			if (shown?.owner && entry.state === 'null') continue;
			if (shown?.owner) shown.owner.clientId = null;
			this.#put({ ...entry, owner: null, heardAt: this.#around.now() });
		}
	}

	/** Whether somebody else shows the client at another relay, or showed it until a moment ago. */
	isAnothers(client: number, person: string): boolean {
		const shown = this.#shown.get(client);
		if (shown) return shown.owner === null && shown.personId !== person;
		const departed = this.#departed.get(client);
		return departed !== undefined && departed.personId !== person;
	}

	#forgetSilent(): void {
		const before = this.#around.now() - patience;
		for (const shown of [...this.#shown.values()]) {
			if (!shown.owner && shown.heardAt < before) this.#put({ ...shown, clock: shown.clock + 1, state: 'null' });
		}
	}

	/** Everyone who is here, to one member. */
	tell(member: Member): void {
		member.toldAt = this.#around.now();
		this.#send(member, othersThan(member, [...this.#shown.values()]));
	}

	/** A member wants to know everyone who is here. */
	ask(member: Member): void {
		(this.#asking ??= new Set()).add(member);
		this.#schedule();
	}

	#schedule(): void {
		if (!this.#due) this.#around.later(() => this.#flush(), this.#around.members.size);
		this.#due = true;
	}

	/** Whoever is behind is told when they have caught up. */
	#answerAsking(asking: Set<Member>): void {
		const longAgo = this.#around.now() - askingPause;
		for (const member of asking) {
			if (!member.closed && !member.peer.behind) {
				if (member.toldAt > longAgo) continue;
				this.tell(member);
			}
			asking.delete(member);
		}
		if (asking.size === 0) this.#asking = null;
	}

	/**
	 * Hands what changed since the last time to every member, leaving out what is its own. Whoever is behind gets all of it
	 * when they have caught up.
	 */
	#flush(): void {
		for (const member of this.#unread?.keys() ?? []) this.#readOf(member);
		this.#unread = null;
		this.#due = false;
		const changed = this.#changed;
		this.#changed = null;
		if (changed) this.#handOut([...changed.values()]);
		if (this.#asking) this.#answerAsking(this.#asking);
	}

	#handOut(changed: Shown[]): void {
		const owners = new Set(changed.map(({ owner }) => owner));
		const here = changed.filter(({ owner }) => owner !== null);
		if (here.length > 0) this.#around.publish(here.map(toShared));
		const toAll = toFrame(changed);
		// One after the other, so that a transport frames what all get once.
		const members = [...this.#around.members].filter(({ peer }) => !peer.behind);
		for (const member of members) if (!owners.has(member)) member.peer.send(toAll);
		for (const member of members) {
			if (owners.has(member)) this.#send(member, othersThan(member, changed));
		}
	}

	#send(member: Member, entries: Shown[]): void {
		if (entries.length > 0) member.peer.send(toFrame(entries));
	}

	#speaksFor(member: Member, { client, clock, json }: AwarenessEntry): boolean {
		if (member.clientId !== null) return member.clientId === client;
		const shown = this.#shown.get(client);
		const last = shown ?? this.#departed.get(client);
		if (last?.clock === clock || parseState(json) === null) return false;
		return !last || last.personId === member.peer.personId;
	}

	#announce(member: Member, { client, json }: AwarenessEntry): boolean {
		if (json.length > limits.awarenessBytes) return false;
		const state = parseState(json);
		if (state === undefined) return false;
		const before = this.#shown.get(client)?.owner;
		if (before && before !== member) before.clientId = null;
		member.clientId = client;
		if (state !== null || this.#shown.has(client)) this.#show(client, stamp(member, state), member);
		return true;
	}

	#show(client: number, state: string, owner: Member): void {
		const clock = Math.max(this.#clock + 1, this.#around.now());
		this.#put({ client, clock, state, owner, personId: owner.peer.personId, heardAt: clock });
	}

	#put(said: Omit<Shown, 'encoded'>): void {
		const shown = { ...said, encoded: encodeEntry(said) };
		const { client, state } = shown;
		this.#clock = Math.max(this.#clock, shown.clock);
		(this.#changed ??= new Map()).set(client, shown);
		this.#schedule();
		if (state !== 'null') {
			this.#shown.set(client, shown);
			return;
		}
		this.#shown.delete(client);
		this.#departed.delete(client);
		this.#departed.set(client, { clock: shown.clock, personId: shown.personId });
		const [oldest] = this.#departed.keys();
		if (this.#departed.size > maxDeparted && oldest !== undefined) this.#departed.delete(oldest);
	}
}

function toFrame(entries: readonly Shown[]): Uint8Array {
	return encodeAwareness(joinEntries(entries.map(({ encoded }) => encoded)));
}

function toShared({ client, clock, state, personId }: Shown): SharedPresence {
	return { client, clock, state, personId };
}

function othersThan(member: Member, entries: Shown[]): Shown[] {
	return entries.filter(({ owner }) => owner !== member);
}

/** A reader is present and nothing else: no cursor, nothing to say. */
function stamp({ peer }: Member, state: Record<string, unknown> | null): string {
	if (state === null) return 'null';
	const user = { id: peer.personId };
	return JSON.stringify(peer.access === 'write' ? { ...state, user } : { user });
}
