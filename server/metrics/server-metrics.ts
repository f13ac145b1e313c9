/** What a running server says of itself at `/metrics`. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import type { Observer, Relay } from '../relay/relay.ts';
import type { StorageError, StoreHealth, UpdateStore } from '../storage/contract.ts';
import { DurableGroups } from '../storage/durable-groups.ts';
import { watchedStore } from '../storage/watched-store.ts';
import { Registry } from './registry.ts';

/** Seconds: from a commit on a fast disk to one that people notice. */
const latencies = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export type ServerMetrics = {
	/** The same store, with its appends counted and timed. */
	measure(store: UpdateStore): UpdateStore;
	/** For the relay's refusals. */
	observer: Observer;
	/** Begins to show what is open and whether the store writes. */
	show(relay: Pick<Relay, 'counts' | 'received' | 'queuedBytes'>, health: StoreHealth): void;
	toText(): string;
};

/** @param now a clock that only goes forward. Milliseconds. */
export function createServerMetrics(now: () => number = () => performance.now()): ServerMetrics {
	const registry = new Registry();
	const closed = registry.counter('mitschrift_connections_closed_total', 'Connections that the relay closed.', {
		labelled: true,
	});
	const refused = registry.counter('mitschrift_connections_refused_total', 'Upgrades that the relay refused.', {
		labelled: true,
	});
	showProcess(registry);
	return {
		measure: (store) => measureAppends(store, registry, now),
		observer: {
			refused: (status) => refused(1, { status: String(status) }),
			closed: (code) => closed(1, { reason: reasonOf(code) }),
			silent: () => closed(1, { reason: 'silent' }),
		},
		show(relay, health) {
			registry.gauge('mitschrift_connections', 'Open connections.', () => relay.counts().connections);
			registry.gauge(
				'mitschrift_held_back',
				'Connections that are not read from now, because more came than could be written yet.',
				() => relay.counts().held,
			);
			registry.gauge(
				'mitschrift_unfinished_bytes',
				'What is held of messages that began and are not heard yet.',
				() => relay.counts().unfinished,
			);
			registry.total(
				'mitschrift_updates_received_total',
				'Updates that people sent, refused ones and what was known already included.',
				() => relay.received().updates,
			);
			registry.total(
				'mitschrift_update_bytes_received_total',
				'Bytes of the updates that people sent.',
				() => relay.received().bytes,
			);
			registry.gauge('mitschrift_rooms', 'Documents that are in memory.', () => relay.counts().rooms);
			registry.gauge('mitschrift_send_queue_bytes', 'What waits to be sent to all readers.', () => relay.queuedBytes());
			registry.gauge('mitschrift_store_writes', '1 while the store takes writes, else 0.', () => {
				return health.trouble === null ? 1 : 0;
			});
		},
		toText: () => registry.toText(),
	};
}

function measureAppends(store: UpdateStore, registry: Registry, now: () => number): UpdateStore {
	const updates = registry.counter(
		'mitschrift_updates_total',
		'Updates on disk; what several wrote in one moment is one.',
	);
	const bytes = registry.counter(
		'mitschrift_update_bytes_total',
		'Bytes of the updates on disk, as they were put together.',
	);
	const failures = registry.counter('mitschrift_commit_failures_total', 'Commits that failed.', { labelled: true });
	const latency = registry.histogram(
		'mitschrift_commit_seconds',
		'Time until one commit of all rooms is on disk.',
		latencies,
	);
	let waiting = 0;
	registry.gauge('mitschrift_commit_queue', 'Updates handed to the store and not on disk yet.', () => waiting);
	const unsettled = new DurableGroups<{ count: number; size: number; began: number }>(
		(appends) => {
			for (const { count, size, began } of appends) {
				waiting -= count;
				latency((now() - began) / 1000);
				updates(count);
				bytes(size);
			}
		},
		(appends, cause) => {
			for (const { count } of appends) {
				waiting -= count;
				failures(1, { kind: (cause as Partial<StorageError>).kind ?? 'failed' });
			}
		},
	);
	return watchedStore(store, (batch) => {
		let [count, size] = [0, 0];
		for (const one of batch) {
			count += one.updates.length;
			for (const update of one.updates) size += update.length;
		}
		waiting += count;
		const appending = store.append(batch);
		unsettled.add(appending.durable, { count, size, began: now() });
		return appending;
	});
}

function showProcess(registry: Registry): void {
	registry.gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
	registry.gauge('process_uptime_seconds', 'Time since the process began.', () => process.uptime());
}

function reasonOf(code: number): string {
	return Object.entries(closeCodes).find(([, known]) => known === code)?.[0] ?? String(code);
}
