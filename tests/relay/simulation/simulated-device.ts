/**
 * A device with the sync of y-protocols, used as stock clients use it: it asks and shows itself when it connects, answers
 * what it is asked, and sends each change at once. It keeps what it has. Every change leaves a mark that can be looked for.
 */
import { isContribution, messageAck, messageAwareness, messageSync } from '#lib/protocol/messages.ts';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { encodeEntries } from '../../../server/relay/awareness-codec.ts';
import { encodeAwareness } from '../../../server/relay/frames.ts';
import type { Random } from '../../support/random.ts';
import { SimulatedLink } from './simulated-link.ts';

const relay = Symbol('relay');

export type Marks = ReadonlySet<string>;

export class SimulatedDevice {
	readonly personId: string;
	readonly access: 'read' | 'write';
	doc: Y.Doc;
	link: SimulatedLink | null = null;
	/** Marks that came from the relay. */
	readonly seen = new Set<string>();
	/** Why a connection ended that was not to end so. */
	refused: { code: number; reason: string } | null = null;
	/** For each contribution of the connection, what the device had when it sent it. */
	#sent: string[][] = [];
	/** Something that was under way when a sync failed waits for other content. */
	#waitsInDoubt = false;

	constructor(personId: string, access: 'read' | 'write', clientId: number) {
		this.personId = personId;
		this.access = access;
		this.doc = this.#open(clientId);
	}

	connect(): SimulatedLink {
		this.link = new SimulatedLink(this.personId, this.access);
		this.#sent = [];
		this.#say((encoder) => writeSyncStep1(encoder, this.doc));
		const presence = [{ client: this.doc.clientID, clock: 1, state: '{}' }];
		this.link.toRelay.push(encodeAwareness(encodeEntries(presence)));
		return this.link;
	}

	disconnect(): void {
		if (this.link) this.link.broken = true;
		this.link = null;
	}

	/** A sync failed: what was written and not on disk is taken back, whoever saw it. */
	doubt(): void {
		this.seen.clear();
		if (this.link) this.link.doubtful = true;
		this.#waitsInDoubt ||= this.doc.store.pendingStructs !== null;
	}

	/** The app is opened anew: the same content, another client id. */
	restart(clientId: number): void {
		this.disconnect();
		const before = this.doc;
		this.doc = this.#open(clientId);
		Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(before), relay);
		before.destroy();
	}

	/** Writes, deletes or formats something, and leaves the mark. */
	change(random: Random, mark: string): void {
		const text = this.doc.getText('t');
		this.doc.transact(() => {
			this.doc.getMap('marks').set(mark, 1);
			if (text.length > 4 && random.chance(0.3)) text.delete(random.nat(text.length - 3), 1 + random.nat(3));
			else text.insert(random.nat(text.length + 1), random.pick(['a', 'Öl ', 'Plakat\n', '🎉']) ?? '');
			if (random.chance(0.2)) this.doc.getMap('m').set(`k${random.nat(3)}`, random.nat(9));
			if (random.chance(0.1)) this.doc.getMap('m').delete(`k${random.nat(3)}`);
		});
	}

	/** Reads one frame. @returns marks of which the relay says that they are on disk */
	read(): readonly string[] {
		const { link } = this;
		const frame = link?.toDevice.shift();
		if (!link || !frame) return [];
		if (link.toDevice.length === 0) link.drain();
		if (!(frame instanceof Uint8Array)) return this.#closed(frame);
		if (frame[0] === messageSync) this.#sync(frame);
		return frame[0] === messageAck ? this.#acknowledged(frame) : [];
	}

	get marks(): string[] {
		return [...this.doc.getMap('marks').keys()];
	}

	#open(clientId: number): Y.Doc {
		const doc = new Y.Doc();
		doc.clientID = clientId;
		doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin === relay) return;
			if (this.link && this.access === 'write') this.#say((encoder) => writeUpdate(encoder, update));
		});
		return doc;
	}

	#sync(frame: Uint8Array): void {
		const decoder = decoding.createDecoder(frame);
		decoding.readVarUint(decoder);
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, messageSync);
		const before = new Set(this.marks);
		readSyncMessage(decoder, encoder, this.doc, relay, (error) => {
			throw error;
		});
		// What was under way when a sync failed, and only now can be shown, was taken back then.
		const isCertain = (mark: string) => !this.#waitsInDoubt || Buffer.from(frame).includes(mark);
		const fresh = this.link?.doubtful ? [] : this.marks.filter((mark) => !before.has(mark) && isCertain(mark));
		for (const mark of fresh) this.seen.add(mark);
		const waits = this.doc.store.pendingStructs !== null;
		this.#waitsInDoubt = waits && (this.#waitsInDoubt || this.link?.doubtful === true);
		if (encoding.length(encoder) > 1 && this.access === 'write') this.#send(encoding.toUint8Array(encoder));
	}

	#closed({ code, reason }: { code: number; reason: string }): readonly string[] {
		// What closes with another code is worth coming back, by the protocol.
		if (code >= 4400 && code < 4500) this.refused = { code, reason };
		this.disconnect();
		return [];
	}

	#acknowledged(frame: Uint8Array): readonly string[] {
		const count = decoding.readVarUint(decoding.createDecoder(frame.subarray(1)));
		return this.#sent.slice(0, count).flat();
	}

	#say(write: (encoder: encoding.Encoder) => void): void {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, messageSync);
		write(encoder);
		this.#send(encoding.toUint8Array(encoder));
	}

	/** An answer to SyncStep1 holds what the relay lacks: with its acknowledgement all that the device has is on disk. */
	#send(frame: Uint8Array): void {
		if (frame[0] === messageAwareness || !this.link) return;
		if (isContribution(frame)) this.#sent.push(frame[1] === 1 ? this.marks : [this.marks.at(-1) ?? '']);
		this.link.toRelay.push(frame);
	}
}
