/**
 * Reads an update's structure where it lies, without building it. What typing sends (new content of a client whose
 * clock goes on, beside and inside content that is known, and deletions of what is known) is told from everything else:
 * only that may pass without being applied first. Whatever this scan does not understand, or does not like, is left to
 * those who look closer, so it errs in one direction only.
 */
import { limits } from '#lib/protocol/limits.ts';
import { ByteReader } from './byte-reader.ts';

/** Consecutive structs of one client, as bytes of the update. */
export type Section = { client: number; clock: number; end: number; count: number; from: number; to: number };

/** What is deleted of one client: so many ranges, in order, as bytes of the update. */
export type Deletions = { client: number; count: number; from: number; to: number };

export type Scan = {
	readonly bytes: Uint8Array;
	readonly sections: readonly Section[];
	readonly deletions: readonly Deletions[];
	/** Items that are not put right behind what their client wrote before them: each may have to find its place among others. */
	readonly jumps: number;
	/** The root types that it names; not those that it gets to by a neighbour. */
	readonly roots: ReadonlySet<string>;
	/** Values that stand side by side, or may come to: those of one struct, and each that goes on from what is before it. */
	readonly values: number;
};

export type Vector = ReadonlyMap<number, number>;

const [garbage, skip] = [0, 10];
const [deleted, binary, text, embed, format, type, any] = [1, 3, 4, 5, 6, 7, 8];
const [namedElement, namedHook] = [3, 5];
/** Of a struct's first byte. */
const [contentBits, hasKey, hasRight, hasLeft] = [31, 32, 64, 128];
/** Typing has a handful of clients in one update; what has more is read by those who do it with less haste. */
const mostTyping = 64;
/** With more than so many clients, looking them through for each is slower than keeping a set of them. */
const few = 16;
/** Clocks beyond this would lose precision when counted on. */
const maxClock = 2 ** 48;

/** @returns the parts of any update that is understood, or null */
export function scanUpdate(bytes: Uint8Array): Scan | null {
	return scan(bytes, null);
}

/** @returns the parts of an update that goes on exactly where `known` ends, and refers to nothing else; or null */
export function scanTyping(bytes: Uint8Array, known: Vector): Scan | null {
	return scan(bytes, known);
}

/**
 * Of a section of a scan, the struct that holds `clock`, and those after it.
 * @param clock within the section
 */
export function sectionFrom(bytes: Uint8Array, section: Section, clock: number): { first: Section; rest: Section } {
	return new StructReader(bytes, null).split(section, clock);
}

function scan(bytes: Uint8Array, known: Vector | null): Scan | null {
	try {
		const reader = new StructReader(bytes, known);
		const sections: Section[] = [];
		for (let left = reader.begin(); left > 0; left--) sections.push(reader.section(sections));
		const deletions: Deletions[] = [];
		for (let left = reader.begin(); left > 0; left--) deletions.push(reader.deletions(sections, deletions));
		return reader.done
			? { bytes, sections, deletions, jumps: reader.jumps, roots: reader.roots, values: reader.values }
			: null;
	} catch {
		return null;
	}
}

class StructReader extends ByteReader {
	readonly #known: Vector | null;
	#client = 0;
	#clock = 0;
	/** See `Scan`. */
	jumps = 0;
	readonly roots = new Set<string>();
	values = 0;
	/** Clients that came, when there are many. */
	#seen: Set<number> | null = null;

	constructor(bytes: Uint8Array, known: Vector | null) {
		super(bytes);
		this.#known = known;
	}

	/** @returns how many clients follow, each to come once */
	begin(): number {
		const count = this.number();
		refuseIf(this.#known !== null && count > mostTyping);
		this.#seen = count > few ? new Set() : null;
		return count;
	}

	section(before: readonly Section[]): Section {
		const count = this.number();
		const client = (this.#client = this.number());
		const clock = (this.#clock = this.number());
		refuseIf(count === 0 || this.#comesAgain(client, before));
		refuseIf(this.#known !== null && clock !== (this.#known.get(client) ?? 0));
		const from = this.at;
		for (let left = count; left > 0; left--) {
			const length = this.#struct(this.byte());
			refuseIf(length < 1);
			this.#clock += length;
			refuseIf(this.#clock > maxClock);
		}
		return { client, clock, end: this.#clock, count, from, to: this.at };
	}

	split(section: Section, clock: number): { first: Section; rest: Section } {
		this.at = section.from;
		this.#client = section.client;
		this.#clock = section.clock;
		for (let count = section.count; ; count--) {
			const [from, start] = [this.at, this.#clock];
			this.#clock += this.#struct(this.byte());
			if (this.#clock <= clock) continue;
			const first = { ...section, clock: start, end: this.#clock, count: 1, from, to: this.at };
			return { first, rest: { ...section, clock: this.#clock, count: count - 1, from: this.at } };
		}
	}

	deletions(sections: readonly Section[], before: readonly Deletions[]): Deletions {
		const client = this.number();
		refuseIf(this.#comesAgain(client, before));
		const own = this.#known && sections.find((section) => section.client === client)?.end;
		const end = this.#known ? (own ?? this.#known.get(client) ?? 0) : maxClock;
		const count = this.number();
		const from = this.at;
		for (let left = count, last = 0; left > 0; left--) {
			const clock = this.number();
			const length = this.number();
			refuseIf(length < 1 || clock + length > end || clock < last);
			last = clock + length;
		}
		return { client, count, from, to: this.at };
	}

	#comesAgain(client: number, before: readonly { client: number }[]): boolean {
		if (!this.#seen) return before.some((each) => each.client === client);
		return this.#seen.size === this.#seen.add(client).size;
	}

	#struct(info: number): number {
		const kind = info & contentBits;
		if (kind === garbage) return this.number();
		refuseIf(kind === skip);
		const goesOn = (info & hasLeft) !== 0 && this.#reference();
		if (!goesOn) this.jumps += 1;
		if (info & hasRight) this.#reference();
		if (!(info & (hasLeft | hasRight))) {
			if (this.number() === 1) this.roots.add(this.#name());
			else this.#reference();
			if (info & hasKey) this.#name();
		}
		const length = this.#content(kind);
		if (kind === any && (length > 1 || goesOn)) this.values += length;
		return length;
	}

	/**
	 * To something known, or to what its own client wrote before it: Yjs relies on that without looking.
	 * @returns whether it is what the client wrote last
	 */
	#reference(): boolean {
		const client = this.number();
		const clock = this.number();
		if (client === this.#client) refuseIf(clock >= this.#clock);
		else refuseIf(this.#known !== null && clock >= (this.#known.get(client) ?? 0));
		return client === this.#client && clock === this.#clock - 1;
	}

	#content(kind: number): number {
		switch (kind) {
			case text:
				return this.skipText();
			case deleted:
				return this.number();
			case any: {
				const length = this.number();
				for (let left = length; left > 0; left--) this.skipAny();
				return length;
			}
			case binary:
				this.skip(this.number());
				return 1;
			case embed:
				this.#json();
				return 1;
			case format:
				this.#name();
				this.#json();
				return 1;
			case type:
				return this.#type();
			default:
				return 0;
		}
	}

	/** How deep types nest cannot be seen from here. */
	#type(): number {
		refuseIf(this.#known !== null);
		const reference = this.number();
		if (reference === namedElement || reference === namedHook) this.#name();
		return 1;
	}

	#name(): string {
		const name = this.text();
		refuseIf(name.length > limits.innerNameLength);
		return name;
	}

	/** How deep an object nests is for those who look closer, too. */
	#json(): void {
		const value: unknown = JSON.parse(this.text());
		refuseIf(this.#known !== null && typeof value === 'object' && value !== null);
	}
}

function refuseIf(condition: boolean): void {
	if (condition) throw new RangeError();
}
