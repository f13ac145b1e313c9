/**
 * While the store cannot write, the relay is read-only: what writers contribute is dropped before a room hears of it, so
 * nothing of it is acknowledged, seen or tried again and again. A connection from which something was dropped is deaf for
 * good, because its count of contributions is no longer ours; it is closed when the store writes again, and its
 * client then begins anew with everything it has.
 */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { isContribution, messageStorage } from '#lib/protocol/messages.ts';
import type { StoreHealth } from '../storage/contract.ts';
import type { Peer } from './peer.ts';

export const alwaysWell: StoreHealth = { trouble: null, onChange: () => () => {} };

export class WriteGate {
	readonly #health: StoreHealth;
	readonly #peers: ReadonlySet<Peer>;
	readonly #deaf = new WeakSet<Peer>();
	readonly #stop: () => void;

	/** @param peers all that are connected, as they come and go */
	constructor(health: StoreHealth, peers: ReadonlySet<Peer>) {
		this.#health = health;
		this.#peers = peers;
		this.#stop = health.onChange(() => this.#changed());
	}

	/** To be called with everyone who connects. */
	admitted(peer: Peer): void {
		if (this.#health.trouble !== null) tell(peer, false);
	}

	/** Whether a frame may go to the room. */
	hears(peer: Peer, frame: Uint8Array): boolean {
		if (peer.access !== 'write' || !isContribution(frame)) return true;
		if (this.#health.trouble !== null) this.#deaf.add(peer);
		return !this.#deaf.has(peer);
	}

	close(): void {
		this.#stop();
	}

	#changed(): void {
		const writes = this.#health.trouble === null;
		for (const peer of [...this.#peers]) {
			if (writes && this.#deaf.has(peer)) peer.close(closeCodes.restart, 'writing again');
			else tell(peer, writes);
		}
	}
}

function tell(peer: Peer, writes: boolean): void {
	if (peer.acknowledges && peer.access === 'write') peer.send(Uint8Array.of(messageStorage, writes ? 1 : 0));
}
