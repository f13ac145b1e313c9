import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from './listen.ts';
import { createPendingConnections } from './pending-connections.ts';

class FakeSocket extends EventEmitter {
	readonly remoteAddress: string;
	destroyed = false;
	constructor(remoteAddress: string) {
		super();
		this.remoteAddress = remoteAddress;
	}
	destroy(): void {
		this.destroyed = true;
	}
}
type Fake = FakeSocket & Socket;

const limits = { all: 5, perAddress: 3 };

function setUp(isProxy = (_address: string) => false) {
	const pending = createPendingConnections(isProxy, limits);
	const open = (address: string): Fake => {
		const one = new FakeSocket(address) as Fake;
		pending.opened(one);
		return one;
	};
	const ask = (socket: Fake) => {
		const response = new EventEmitter();
		const taken = pending.asked({ socket } as unknown as IncomingMessage, response as ServerResponse);
		return { taken, answered: () => response.emit('close') };
	};
	return { pending, open, ask };
}

test('are bounded per address, and together; the one that has waited longest makes room', () => {
	const { pending, open } = setUp();
	const flood = Array.from({ length: 100 }, () => open('203.0.113.7'));
	expect(flood.map(({ destroyed }) => !destroyed).lastIndexOf(false)).toBe(96);
	expect(pending.count).toBe(3);
	const others = [open('a'), open('b'), open('c')];
	expect(others.filter(({ destroyed }) => destroyed)).toEqual([]);
	expect(flood.filter(({ destroyed }) => !destroyed)).toEqual(flood.slice(-2));
	expect(pending.count).toBe(5);
});

test('of IPv6 a network is one address, and an IPv4 address is one wherever it is written', () => {
	const { open } = setUp();
	const flood = Array.from({ length: 4 }, (_, at) => open(`2001:db8:1:2::${at}`));
	expect(flood.map(({ destroyed }) => destroyed)).toEqual([true, false, false, false]);
	const plain = Array.from({ length: 4 }, (_, at) => open(`::ffff:192.0.2.${at}`));
	expect(plain.filter(({ destroyed }) => destroyed)).toEqual([]);
});

test('a proxy is bounded only with all others', () => {
	const { open } = setUp((address) => address === '127.0.0.1');
	const all = Array.from({ length: 6 }, () => open('127.0.0.1'));
	expect(all.map(({ destroyed }) => destroyed)).toEqual([true, false, false, false, false, false]);
});

test('whoever asks, or has just been answered, waits anew', () => {
	const { open, ask } = setUp();
	const [first, second, third] = [open('a'), open('b'), open('c')];
	const asked = ask(first);
	asked.answered();
	ask(second);
	[open('d'), open('e')].forEach(ask);
	open('f');
	expect([first.destroyed, second.destroyed, third.destroyed]).toEqual([false, false, true]);
	open('g');
	expect([first.destroyed, second.destroyed]).toEqual([true, false]);
});

test('whoever asks on without waiting for answers is cut off', () => {
	const { open, ask } = setUp();
	const one = open('a');
	const first = ask(one);
	expect([first.taken, ask(one).taken, one.destroyed]).toEqual([true, true, false]);
	first.answered();
	expect([ask(one).taken, one.destroyed]).toEqual([true, false]);
	expect([ask(one).taken, one.destroyed]).toEqual([false, true]);
});

test('make room when they close or are let in, once each', () => {
	const { pending, open } = setUp();
	const first = open('a');
	pending.left(first);
	first.emit('close');
	expect(pending.count).toBe(0);
	const rest = Array.from({ length: 3 }, () => open('a'));
	expect(rest.filter(({ destroyed }) => destroyed)).toEqual([]);
});

test('over the wire: slow ones hold all places, and whoever asks is answered; a pipeline is cut off', async () => {
	const listening = await listen(
		'127.0.0.1',
		0,
		{ fetch: () => new Response('here'), upgrade: () => {} },
		{ isProxy: () => true, limits },
	);
	const reach = () => connect(listening.port, '127.0.0.1').on('error', () => {});
	const slow = Array.from({ length: limits.all }, reach);
	await Promise.all(slow.map((socket) => once(socket, 'connect')));
	for (const socket of slow) socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n');
	await expect(fetch(`http://127.0.0.1:${listening.port}/`).then((answer) => answer.text())).resolves.toBe('here');

	const greedy = reach().resume();
	const gone = once(greedy, 'close');
	greedy.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(50));
	await gone;
	for (const socket of slow) socket.destroy();
	await listening.close();
});
