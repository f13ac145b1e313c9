/** Two relays of one process over one store, joined by a bus whose messages a test may take away or turn round. */
import { Rooms } from '../../server/relay/rooms.ts';
import type { Bus, BusListener, Channel } from '../../server/relay/bus.ts';
import { createLocalBus } from '../../server/relay/local-bus.ts';
import { createLocalLeases } from '../../server/storage/local-leases.ts';
import { createRecovery, type Recovery } from '../../server/relay/authorship.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { agenda, soon } from './room-setting.ts';
import { ScriptedPeer } from './scripted-peer.ts';

export type TwoRelays = {
	store: MemoryStore;
	relays: [Rooms, Rooms];
	recovery: Recovery;
	bus: UnreliableBus;
	join(relay: 0 | 1, personId: string, access?: 'read' | 'write'): Promise<ScriptedPeer>;
	/** Settles when everything is written, heard and sent. */
	settle(): Promise<void>;
	/** Lets time pass on both. */
	pass(milliseconds: number): void;
};

/** A bus that says what the test decides of each message of updates. */
export class UnreliableBus implements Bus {
	/** `lose`: it never comes. `hold`: it comes when `release` is called. */
	fate: () => 'arrive' | 'lose' | 'hold' = () => 'arrive';
	readonly #bus = createLocalBus();
	readonly #held: (() => void)[] = [];
	readonly #listeners = new Set<BusListener>();

	async open(name: Parameters<Bus['open']>[0], listener: BusListener): Promise<Channel> {
		this.#listeners.add(listener);
		const channel = await this.#bus.open(name, listener);
		return {
			...channel,
			updates: (shared) => {
				const fate = this.fate();
				if (fate === 'arrive') channel.updates(shared);
				else if (fate === 'hold') this.#held.push(() => channel.updates(shared));
			},
		};
	}

	/** The last held comes first. */
	release(): void {
		for (const publish of this.#held.splice(0).reverse()) publish();
	}

	interrupt(): void {
		for (const listener of this.#listeners) listener.interrupted();
	}
}

export function createTwoRelays(store = createMemoryStore()): TwoRelays {
	let time = 1_700_000_000_000;
	const later: (() => void)[] = [];
	const clock = { now: () => time, later: (work: () => void) => void later.push(work), whenIdle: () => {} };
	const [bus, leases, recovery] = [new UnreliableBus(), createLocalLeases(() => time), createRecovery()];
	const create = () => new Rooms(store, clock, () => {}, { recovery, bus, leases, compaction: soon });
	const relays: [Rooms, Rooms] = [create(), create()];
	return {
		store,
		relays,
		recovery,
		bus,
		join: (relay, personId, access = 'write') => new ScriptedPeer(personId, access).enter(relays[relay], agenda),
		async settle() {
			for (let round = 0; round < 6; round++) {
				for (const work of later.splice(0)) work();
				await Promise.all(relays.map((rooms) => rooms.drained()));
				await new Promise(setImmediate);
			}
		},
		pass: (milliseconds) => void (time += milliseconds),
	};
}
