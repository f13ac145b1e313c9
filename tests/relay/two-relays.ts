/**
 * Two relays over one store, joined by a bus whose messages a test may take away or turn round: of one process, and far
 * apart, where store, leases and bus are behind a network of their own.
 */
import { Rooms } from '../../server/relay/rooms.ts';
import type { Bus, BusListener, SharedUpdates } from '../../server/relay/bus.ts';
import { createLocalBus } from '../../server/relay/local-bus.ts';
import type { UpdateStore } from '../../server/storage/contract.ts';
import type { Leases } from '../../server/storage/lease-contract.ts';
import { createLocalLeases } from '../../server/storage/local-leases.ts';
import { createRecovery, type Recovery } from '../../server/relay/authorship.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { openFarApart } from '../support/remote/far-apart.ts';
import { agenda } from './room-setting.ts';
import { ScriptedPeer } from './scripted-peer.ts';

export type TwoRelays = {
	store: MemoryStore;
	relays: [Rooms, Rooms];
	recovery: Recovery;
	bus: UnreliableBus;
	/** What each relay hears and speaks through, beneath the unreliable one. */
	buses: readonly [Bus, Bus];
	join(relay: 0 | 1, personId: string, access?: 'read' | 'write'): Promise<ScriptedPeer>;
	/** The last to leave their relay, which forgets its room. */
	leaveIdle(peer: ScriptedPeer): void;
	/** Settles when everything is written, heard and sent. */
	settle(): Promise<void>;
	/** Lets time pass on both. */
	pass(milliseconds: number): void;
	/** Connections to what they share end, and begin again; nothing where there are none. */
	cut(): void;
	close(): Promise<void>;
};

/** What two relays share, each from its own side. */
type Shared = {
	sides: readonly [Side, Side];
	/** Settles when nothing is under way. */
	quiet(): Promise<void>;
	cut(): void;
	close(): Promise<void>;
};
type Side = { store: UpdateStore; bus: Bus; leases: Leases };

/** Buses that say what the test decides of each message of updates. */
export class UnreliableBus {
	/** `lose`: it never comes. `hold`: it comes when `release` is called. */
	fate: () => 'arrive' | 'lose' | 'hold' = () => 'arrive';
	readonly #held: (() => void)[] = [];
	readonly #listeners = new Set<BusListener>();

	over(bus: Bus): Bus {
		return {
			open: async (name, listener) => {
				this.#listeners.add(listener);
				const channel = await bus.open(name, listener);
				const updates = (shared: SharedUpdates) => this.#decide(() => channel.updates(shared));
				return { ...channel, updates };
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

	#decide(publish: () => void): void {
		const fate = this.fate();
		if (fate === 'arrive') publish();
		else if (fate === 'hold') this.#held.push(publish);
	}
}

/** A tail is long after so many updates: each takes a while to be heard of. */
const compaction = { threshold: { updates: 200, bytes: 256 * 1024 } };

/** Relays of one process. */
export function shareHere(store: MemoryStore, now: () => number): Promise<Shared> {
	const side = { store, bus: createLocalBus(), leases: createLocalLeases(now) };
	return Promise.resolve({ sides: [side, side], quiet: async () => {}, cut: () => {}, close: async () => {} });
}

/** Relays of which each has its own connection to what they share. */
export async function shareFarApart(store: MemoryStore, now: () => number): Promise<Shared> {
	const { sides, service, close } = await openFarApart(store, now);
	return { sides, quiet: () => service.quiet(), cut: () => service.cut(), close };
}

export async function createTwoRelays(share: typeof shareHere = shareHere): Promise<TwoRelays> {
	let time = 1_700_000_000_000;
	const later: (() => void)[] = [];
	const idle: (() => void)[] = [];
	const clock = {
		now: () => time,
		later: (work: () => void) => void later.push(work),
		whenIdle: (work: () => void) => void idle.push(work),
	};
	const [store, bus, recovery] = [createMemoryStore(), new UnreliableBus(), createRecovery()];
	const shared = await share(store, () => time);
	const create = ({ store: reached, bus: joined, leases }: Side) =>
		new Rooms(reached, clock, () => {}, { recovery, bus: bus.over(joined), leases, compaction });
	const relays: [Rooms, Rooms] = [create(shared.sides[0]), create(shared.sides[1])];
	return {
		store,
		relays,
		recovery,
		bus,
		buses: [shared.sides[0].bus, shared.sides[1].bus],
		join: (relay, personId, access = 'write') => new ScriptedPeer(personId, access).enter(relays[relay], agenda),
		leaveIdle(peer) {
			peer.leave();
			for (const work of idle.splice(0)) work();
		},
		async settle() {
			for (let round = 0; round < 6; round++) {
				for (const work of later.splice(0)) work();
				await Promise.all(relays.map((rooms) => rooms.drained()));
				await shared.quiet();
				await new Promise(setImmediate);
			}
		},
		pass: (milliseconds) => void (time += milliseconds),
		cut: () => shared.cut(),
		close: () => shared.close(),
	};
}
