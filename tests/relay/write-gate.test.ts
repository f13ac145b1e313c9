/** What the relay hears from writers while its store is in trouble, and afterwards. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { messageAwareness, messageStorage, messageSync, syncStep1, syncUpdate } from '#lib/protocol/messages.ts';
import { beforeEach, expect, test } from 'vitest';
import type { Peer } from '../../server/relay/peer.ts';
import { WriteGate } from '../../server/relay/write-gate.ts';

type TestPeer = Peer & { sent: number[][]; closed: number[] };

const update = Uint8Array.of(messageSync, syncUpdate, 2, 0, 0);
const question = Uint8Array.of(messageSync, syncStep1, 1, 0);
const presence = Uint8Array.of(messageAwareness, 1, 0);

let health: { trouble: 'full' | null; onChange: (listener: () => void) => () => void };
let change: (trouble: 'full' | null) => void;
let peers: Set<TestPeer>;
let gate: WriteGate;

beforeEach(() => {
	const listeners = new Set<() => void>();
	health = { trouble: null, onChange: (listener) => (listeners.add(listener), () => listeners.delete(listener)) };
	change = (trouble) => {
		health.trouble = trouble;
		for (const listener of listeners) listener();
	};
	peers = new Set();
	gate = new WriteGate(health, peers);
});

function join(options: Partial<Peer> = {}): TestPeer {
	const [sent, closed]: [number[][], number[]] = [[], []];
	const peer: TestPeer = {
		personId: 'mara',
		access: 'write',
		acknowledges: true,
		behind: false,
		unread: false,
		whenDrained: () => {},
		pause: () => {},
		resume: () => {},
		send: (frame) => sent.push([...frame]),
		close: (code) => closed.push(code),
		sent,
		closed,
		...options,
	};
	peers.add(peer);
	gate.admitted(peer);
	return peer;
}

test('while all is well everything is heard and nothing is said', () => {
	const peer = join();
	expect([update, question, presence].map((frame) => gate.hears(peer, frame))).toEqual([true, true, true]);
	expect(peer.sent).toEqual([]);
});

test('in trouble what is contributed is not heard; questions and presence are', () => {
	const peer = join();
	change('full');
	expect([update, question, presence].map((frame) => gate.hears(peer, frame))).toEqual([false, true, true]);
	expect(peer.closed).toEqual([]);
});

test('a connection from which something was dropped stays deaf and is closed when writing works again', () => {
	const [deaf, silent] = [join(), join()];
	change('full');
	gate.hears(deaf, update);
	change(null);
	expect(gate.hears(deaf, update)).toBe(false);
	expect([deaf.closed, silent.closed]).toEqual([[closeCodes.restart], []]);
	expect(gate.hears(silent, update)).toBe(true);
});

test('writers who understand it are told, those who come later too, and told when it is over', () => {
	const before = join();
	const reader = join({ access: 'read' });
	const stock = join({ acknowledges: false });
	change('full');
	const later = join();
	change(null);
	expect([before.sent, later.sent]).toEqual(
		Array(2).fill([
			[messageStorage, 0],
			[messageStorage, 1],
		]),
	);
	expect([reader.sent, stock.sent]).toEqual([[], []]);
});

test('a reader’s update goes on to where it is refused', () => {
	const reader = join({ access: 'read' });
	change('full');
	expect(gate.hears(reader, update)).toBe(true);
});
