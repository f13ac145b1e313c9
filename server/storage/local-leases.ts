/** Leases between relays of one process. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import type { Leases } from './lease-contract.ts';

/** Longer than a compaction takes. Milliseconds. */
const duration = 60_000;

/** @param now a clock that only goes forward. Milliseconds. */
export function createLocalLeases(now: () => number = () => performance.now()): Leases {
	const held = new Map<DocumentName, { token: number; until: number }>();
	let last = 0;
	return {
		async take(name) {
			const other = held.get(name);
			if (other && other.until > now()) return null;
			const token = ++last;
			held.set(name, { token, until: now() + duration });
			return {
				token,
				async giveBack() {
					if (held.get(name)?.token === token) held.delete(name);
				},
			};
		},
	};
}
