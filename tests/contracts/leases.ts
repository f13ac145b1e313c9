/** What leases must do, whatever is behind them. Run with a function that makes some, and their clock. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lease, Leases } from '../../server/storage/lease-contract.ts';

export type TestedLeases = {
	/** Of two relays; relays of one process have the same. */
	relays: readonly [Leases, Leases];
	pass(milliseconds: number): void;
	close(): Promise<void>;
};

const agenda: DocumentName = 'agenda:a1';
const day = 24 * 60 * 60_000;

export function describeLeases(label: string, create: () => TestedLeases | Promise<TestedLeases>): void {
	describe(`lease contract: ${label}`, () => {
		let tested: TestedLeases;
		beforeEach(async () => {
			tested = await create();
		});
		afterEach(() => tested.close());

		async function take(relay: 0 | 1, name = agenda): Promise<Lease> {
			const lease = await tested.relays[relay].take(name);
			if (!lease) throw new Error('another holds it');
			return lease;
		}

		const takeBoth = () => Promise.all(tested.relays.map((leases) => leases.take(agenda)));

		test('one at a time holds it, and each document has its own', async () => {
			const lease = await take(0);
			expect(await takeBoth()).toEqual([null, null]);
			await (await take(1, 'roster:r1')).giveBack();
			await lease.giveBack();
			await take(1);
		});

		test('of many who ask at once one gets it', async () => {
			const asked = await Promise.all(Array.from({ length: 10 }, takeBoth));
			expect(asked.flat().filter((lease) => lease !== null)).toHaveLength(1);
		});

		test('it ends by itself, and who held it cannot give back what another holds now', async () => {
			const lost = await take(0);
			tested.pass(day);
			await take(1);
			await lost.giveBack();
			expect(await takeBoth()).toEqual([null, null]);
		});

		test('every token is greater than those before, given back or run out, whoever had them', async () => {
			const tokens: number[] = [];
			for (let times = 0; times < 6; times++) {
				const lease = await take((times % 2) as 0 | 1);
				tokens.push(lease.token);
				if (times % 3) await lease.giveBack();
				else tested.pass(day);
			}
			expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
			expect(tokens[0]).toBeGreaterThan(0);
		});
	});
}
