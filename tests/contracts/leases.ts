/** What leases must do, whatever is behind them. Run with a function that makes some, and their clock. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Lease, Leases } from '../../server/storage/lease-contract.ts';

const agenda: DocumentName = 'agenda:a1';

export function describeLeases(
	label: string,
	create: () => { leases: Leases; pass(milliseconds: number): void },
): void {
	describe(`lease contract: ${label}`, () => {
		let made: ReturnType<typeof create>;
		beforeEach(() => {
			made = create();
		});
		async function take(name = agenda): Promise<Lease> {
			const lease = await made.leases.take(name);
			if (!lease) throw new Error('another holds it');
			return lease;
		}

		test('one at a time holds it, and each document has its own', async () => {
			const lease = await take();
			expect(await made.leases.take(agenda)).toBeNull();
			await (await take('roster:r1')).giveBack();
			await lease.giveBack();
			await take();
		});

		test('of many who ask at once one gets it', async () => {
			const asked = await Promise.all(Array.from({ length: 20 }, () => made.leases.take(agenda)));
			expect(asked.filter((lease) => lease !== null)).toHaveLength(1);
		});

		test('it ends by itself, and who held it cannot give back what another holds now', async () => {
			const lost = await take();
			made.pass(24 * 60 * 60_000);
			await take();
			await lost.giveBack();
			expect(await made.leases.take(agenda)).toBeNull();
		});

		test('every token is greater than those before, given back or run out', async () => {
			const tokens: number[] = [];
			for (let times = 0; times < 5; times++) {
				const lease = await take();
				tokens.push(lease.token);
				if (times % 2) await lease.giveBack();
				else made.pass(24 * 60 * 60_000);
			}
			expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
		});
	});
}
