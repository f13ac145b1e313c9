/**
 * An answer is as large as the document, and its question is ten bytes. So one is made only when there is room for it:
 * for a connection that has read the one before, and while what one person, and all together, have not read is below a
 * bound. Other questions wait, and are asked again when something was read: one of a person at a time, everybody in turn.
 * The same bytes are counted once, however many get them.
 *
 * Invariant: whoever waits is called by what it waits for, its own reading, another's, or somebody's end.
 */
import type { Peer } from './peer.ts';

/** Bytes; an answer is made below the bound, and may go beyond it. */
export type UnreadBounds = { perPerson: number; together: number };

export const usualUnreadBounds: UnreadBounds = { perPerson: 16 * 1024 * 1024, together: 64 * 1024 * 1024 };

type Unread = {
	peer: Peer;
	frames: readonly Uint8Array[];
	/** It was there at the last heartbeat. */
	old: boolean;
	/** Sends its reader away. */
	expel: () => void;
};

type Person = {
	id: string;
	held: Distinct;
	/** How those are called whose questions wait. */
	waiting: Map<Peer, () => void>;
	/** It was called, and its answer is not made yet. */
	called: Peer | null;
};

export class UnreadAnswers {
	readonly #bounds: UnreadBounds;
	readonly #held = new Distinct();
	readonly #people = new Map<string, Person>();
	/** Whose questions wait or were called, in the order in which they are called. */
	readonly #waiting = new Set<Person>();
	/** The oldest first. */
	readonly #unread = new Map<Peer, Unread>();

	constructor(bounds: UnreadBounds = usualUnreadBounds) {
		this.#bounds = bounds;
	}

	/** The same bytes counted once. */
	get bytes(): number {
		return this.#held.bytes;
	}

	/** Whether an answer may be made for it now. */
	hasRoom(peer: Peer): boolean {
		if (peer.behind || this.#unread.has(peer)) return false;
		const held = this.#people.get(peer.personId)?.held.bytes ?? 0;
		return held < this.#bounds.perPerson && this.#held.bytes < this.#bounds.together;
	}

	/** There is no room: `call` is called when there may be, unless the peer leaves before. The last `call` counts. */
	wait(peer: Peer, call: () => void): void {
		const person = this.#personOf(peer);
		if (person.called === peer) person.called = null;
		if (!person.waiting.has(peer) && !this.#unread.has(peer) && peer.behind) peer.whenDrained(() => this.#callNext());
		person.waiting.set(peer, call);
		this.#waiting.add(person);
	}

	/** An answer was made. It is to be `sent`, or `dropped`. */
	made(peer: Peer, frames: readonly Uint8Array[], expel: () => void): void {
		const person = this.#personOf(peer);
		if (person.called === peer) person.called = null;
		this.#unread.set(peer, { peer, frames, old: false, expel });
		// Others come first now.
		if (this.#waiting.delete(person) && person.waiting.size > 0) this.#waiting.add(person);
		for (const frame of frames) {
			person.held.add(frame);
			this.#held.add(frame);
		}
		this.#callNext();
	}

	/** It is on its way. */
	sent(peer: Peer): void {
		const unread = this.#unread.get(peer);
		if (!unread) return;
		if (peer.unread) peer.whenDrained(() => this.#read(unread));
		else this.#read(unread);
	}

	/** It will not be sent. */
	dropped(peer: Peer): void {
		const unread = this.#unread.get(peer);
		if (unread) this.#read(unread);
	}

	/** Nothing more goes to the peer. */
	left(peer: Peer): void {
		const person = this.#people.get(peer.personId);
		if (!person) return;
		person.waiting.delete(peer);
		if (person.called === peer) person.called = null;
		this.dropped(peer);
		this.#forget(person);
		this.#callNext();
	}

	/**
	 * To be called at every heartbeat. When others wait and there is no room left for anybody, those who did not read theirs
	 * in all the time since the last one make room, of whoever holds most.
	 */
	beat(): void {
		while (this.#waiting.size > 0 && this.#held.bytes >= this.#bounds.together) {
			const unread = this.#oldOfWhoHoldsMost();
			if (!unread) break;
			this.#read(unread);
			unread.expel();
		}
		for (const unread of this.#unread.values()) unread.old = true;
	}

	#oldOfWhoHoldsMost(): Unread | null {
		let [most, found]: [number, Unread | null] = [0, null];
		for (const unread of this.#unread.values()) {
			const { bytes } = this.#personOf(unread.peer).held;
			if (unread.old && bytes > most) [most, found] = [bytes, unread];
		}
		return found;
	}

	#read(unread: Unread): void {
		const { peer, frames } = unread;
		if (this.#unread.get(peer) !== unread) return;
		this.#unread.delete(peer);
		const person = this.#personOf(peer);
		for (const frame of frames) {
			person.held.delete(frame);
			this.#held.delete(frame);
		}
		this.#forget(person);
		this.#callNext();
	}

	/** One of each person for whom there is room. */
	#callNext(): void {
		for (const person of [...this.#waiting]) {
			if (person.called) continue;
			const next = [...person.waiting].find(([peer]) => this.hasRoom(peer));
			if (!next) continue;
			const [peer, call] = next;
			person.waiting.delete(peer);
			person.called = peer;
			call();
		}
	}

	#personOf({ personId: id }: Peer): Person {
		const known = this.#people.get(id);
		if (known) return known;
		const person: Person = { id, held: new Distinct(), waiting: new Map(), called: null };
		this.#people.set(id, person);
		return person;
	}

	#forget(person: Person): void {
		if (person.waiting.size > 0 || person.called) return;
		this.#waiting.delete(person);
		if (person.held.bytes === 0) this.#people.delete(person.id);
	}
}

/** Frames, and the bytes of those that are not the same. */
class Distinct {
	readonly #times = new Map<Uint8Array, number>();
	bytes = 0;

	add(frame: Uint8Array): void {
		const times = this.#times.get(frame) ?? 0;
		this.#times.set(frame, times + 1);
		if (times === 0) this.bytes += frame.length;
	}

	delete(frame: Uint8Array): void {
		const times = this.#times.get(frame) ?? 0;
		if (times > 1) return void this.#times.set(frame, times - 1);
		this.#times.delete(frame);
		this.bytes -= frame.length;
	}
}
