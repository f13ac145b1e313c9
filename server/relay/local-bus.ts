/** A bus between relays of one process. As with any other, what is published arrives later, and in order. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Bus, BusListener } from './bus.ts';

export function createLocalBus(): Bus {
	const listening = new Map<DocumentName, Set<BusListener>>();

	function join(name: DocumentName, listener: BusListener): Set<BusListener> {
		const all = listening.get(name) ?? new Set();
		listening.set(name, all.add(listener));
		return all;
	}

	return {
		async open(name, listener) {
			const all = join(name, listener);
			const tell = (say: (other: BusListener) => void) => {
				for (const other of all) if (other !== listener) setImmediate(() => all.has(other) && say(other));
			};
			return {
				updates: (shared) => tell((other) => other.updates(shared)),
				presence: (entries) => tell((other) => other.presence(entries)),
				renew: () => tell((other) => other.renewed()),
				ask: () => tell((other) => other.asked()),
				close() {
					all.delete(listener);
					if (all.size === 0 && listening.get(name) === all) listening.delete(name);
				},
			};
		},
	};
}
