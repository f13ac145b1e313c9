/**
 * Everything at once, decided by one seed: five devices, connections that are slow, break, or are half open, a disk that
 * loses what it may lose, and a relay that ends at any moment. What must hold:
 *
 * 1. what was acknowledged is on disk at that moment, and is never lost, whatever ends or fails
 * 2. what anybody saw survives the end of the process, unless a sync to disk had failed before
 * 3. the relay begins again after every end
 * 4. no honest device is refused
 * 5. in the end everything settles, and all replicas and the log have the same content, and everything anybody wrote
 */
import { createHash } from 'node:crypto';
import type * as Y from 'yjs';
import { createRandom, type Random } from '../../support/random.ts';
import { agenda } from '../room-setting.ts';
import { SimulatedDevice } from './simulated-device.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import type { SimulatedLink } from './simulated-link.ts';
import { createMachine, type Machine, marksInBase, type Sabotage, SimulatedRelay } from './simulated-relay.ts';

/** A state that cannot be left by waiting is one that never settles. */
const patience = 3000;

export class Simulation {
	readonly #random: Random;
	readonly #machine: Machine;
	readonly #devices: SimulatedDevice[];
	#relay: SimulatedRelay;
	/** Connections of which the relay does not know yet that they are gone. */
	#halfOpen: SimulatedLink[] = [];
	#ids = 100;
	#marks = 0;
	readonly #acknowledged = new Set<string>();
	/** What must be there after the next start. */
	#expected: { marks: Set<string>; why: string } | null = null;

	constructor(seed: number, sabotage: Sabotage = {}) {
		this.#random = createRandom(seed);
		this.#machine = createMachine(this.#random, new SimulatedDisk(this.#random), sabotage);
		// Two devices of one person, and sometimes one who only reads.
		const people = ['anna', 'anna', 'bernd', 'cleo', 'dora'];
		const reads = this.#random.chance(0.3);
		this.#devices = people.map((person, at) => {
			return new SimulatedDevice(person, reads && at === 4 ? 'read' : 'write', (this.#ids += 1));
		});
		this.#relay = new SimulatedRelay(this.#machine);
		this.#machine.disk.onFailure = () => this.#devices.forEach((device) => device.doubt());
	}

	/** @throws Error that says what did not hold */
	async run(steps: number): Promise<void> {
		for (let step = 0; step < steps; step++) {
			this.#step();
			await this.#breathe();
		}
		await this.#settle();
		await this.#compare();
		this.#machine.base.closeBase();
	}

	#step(): void {
		const random = this.#random;
		const device = random.pick(this.#devices) as SimulatedDevice;
		const what = random.nat(100);
		if (what < 30) this.#deliver(device, 1 + random.nat(4));
		else if (what < 48) this.#change(device);
		else if (what < 66) this.#machine.disk.complete();
		else if (what < 78) this.#connect(device);
		else if (what < 82) this.#disconnect(device);
		else if (what < 84) this.#restartDevice(device);
		else if (what < 88) this.#relay.pass();
		else if (what < 90) this.#relay.idle();
		else if (what < 92) this.#notice();
		else if (what < 94) this.#machine.disk.full = random.chance(0.5);
		else if (what < 95) this.#machine.disk.failing = 1;
		else if (what < 96) this.#machine.disk.dieAfter = random.nat(3);
		else if (what < 98) this.#endProcess();
		else this.#cutPower();
	}

	/** The relay does what it can do now. */
	async #breathe(): Promise<void> {
		for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
		if (!this.#relay.alive) this.#endProcess();
		const { failure } = this.#relay;
		// Whoever starts it tries again while the disk refuses; anything else it must read.
		if (isRefusal(failure)) this.#relay = new SimulatedRelay(this.#machine);
		else if (failure) throw new Error(`the relay does not begin: ${String(failure)}`, { cause: failure });
		if (this.#expected && this.#relay.rooms) await this.#check(this.#expected);
	}

	#change(device: SimulatedDevice): void {
		if (device.access === 'write') device.change(this.#random, `mark-${(this.#marks += 1)}.`);
	}

	#deliver(device: SimulatedDevice, count: number): void {
		for (let left = count; left > 0; left--) {
			if (this.#random.chance(0.5)) device.link?.deliver();
			else this.#read(device);
		}
	}

	#read(device: SimulatedDevice): void {
		for (const mark of device.read()) {
			if (!mark || this.#acknowledged.has(mark)) continue;
			this.#acknowledged.add(mark);
			const certain = this.#machine.disk.holds(mark) || marksInBase(this.#machine).includes(mark);
			if (!certain) throw new Error(`${mark} is acknowledged and not on disk`);
		}
		if (device.refused) {
			throw new Error(`an honest device was refused: ${device.refused.code} ${device.refused.reason}`);
		}
	}

	#connect(device: SimulatedDevice): void {
		const { rooms } = this.#relay;
		if (device.link || !rooms) return;
		const link = device.connect();
		rooms.reserve(agenda).then(
			(place) => {
				if (this.#relay.rooms !== rooms) return;
				if (link.broken) place.giveUp();
				else link.seat = place.enter(link);
			},
			() => device.link === link && device.disconnect(),
		);
	}

	#disconnect(device: SimulatedDevice): void {
		if (device.link) this.#halfOpen.push(device.link);
		device.disconnect();
	}

	#restartDevice(device: SimulatedDevice): void {
		this.#disconnect(device);
		device.restart((this.#ids += 1));
	}

	/** The relay finds out about a connection. */
	#notice(): void {
		this.#halfOpen.shift()?.end();
	}

	/** Everything that was written stays. */
	#endProcess(): void {
		const seen = this.#devices.flatMap((device) => [...device.seen]);
		this.#machine.disk.forget();
		this.#begin(new Set([...this.#acknowledged, ...seen]), 'the end of the process');
	}

	#cutPower(): void {
		this.#machine.disk.cutPower();
		this.#machine.recovery.begin();
		for (const device of this.#devices) device.seen.clear();
		this.#begin(new Set(this.#acknowledged), 'a power cut');
	}

	#begin(marks: Set<string>, why: string): void {
		this.#relay.end();
		for (const device of this.#devices) device.disconnect();
		this.#halfOpen = [];
		// What one end left must also survive the next.
		if (this.#expected) for (const mark of this.#acknowledged) marks.add(mark);
		this.#expected = { marks, why };
		this.#relay = new SimulatedRelay(this.#machine);
	}

	async #check({ marks, why }: { marks: Set<string>; why: string }): Promise<void> {
		this.#expected = null;
		const there = new Set((await this.#relay.read()).getMap('marks').keys());
		const lost = [...marks].filter((mark) => !there.has(mark));
		if (lost.length > 0) throw new Error(`lost by ${why}: ${lost.join(' ')}`);
	}

	/** The disk is well, nothing breaks any more, and everything that is under way arrives. */
	async #settle(): Promise<void> {
		const { disk } = this.#machine;
		Object.assign(disk, { full: false, failing: 0, dieAfter: null });
		for (const device of this.#devices) this.#disconnect(device);
		let quiet = 0;
		for (let round = 0; quiet < 5; round++) {
			if (round > patience) throw new Error('it does not settle');
			const busy = this.#round();
			await this.#breathe();
			quiet = busy || this.#devices.some(({ link }) => !link) ? 0 : quiet + 1;
		}
	}

	/** @returns whether anything happened */
	#round(): boolean {
		let busy = this.#machine.disk.complete();
		while (this.#halfOpen.length > 0) this.#notice();
		this.#relay.pass();
		for (const device of this.#devices) {
			this.#connect(device);
			for (; device.link?.seat && device.link.toRelay.length > 0 && !device.link.held; busy = true)
				device.link.deliver();
			for (; device.link && device.link.toDevice.length > 0; busy = true) this.#read(device);
		}
		return busy;
	}

	async #compare(): Promise<void> {
		const docs = [...this.#devices.map(({ doc }) => doc), await this.#relay.read()];
		const digests = docs.map(digest);
		if (new Set(digests).size > 1) throw new Error(`replicas differ: ${digests.join(' ')}`);
		const marks = docs[0]?.getMap('marks').size;
		if (marks !== this.#marks) throw new Error(`${this.#marks} changes were made, and ${marks} are left`);
		const writes = this.#devices.filter(({ access }) => access === 'write').flatMap((device) => device.marks);
		const silent = writes.filter((mark) => !this.#acknowledged.has(mark));
		if (silent.length > 0) throw new Error(`never acknowledged: ${silent.join(' ')}`);
		for (const device of this.#devices) this.#disconnect(device);
		while (this.#halfOpen.length > 0) this.#notice();
		this.#relay.idle();
		await this.#breathe();
		const { rooms } = this.#relay;
		if (rooms?.size !== 0) throw new Error(`${rooms?.size} rooms stay open`);
	}
}

function isRefusal(failure: unknown): boolean {
	return ['EIO', 'ENOSPC'].includes((failure as NodeJS.ErrnoException | null)?.code ?? '');
}

/** Of what one reads, not of state vectors: those can be equal over different content. */
function digest(doc: Y.Doc): string {
	const content = [doc.getText('t').toDelta(), sorted(doc.getMap('m')), sorted(doc.getMap('marks'))];
	return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
}

function sorted(map: Y.Map<unknown>): unknown[] {
	return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
