/** A peer without a socket: keeps what the room sent, and says what the test tells it to. */
import { type DocumentName } from '#lib/protocol/document-name.ts';
import { messageAck, messageAwareness, messageSync, syncStep1, syncStep2, syncUpdate } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodeEntries } from '../../server/relay/awareness-codec.ts';
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '../../server/relay/frames.ts';
import type { Peer } from '../../server/relay/peer.ts';
import type { Rooms, Seat } from '../../server/relay/rooms.ts';

export type Shown = { client: number; clock: number; state: unknown };

export class ScriptedPeer implements Peer {
	readonly personId: string;
	readonly access: 'read' | 'write';
	readonly acknowledges = true;
	readonly frames: Uint8Array[] = [];
	/** What it got in a piece of memory that is not its frame's alone. */
	readonly shared: Uint8Array[] = [];
	closed: { code: number; reason: string } | null = null;
	/** Set by a test: it does not read what it is sent. */
	behind = false;
	/** Set by a test: it has not read what it was sent, and that is not yet too much. */
	unread = false;
	/** How often it is held back. */
	pauses = 0;
	#drained: (() => void)[] = [];
	#seat: Seat | null = null;

	constructor(personId: string, access: 'read' | 'write' = 'write') {
		this.personId = personId;
		this.access = access;
	}

	async enter(rooms: Rooms, name: DocumentName): Promise<this> {
		this.#seat = (await rooms.reserve(name)).enter(this);
		return this;
	}

	send(frame: Uint8Array, rest?: Uint8Array): void {
		if (this.closed) return;
		this.frames.push(rest ? Buffer.concat([frame, rest]) : frame);
		if (rest) this.shared.push(rest);
	}

	whenDrained(work: () => void): void {
		this.#drained.push(work);
	}

	pause(): void {
		this.pauses++;
	}

	resume(): void {
		this.pauses--;
	}

	/** It has read everything. */
	drain(): void {
		this.behind = this.unread = false;
		for (const work of this.#drained.splice(0)) work();
	}

	close(code: number, reason: string): void {
		this.closed ??= { code, reason };
		queueMicrotask(() => this.leave());
	}

	leave(): void {
		this.#seat?.leave();
		this.#seat = null;
	}

	say(frame: Uint8Array): void {
		this.#seat?.receive(frame);
	}

	sayUpdate(update: Uint8Array): void {
		this.say(encodeUpdate(update));
	}

	sayStep2(update: Uint8Array): void {
		this.say(encodeStep2(update));
	}

	askAll(): void {
		this.say(encodeStep1(Y.encodeStateVector(new Y.Doc())));
	}

	/** One awareness entry per argument. */
	showPresence(...entries: { client: number; clock: number; state: unknown }[]): void {
		const encoded = entries.map((entry) => ({ ...entry, state: JSON.stringify(entry.state) }));
		this.say(encodeAwareness(encodeEntries(encoded)));
	}

	/** Payloads of the sync messages of one kind that came. */
	received(step: 'step1' | 'step2' | 'update'): Uint8Array[] {
		const wanted = { step1: syncStep1, step2: syncStep2, update: syncUpdate }[step];
		return this.frames.flatMap((frame) => {
			const decoder = decoding.createDecoder(frame);
			if (decoding.readVarUint(decoder) !== messageSync || decoding.readVarUint(decoder) !== wanted) return [];
			return [decoding.readVarUint8Array(decoder)];
		});
	}

	/** The last count of durable contributions that the relay named. */
	get acknowledged(): number {
		return this.frames.reduce((last, frame) => {
			const decoder = decoding.createDecoder(frame);
			return decoding.readVarUint(decoder) === messageAck ? decoding.readVarUint(decoder) : last;
		}, 0);
	}

	get presence(): Shown[] {
		return this.frames.flatMap((frame) => {
			const outer = decoding.createDecoder(frame);
			if (decoding.readVarUint(outer) !== messageAwareness) return [];
			const decoder = decoding.createDecoder(decoding.readVarUint8Array(outer));
			return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
				client: decoding.readVarUint(decoder),
				clock: decoding.readVarUint(decoder),
				state: JSON.parse(decoding.readVarString(decoder)) as unknown,
			}));
		});
	}
}

/** An update of a fresh client that appends a text to root `t`. */
export function typing(doc: Y.Doc, text: string): Uint8Array {
	let update = new Uint8Array();
	const keep = (emitted: Uint8Array) => (update = emitted.slice());
	doc.on('update', keep);
	doc.getText('t').insert(doc.getText('t').length, text);
	doc.off('update', keep);
	return update;
}

/** Content of root `t` after applying updates in order. */
export function textOf(...updates: Uint8Array[]): string {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc.getText('t').toJSON();
}

/** `[type, ...numbers]` as varuints, and bytes as they are. */
export function rawFrame(...parts: (number | Uint8Array)[]): Uint8Array {
	return encoding.encode((encoder) => {
		for (const part of parts) {
			if (typeof part === 'number') encoding.writeVarUint(encoder, part);
			else encoding.writeUint8Array(encoder, part);
		}
	});
}
