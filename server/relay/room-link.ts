/**
 * A room's line to the rooms of the same document at other relays. The invariant: whatever is in the log comes to everyone
 * who is connected here, by a message of the relay that wrote it, or, when one is missing, by reading the log.
 */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Authors, Sequence, StoredDocument } from '../storage/contract.ts';
import type { Authorship } from './authorship.ts';
import type { Bus, Channel, SharedPresence, SharedUpdates } from './bus.ts';
import type { DocumentState } from './document-state.ts';
import type { Presence } from './presence.ts';
import type { ReloadableState } from './reloadable-state.ts';
import type { Turn } from './turn.ts';

export type LinkedRoom = {
	state: ReloadableState;
	presence: Presence;
	authorship(): Authorship;
	read(): Promise<{ stored: StoredDocument; authors: Authors }>;
	/** Sends everyone here what others wrote elsewhere. */
	spread(updates: readonly Uint8Array[]): void;
	/** The log grew by these. */
	appended(updates: readonly Uint8Array[]): void;
	later(work: () => void): void;
	/** Throws the state away, and reads it. */
	readAgain(): void;
	/** The log cannot be read. */
	failed(error: unknown): void;
};

export class RoomLink {
	#room: LinkedRoom | null = null;
	/** What came before the room was there. */
	#early: SharedUpdates[] = [];
	/** The document was made anew before the room was there, which may have read it before. */
	#renewedEarly = false;
	#channel: Channel | null = null;
	/** Everything up to it came to everyone here. */
	#heard: Sequence = 0;
	/** The last that was published here. */
	#published: Sequence = 0;
	/** What was heard beyond a hole. */
	#ahead: { first: Sequence; last: Sequence }[] = [];

	/** To be opened before the log is read: then nothing falls in between. */
	static async open(bus: Bus, name: DocumentName): Promise<RoomLink> {
		const link = new RoomLink();
		link.#channel = await bus.open(name, {
			updates: (shared) => link.#receive(shared),
			presence: (entries) => link.#room?.presence.hear(entries),
			asked: () => link.#room?.presence.answer(),
			renewed: () => link.#readAgain(),
			// That it was made anew may have been missed as well.
			interrupted: () => link.#readAgain(),
		});
		return link;
	}

	/** @param heard the last sequence that the room was opened with */
	attach(room: LinkedRoom, heard: Sequence): void {
		this.#room = room;
		this.#heard = heard;
		for (const shared of this.#early.splice(0)) this.#receive(shared);
		this.#channel?.ask();
		if (this.#renewedEarly) room.readAgain();
	}

	/** Tells all others that the document was made anew, where no room of it is open here. */
	static async tellRenewed(bus: Bus, name: DocumentName): Promise<void> {
		const nothing = () => {};
		const deaf = { updates: nothing, presence: nothing, asked: nothing, renewed: nothing, interrupted: nothing };
		const channel = await bus.open(name, deaf);
		channel.renew();
		channel.close();
	}

	/** The document was made anew, and is in the store. */
	publishRenewed(): void {
		this.#channel?.renew();
	}

	/** Our own turn is on disk. */
	publish({ written: updates, authors, last }: Turn): void {
		this.#note(last - updates.length + 1, last);
		this.#published = last;
		this.#channel?.updates({ updates, authors, last });
	}

	/** To be called now and then: whoever missed the last that was written hears of it, and reads it. */
	renew(): void {
		const last = this.#published;
		if (last > 0 && last === this.#heard) this.#channel?.updates({ updates: [], authors: [], last });
	}

	publishPresence(entries: readonly SharedPresence[]): void {
		this.#channel?.presence(entries);
	}

	/** The room's state was read anew: nobody knows what of it came to whom. */
	reloaded(state: DocumentState, sequence: Sequence): void {
		const all = state.difference(Uint8Array.of(0));
		if (all) this.#room?.spread([all]);
		this.#heardUpTo(sequence);
	}

	/** Takes in what the log has and the state lacks. @throws Error when it cannot be read */
	async catchUp(state: DocumentState): Promise<void> {
		const room = this.#room as LinkedRoom;
		const { stored, authors } = await room.read();
		room.authorship().learn(authors);
		const { snapshot, tail, sequence } = stored;
		room.spread((snapshot ? [snapshot, ...tail] : tail).flatMap((update) => take(state, update)));
		this.#heardUpTo(sequence);
	}

	close(): void {
		this.#channel?.close();
		this.#channel = null;
	}

	#receive(shared: SharedUpdates): void {
		const room = this.#room;
		if (!room) return void this.#early.push(shared);
		room.state.use((state) => {
			const { updates, authors, last } = shared;
			if (last <= this.#heard) return;
			room.authorship().learn(authors);
			const gap = updates.findIndex((update) => !['new', 'known'].includes(state.accept(update, true).kind));
			const taken = gap < 0 ? updates : updates.slice(0, gap);
			room.spread(taken);
			room.appended(taken);
			if (gap >= 0) return this.#readLog();
			this.#note(last - updates.length + 1, last);
		});
	}

	/** Relays write at the same time, so that one may hear of what is later first: a hole may close by itself. */
	#note(first: Sequence, last: Sequence): void {
		this.#ahead.push({ first, last });
		this.#closeHoles();
		if (this.#ahead.length > 0) this.#room?.later(() => this.#ahead.length > 0 && this.#readLog());
	}

	#closeHoles(): void {
		for (const { first, last } of this.#ahead.toSorted((a, b) => a.first - b.first)) {
			if (first <= this.#heard + 1) this.#heard = Math.max(this.#heard, last);
		}
		this.#ahead = this.#ahead.filter(({ last }) => last > this.#heard);
	}

	#heardUpTo(sequence: Sequence): void {
		this.#heard = Math.max(this.#heard, sequence);
		this.#closeHoles();
	}

	#readAgain(): void {
		if (this.#room) this.#room.readAgain();
		else this.#renewedEarly = true;
	}

	#readLog(): void {
		const room = this.#room;
		room?.state.hold((state) => this.catchUp(state)).catch((error: unknown) => room.failed(error));
	}
}

function take(state: DocumentState, update: Uint8Array): readonly Uint8Array[] {
	const verdict = state.accept(update);
	if (verdict.kind === 'new') return verdict.updates;
	if (verdict.kind === 'known') return [];
	throw new Error(`the log does not apply: ${verdict.kind}`);
}
