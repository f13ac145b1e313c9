import { expect, test } from 'vitest';
import type { Peer } from './peer.ts';
import { UnreadAnswers } from './unread-answers.ts';

/** Peers that read when they are told to, and what is asked again is answered in the next turn. */
function setting(bounds: { perPerson: number; together: number }) {
	const unread = new UnreadAnswers(bounds);
	const questions: Peer[] = [];
	const [made, called]: [string[], string[]] = [[], []];
	const drained = new Map<Peer, () => void>();
	const turn = () => {
		for (const peer of questions.splice(0)) {
			if (unread.hasRoom(peer)) {
				unread.made(peer, [new Uint8Array(10)], () => {});
				unread.sent(peer);
				made.push(peer.personId);
			} else
				unread.wait(peer, () => {
					called.push(peer.personId);
					questions.push(peer);
				});
		}
	};
	const peer = (personId: string): Peer => {
		const one: Partial<Peer> = { personId, behind: false, unread: true };
		return Object.assign(one, { whenDrained: (work: () => void) => drained.set(one as Peer, work) }) as Peer;
	};
	const readFirst = () => {
		const [first] = drained;
		if (!first) return;
		drained.delete(first[0]);
		first[1]();
	};
	return { unread, questions, made, called, turn, peer, readFirst };
}

test('when there is room for one at a time, persons take turns, however many of one wait', () => {
	const { questions, made, turn, peer, readFirst } = setting({ perPerson: 100, together: 10 });
	for (const person of ['mallory', 'mallory', 'mallory', 'mallory', 'bert', 'bert']) questions.push(peer(person));
	for (let count = 0; count < 8; count++) {
		turn();
		readFirst();
	}
	expect(made).toEqual(['mallory', 'mallory', 'bert', 'mallory', 'bert', 'mallory']);
});

test('of one person one is called at a time, so that many who wait cost nothing', () => {
	const { questions, made, called, turn, peer, readFirst } = setting({ perPerson: 20, together: 100 });
	for (let count = 0; count < 50; count++) questions.push(peer('mallory'));
	turn();
	readFirst();
	readFirst();
	expect([made.length, called.length]).toEqual([2, 1]);
	for (let count = 0; count < 60; count++) {
		turn();
		readFirst();
	}
	expect([made.length, called.length]).toEqual([50, 48]);
});
