/**
 * People at their devices who decide suggestions in one text, around a relay that takes what comes in one order, hands it to
 * the others, and then acknowledges it. Each link keeps its order, in its own time; presence comes later than what was
 * written, and news may be gathered behind an acknowledgement. Time is that of the test's timers.
 */
import type { DocumentStatus } from '#lib/sync/contract.ts';
import { readSuggestions, type Suggestion } from '#lib/documents/read-suggestions.ts';
import type { Verdict } from '#lib/documents/review.ts';
import { settleOrigin } from '#lib/documents/settle.ts';
import { decideTogether, type Decided } from '#lib/documents/together.ts';
import { backspace, enter } from '#lib/editor/commands.ts';
import { attachSettling } from '#lib/editor/review/settling.ts';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { bodyName, Suggester } from './suggesters.ts';

/** Milliseconds. */
export type Delays = { up: () => number; down: () => number; presence: () => number; gathering: () => number };

export type Kind = 'break' | 'join';

const clock = { now: 1_700_000_000_000 };

/** No letter stands twice, so that what comes twice is seen. */
export const suggestedOn = ['abcdef', 'ghijkl'];
export const accepted = { none: ['abc¶def', 'ghijkl'], break: ['abc', 'def', 'ghijkl'], join: ['abc¶defghijkl'] };

/** One suggests to divide the first paragraph behind its third letter, another to join both. */
export function suggestedText(): Uint8Array {
	const [one, other] = [new Suggester('one', 101, clock), new Suggester('other', 102, clock)];
	for (const author of [one, other]) author.meet([one, other]);
	suggestedOn.forEach((line, index) => {
		if (index > 0) one.editor.run(enter);
		one.editor.type(line);
	});
	one.mode('suggest');
	one.editor.goTo('abc');
	one.editor.run(enter);
	other.mode('suggest');
	other.editor.goTo('ghijkl', false);
	other.editor.run(backspace);
	for (const { editor } of [one, other]) editor.close();
	return Y.encodeStateAsUpdate(one.doc);
}

/** In which each thing is delivered behind the one before. */
class Line {
	#last = 0;

	send(wait: number, work: () => void): void {
		const now = performance.now();
		this.#last = Math.max(this.#last, now + wait);
		setTimeout(work, this.#last - now);
	}
}

export class ReviewRelay {
	readonly #members = new Set<Reviewer>();

	join(reviewer: Reviewer): void {
		for (const other of this.#members) {
			reviewer.hearPresence(other.presence());
			other.hearPresence(reviewer.presence());
		}
		this.#members.add(reviewer);
	}

	take(from: Reviewer, update: Uint8Array): void {
		for (const member of this.#members) if (member !== from) member.hear(update);
		from.hearAcknowledged();
	}

	tell(from: Reviewer, presence: Uint8Array): void {
		for (const member of this.#members) if (member !== from) member.hearPresence(presence);
	}

	leave(reviewer: Reviewer): void {
		this.#members.delete(reviewer);
	}
}

export class Reviewer extends Suggester {
	readonly awareness = new Awareness(this.doc);
	/** How often this device has carried out something. */
	settled = 0;
	#waiting = 0;
	#connection: DocumentStatus['connection'] = 'online';
	readonly #listeners = new Set<() => void>();
	readonly #up = new Line();
	readonly #down = new Line();
	readonly #news = new Line();
	readonly #presence = new Line();
	readonly #relay: ReviewRelay;
	readonly #delays: Delays;
	readonly #stop: () => void;

	constructor(clientId: number, relay: ReviewRelay, text: Uint8Array, delays: Delays) {
		super(`person ${clientId}`, clientId, clock);
		this.#relay = relay;
		this.#delays = delays;
		Y.applyUpdate(this.doc, text, relay);
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin === relay) return;
			if (origin === settleOrigin) this.settled++;
			this.#waiting++;
			this.#up.send(delays.up(), () => relay.take(this, update));
		});
		relay.join(this);
		this.awareness.on('update', (_changes: unknown, origin: unknown) => {
			if (origin === 'local') this.#up.send(delays.up(), () => relay.tell(this, this.presence()));
		});
		const isSaved = () => this.#connection === 'online' && this.#waiting === 0;
		const connection = () => this.#connection;
		this.#stop = attachSettling({
			doc: this.doc,
			awareness: this.awareness,
			access: 'write',
			status: {
				get connection() {
					return connection();
				},
				get saved() {
					return isSaved();
				},
			},
			onStatus: (listener) => {
				this.#listeners.add(listener);
				return () => this.#listeners.delete(listener);
			},
		});
	}

	/** Accepts what is still open of these kinds. */
	accept(...kinds: readonly Kind[]): Decided {
		return this.#decideOpen('accept', kinds);
	}

	reject(...kinds: readonly Kind[]): Decided {
		return this.#decideOpen('reject', kinds);
	}

	#decideOpen(verdict: Verdict, kinds: readonly Kind[]): Decided {
		return decideTogether(this.doc, this.open(kinds), verdict);
	}

	/** What is still open of these kinds. */
	open(kinds: readonly Kind[]): Suggestion[] {
		return readSuggestions(this.doc, bodyName).filter(({ parts }) => parts.some(({ kind }) => isOneOf(kinds, kind)));
	}

	get lines(): string[] {
		return this.body.toArray().map((block) => textOf(block as Y.XmlElement));
	}

	presence(): Uint8Array {
		return encodeAwarenessUpdate(this.awareness, [this.awareness.clientID]);
	}

	hear(update: Uint8Array): void {
		const { down, gathering } = this.#delays;
		this.#down.send(down(), () => this.#news.send(gathering(), () => Y.applyUpdate(this.doc, update, this.#relay)));
	}

	hearAcknowledged(): void {
		this.#down.send(this.#delays.down(), () => {
			this.#waiting--;
			for (const listener of [...this.#listeners]) listener();
		});
	}

	hearPresence(presence: Uint8Array): void {
		const { down, presence: later } = this.#delays;
		this.#presence.send(down() + later(), () => applyAwarenessUpdate(this.awareness, presence, this.#relay));
	}

	/** Closes the tab. */
	leave(): void {
		this.#stop();
		this.awareness.setLocalState(null);
		this.#relay.leave(this);
	}

	close(): void {
		this.#stop();
		this.editor.close();
		this.awareness.destroy();
		this.doc.destroy();
	}
}

function isOneOf(kinds: readonly string[], kind: string): boolean {
	return kinds.includes(kind);
}

function textOf(block: Y.XmlElement): string {
	return block
		.toArray()
		.map((text) =>
			(text as Y.XmlText)
				.toDelta()
				.map(({ insert }: { insert: string }) => insert)
				.join(''),
		)
		.join('');
}
