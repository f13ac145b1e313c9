/** The room core and the real store over a simulated disk, as one process that can end at any moment and begin again. */
import * as Y from 'yjs';
import type { Recovery } from '../../../server/relay/authorship.ts';
import { toDocument } from '../../../server/relay/document-state.ts';
import { Intake } from '../../../server/relay/intake.ts';
import { Rooms } from '../../../server/relay/rooms.ts';
import type { UpdateStore } from '../../../server/storage/contract.ts';
import type { Disk } from '../../../server/storage/log/disk.ts';
import { openLoggedStore } from '../../../server/storage/logged-store.ts';
import { openSqliteStore, type SqliteStore } from '../../../server/storage/sqlite.ts';
import type { Random } from '../../support/random.ts';
import { agenda } from '../room-setting.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

/** What is taken out of a relay to see whether the simulation notices. */
export type Sabotage = { store?: (store: UpdateStore) => UpdateStore; disk?: (disk: Disk) => Disk };

/** What outlives the process. */
export type Machine = {
	disk: SimulatedDisk;
	base: SqliteStore;
	recovery: Recovery;
	random: Random;
	time: { now: number };
	sabotage: Sabotage;
};

/** Both are due when the seed says. */
type Due = { later: (() => void)[]; idle: (() => void)[] };

export class SimulatedRelay {
	rooms: Rooms | null = null;
	/** It could not begin. */
	failure: unknown = null;
	#store: UpdateStore | null = null;
	readonly #machine: Machine;
	readonly #process = { alive: true };
	readonly #due: Due = { later: [], idle: [] };

	constructor(machine: Machine) {
		this.#machine = machine;
		this.#start().catch((cause: unknown) => {
			if (this.#process.alive) this.failure = cause;
		});
	}

	get alive(): boolean {
		return this.#process.alive;
	}

	end(): void {
		this.#process.alive = false;
		this.rooms = null;
	}

	/** The document as it is read from the log now. */
	async read(): Promise<Y.Doc> {
		if (!this.#store) throw new Error('it has not begun');
		return toDocument(await this.#store.load(agenda));
	}

	/** Time passes. */
	pass(): void {
		this.#machine.time.now += 60;
		for (const work of this.#due.later.splice(0)) work();
	}

	idle(): void {
		for (const work of this.#due.idle.splice(0)) work();
	}

	async #start(): Promise<void> {
		const { disk, base, recovery, random, time, sabotage } = this.#machine;
		const attached = disk.attach(this.#process, () => this.end());
		const store = await openLoggedStore(this.#guarded(base), sabotage.disk?.(attached) ?? attached, {
			segmentBytes: 1500,
			segments: 2,
			salt: () => random.nat(2 ** 32),
			clock: { now: () => time.now, rest: () => Promise.resolve() },
		});
		this.#store = store;
		const clock = {
			now: () => time.now,
			later: (work: () => void) => void this.#due.later.push(work),
			whenIdle: (work: () => void) => void this.#due.idle.push(work),
		};
		this.rooms = new Rooms(sabotage.store?.(store) ?? store, clock, () => {}, {
			recovery,
			// A handful of updates.
			intake: new Intake(1500),
			pacing: { turn: () => new Promise(setImmediate), begin: () => {}, end: () => {} },
			compaction: {
				threshold: { updates: 15, bytes: 4096 },
				async encode(stored) {
					const doc = toDocument(stored);
					return { state: Y.encodeStateAsUpdate(doc), vector: Y.encodeStateVector(doc) };
				},
			},
		});
	}

	/** What a process that is gone still runs here must change nothing. */
	#guarded(base: SqliteStore): SqliteStore {
		const guard = () => {
			if (!this.#process.alive) throw new Error('this process is dead');
		};
		return new Proxy(base, {
			get(target, key) {
				const value: unknown = Reflect.get(target, key);
				if (typeof value !== 'function') return value;
				if (key === 'closeBase') return () => {};
				return (...parameters: unknown[]) => (guard(), Reflect.apply(value, target, parameters) as unknown);
			},
		});
	}
}

export function createMachine(random: Random, disk: SimulatedDisk, sabotage: Sabotage): Machine {
	let needed = false;
	return {
		disk,
		base: openSqliteStore(':memory:'),
		recovery: {
			get needed() {
				return needed;
			},
			begin: () => void (needed = true),
		},
		random,
		time: { now: 1_700_000_000_000 },
		sabotage,
	};
}

/** The document as another machine would read it from what is certain, without changing anything. */
export function marksInBase({ base }: Machine): string[] {
	return [...toDocument(base.read(agenda)).getMap('marks').keys()];
}
