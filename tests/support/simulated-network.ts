/**
 * Devices around one relay, speaking y-protocols' sync messages over links that keep order, delay, break in the middle
 * and lose what was under way; and devices that start again from what they had stored. No clock: the history decides
 * what arrives when.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import type { Random } from './random.ts';

const relayOrigin = Symbol('relay');

class Link {
	readonly toRelay: Uint8Array[] = [];
	readonly toDevice: Uint8Array[] = [];
}

class Device {
	doc: Y.Doc;
	link: Link | null = null;

	constructor(stored?: Uint8Array) {
		this.doc = new Y.Doc();
		if (stored) Y.applyUpdate(this.doc, stored);
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== relayOrigin) this.link?.toRelay.push(message((encoder) => writeUpdate(encoder, update)));
		});
	}
}

export class SimulatedNetwork {
	devices: Device[];
	readonly #relay = new Y.Doc();
	#from: Device | null = null;

	constructor(count: number) {
		this.devices = Array.from({ length: count }, () => new Device());
		this.#relay.on('update', (update: Uint8Array) => {
			for (const { link } of this.devices.filter((device) => device !== this.#from)) {
				link?.toDevice.push(message((encoder) => writeUpdate(encoder, update)));
			}
		});
	}

	/** One thing that networks and phones do. */
	step(random: Random): void {
		const at = random.nat(this.devices.length);
		const device = this.devices[at] as Device;
		const what = random.nat(20);
		if (what < 12) this.#deliver(device, random.chance(0.5), 1 + random.nat(4));
		else if (what < 16) this.#connect(device);
		else if (what < 19) device.link = null;
		else this.devices[at] = this.#restart(device);
	}

	/** Everyone connects and everything arrives. */
	settle(): void {
		for (const device of this.devices) {
			device.link = null;
			this.#connect(device);
		}
		const busy = () => this.devices.some(({ link }) => link && link.toRelay.length + link.toDevice.length > 0);
		while (busy()) {
			for (const device of this.devices) {
				this.#deliver(device, true, Infinity);
				this.#deliver(device, false, Infinity);
			}
		}
	}

	#connect(device: Device): void {
		if (device.link) return;
		device.link = new Link();
		device.link.toRelay.push(message((encoder) => writeSyncStep1(encoder, device.doc)));
		device.link.toDevice.push(message((encoder) => writeSyncStep1(encoder, this.#relay)));
	}

	#deliver(device: Device, toRelay: boolean, most: number): void {
		const { link } = device;
		if (!link) return;
		for (const frame of link[toRelay ? 'toRelay' : 'toDevice'].splice(0, most)) {
			this.#from = toRelay ? device : null;
			const reply = answer(frame, toRelay ? this.#relay : device.doc);
			this.#from = null;
			if (reply) link[toRelay ? 'toDevice' : 'toRelay'].push(reply);
		}
	}

	/** The app is killed and starts again: same content, another client id. */
	#restart(device: Device): Device {
		const next = new Device(Y.encodeStateAsUpdate(device.doc));
		device.doc.destroy();
		return next;
	}
}

function message(write: (encoder: encoding.Encoder) => void): Uint8Array {
	const encoder = encoding.createEncoder();
	write(encoder);
	return encoding.toUint8Array(encoder);
}

function answer(frame: Uint8Array, doc: Y.Doc): Uint8Array | null {
	const encoder = encoding.createEncoder();
	readSyncMessage(decoding.createDecoder(frame), encoder, doc, relayOrigin, (error) => {
		throw error;
	});
	return encoding.length(encoder) > 0 ? encoding.toUint8Array(encoder) : null;
}
