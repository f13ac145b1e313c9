/**
 * Of messages that began and are not heard yet only so much is held, for each person and for all together. Beyond it the
 * connection is cut off whose message began last, of the person who holds most: those before it can end, and nobody takes
 * anything from others. What began has to get on.
 *
 * Counted from outside of the WebSocket, which does not tell: what came, less what ended. A message in many frames counts
 * a few bytes too much, never too little, and at most as much as came in one piece with its end.
 */

/** @property least bytes that have to come of a message from one beat to the next but one */
export type UnfinishedBounds = { perPerson: number; together: number; least: number };

/** One message is 4 MiB at most; a page that comes back after weeks sends its documents one beside the other. */
export const usualBounds: UnfinishedBounds = { perPerson: 16 * 1024 * 1024, together: 64 * 1024 * 1024, least: 1024 };

/** What a piece takes beside its bytes, about: otherwise many small ones would cost much and count little. */
const pieceOverhead = 256;

/** How many beats without progress in a row are too many. */
const patience = 2;

export type Source = {
	personId: string;
	/** Whether we do not read from it now. */
	paused: boolean;
	cutOff(reason: string): void;
};

type Person = { id: string; bytes: number; readonly counted: Set<Counted> };

export class Unfinished {
	readonly #bounds: UnfinishedBounds;
	readonly #people = new Map<string, Person>();
	/** One for all connections: there are thousands. */
	readonly #ledger: Ledger = {
		began: () => ++this.#begun,
		grew: (person, by) => this.#grew(person, by),
		ended: (person, counted) => {
			person.counted.delete(counted);
			if (person.counted.size === 0) this.#people.delete(person.id);
		},
	};
	#bytes = 0;
	#begun = 0;

	constructor(bounds: UnfinishedBounds = usualBounds) {
		this.#bounds = bounds;
	}

	/** What is held now. */
	get bytes(): number {
		return this.#bytes;
	}

	/** To be called for each connection; what comes of it is then told to what this returns. */
	open(source: Source): Counted {
		const id = source.personId;
		const person = this.#people.get(id) ?? { id, bytes: 0, counted: new Set() };
		this.#people.set(id, person);
		const counted = new Counted(source, person, this.#ledger);
		person.counted.add(counted);
		return counted;
	}

	/** To be called at every heartbeat. */
	beat(): void {
		for (const { counted } of [...this.#people.values()])
			for (const one of [...counted]) one.beat(this.#bounds.least, patience);
	}

	#grew(person: Person, by: number): void {
		person.bytes += by;
		this.#bytes += by;
		if (by <= 0) return;
		while (person.bytes > this.#bounds.perPerson) cutOffLast(person.counted);
		while (this.#bytes > this.#bounds.together) cutOffLast(this.#whoHoldsMost());
	}

	#whoHoldsMost(): ReadonlySet<Counted> {
		return [...this.#people.values()].reduce((most, one) => (one.bytes > most.bytes ? one : most)).counted;
	}
}

function cutOffLast(all: ReadonlySet<Counted>): void {
	const last = [...all].filter(({ held }) => held > 0).reduce((late, one) => (one.began > late.began ? one : late));
	last.cutOff('too much unfinished');
}

type Ledger = {
	began(): number;
	grew(person: Person, by: number): void;
	ended(person: Person, counted: Counted): void;
};

/** What one connection has begun. */
export class Counted {
	readonly #source: Source;
	readonly #person: Person;
	readonly #ledger: Ledger;
	/** Of the message that comes: bytes as they came, and in how many pieces. */
	#coming = 0;
	#pieces = 0;
	/** Of messages that ended and wait to be heard. */
	#waiting = 0;
	/** The piece that came last. */
	#last = 0;
	/** Whether something came of a message after the piece in which the one before it ended. */
	#certain = false;
	#progress = 0;
	#idleBeats = 0;
	#closed = false;
	/** When what it holds began: the later, the higher. */
	began = 0;
	held = 0;

	constructor(source: Source, person: Person, ledger: Ledger) {
		this.#source = source;
		this.#person = person;
		this.#ledger = ledger;
	}

	/** To be called before the WebSocket gets the piece. */
	came(bytes: number): void {
		if (this.held === 0) this.began = this.#ledger.began();
		this.#last = bytes;
		this.#coming += bytes;
		this.#pieces += 1;
		this.#progress += bytes;
		this.#certain = true;
		this.#count();
	}

	/** A ping or a pong, which may stand amid a message. */
	control(bytes: number): void {
		this.#took(bytes + frameHead(bytes));
		this.#progress -= bytes + frameHead(bytes);
		this.#count();
	}

	/** A message is whole. It is held until `heard`. */
	ended(bytes: number): void {
		this.#took(bytes + frameHead(bytes));
		this.#coming = Math.min(this.#coming, this.#last);
		this.#pieces = Math.min(this.#pieces, 1);
		this.#certain = false;
		this.#waiting += bytes;
		this.#count();
	}

	heard(bytes: number): void {
		this.#waiting -= bytes;
		this.#count();
	}

	/** The connection is gone. */
	leave(): void {
		if (this.#closed) return;
		[this.#coming, this.#pieces, this.#waiting] = [0, 0, 0];
		this.#count();
		this.#closed = true;
		this.#ledger.ended(this.#person, this);
	}

	cutOff(reason: string): void {
		this.leave();
		this.#source.cutOff(reason);
	}

	beat(least: number, patience: number): void {
		const stands = this.#certain && this.#coming > 0 && this.#progress < least && !this.#source.paused;
		this.#idleBeats = stands ? this.#idleBeats + 1 : 0;
		this.#progress = 0;
		if (this.#idleBeats >= patience) this.cutOff('message does not get on');
	}

	#took(bytes: number): void {
		this.#coming = Math.max(0, this.#coming - bytes);
		if (this.#coming === 0) [this.#pieces, this.#certain] = [0, false];
	}

	#count(): void {
		if (this.#closed) return;
		const before = this.held;
		this.held = this.#coming + this.#pieces * pieceOverhead + this.#waiting;
		this.#ledger.grew(this.#person, this.held - before);
	}
}

/** Bytes of a client's frame beside its payload (RFC 6455, 5.2). */
function frameHead(payload: number): number {
	if (payload < 126) return 6;
	return payload < 65_536 ? 8 : 14;
}
