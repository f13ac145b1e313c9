import { expect, test } from 'vitest';
import { EarlyUpdates } from './early-updates.ts';
import { type Member, type Peer, toMember } from './peer.ts';

const kilobyte = 1024;
const update = new Uint8Array(10 * kilobyte);
const memberOf = (personId: string): Member => toMember({ personId } as Peer);

/** @returns how many of them may wait */
function holdAll(early: EarlyUpdates, members: Member[], each: number): number {
	return members.flatMap((member) => Array.from({ length: each }, () => early.hold(member, update))).filter(Boolean)
		.length;
}

test('of one connection, one person and all together only so much waits, and others have their share', () => {
	const early = new EarlyUpdates({ perConnection: 30 * kilobyte, perPerson: 50 * kilobyte, together: 90 * kilobyte });
	const [first, second, third] = [memberOf('ada'), memberOf('ada'), memberOf('ada')];
	expect(holdAll(early, [first], 9)).toBe(2);
	expect(holdAll(early, [second, third], 9)).toBe(2);
	const others = ['ben', 'cleo', 'dora'].map(memberOf);
	expect(holdAll(early, others, 2)).toBe(4);
	early.release(first);
	expect(holdAll(early, [third], 9)).toBe(2);
	for (const member of [first, second, third, ...others]) early.release(member);
	expect(early.bytes).toBe(0);
});
