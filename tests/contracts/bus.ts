/** What every bus must do, whatever is behind it. Run with a function that opens one that nobody uses. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bus, Channel, SharedPresence, SharedUpdates } from '../../server/relay/bus.ts';

export type TestedBus = {
	/** Of two relays; relays of one process have the same. */
	relays: readonly [Bus, Bus];
	/** All connections end and begin again; null where there are none. */
	interrupt: (() => void) | null;
	close(): Promise<void>;
};

const agenda: DocumentName = 'agenda:a1';

type Said = SharedUpdates | readonly SharedPresence[] | 'asked' | 'renewed' | 'interrupted';
type Ear = { channel: Channel; heard: Said[] };

const updates = (last: number, ...bytes: number[]): SharedUpdates => ({
	updates: [Uint8Array.from(bytes)],
	last,
	authors: [[last, 'anna']],
});
const presence = (clock: number): SharedPresence[] => [{ client: 7, clock, state: '{}', personId: 'anna' }];

export function describeBus(label: string, create: () => TestedBus | Promise<TestedBus>): void {
	describe(`bus contract: ${label}`, () => {
		let tested: TestedBus;
		beforeEach(async () => {
			tested = await create();
		});
		afterEach(() => tested.close());

		/** Hears at one of the relays, and what is said again once: a bus may repeat. */
		async function listen(relay: 0 | 1, name = agenda): Promise<Ear> {
			const heard: Said[] = [];
			const before = new Set<string>();
			const hear = (said: Said) => {
				const told = JSON.stringify(said);
				if (!before.has(told)) heard.push(said);
				before.add(told);
			};
			const channel = await tested.relays[relay].open(name, {
				updates: hear,
				presence: hear,
				asked: () => hear('asked'),
				renewed: () => hear('renewed'),
				interrupted: () => hear('interrupted'),
			});
			return { channel, heard };
		}

		/** Settles when the ear has heard so much; fails by the test's time limit. */
		async function until({ heard }: Ear, count: number): Promise<void> {
			while (heard.length < count) await new Promise(setImmediate);
		}

		test('all others hear what one publishes, as it was and in order, and it does not hear itself', async () => {
			const [one, two, three] = [await listen(0), await listen(1), await listen(0)];
			one.channel.updates(updates(1, 1, 2));
			one.channel.presence(presence(1));
			one.channel.ask();
			one.channel.renew();
			one.channel.updates(updates(2));
			await Promise.all([until(two, 5), until(three, 5)]);
			const said = [updates(1, 1, 2), presence(1), 'asked', 'renewed', updates(2)];
			two.channel.updates(updates(3));
			await until(one, 1);
			expect([one.heard, two.heard, three.heard.slice(0, 5)]).toEqual([[updates(3)], said, said]);
		});

		test('nothing is heard before the publisher goes on: nobody may rely on that', async () => {
			const [one, two] = [await listen(0), await listen(1)];
			one.channel.updates(updates(1));
			expect(two.heard).toEqual([]);
			await until(two, 1);
		});

		test('each document has its own listeners', async () => {
			const [one, agendas, rosters] = [await listen(0), await listen(1), await listen(1, 'roster:r1')];
			const another = await listen(0, 'roster:r1');
			one.channel.updates(updates(1));
			await until(agendas, 1);
			another.channel.updates(updates(2));
			await until(rosters, 1);
			expect([agendas.heard, rosters.heard]).toEqual([[updates(1)], [updates(2)]]);
		});

		test('what two publish at once, each hears of the other', async () => {
			const ears = [await listen(0), await listen(1)];
			for (let last = 1; last <= 20; last++) ears.forEach(({ channel }) => channel.updates(updates(last)));
			await Promise.all(ears.map((ear) => until(ear, 20)));
			const all = Array.from({ length: 20 }, (_, at) => updates(at + 1));
			expect(ears.map(({ heard }) => heard)).toEqual([all, all]);
		});

		test('who closed hears nothing more, what was under way included, and the others go on', async () => {
			const [one, two, three] = [await listen(0), await listen(1), await listen(1)];
			one.channel.updates(updates(1));
			two.channel.close();
			one.channel.updates(updates(2));
			await until(three, 2);
			expect(two.heard).toEqual([]);
			one.channel.close();
			two.channel.close();
		});

		test('where a connection can end, whoever listens is told, and hears what is published from then on', async () => {
			const ears = [await listen(0), await listen(1)] as const;
			if (!tested.interrupt) return expect(tested.relays[0]).toBe(tested.relays[1]);
			tested.interrupt();
			ears[0].channel.updates(updates(1));
			await Promise.all(ears.map((ear) => until(ear, 1)));
			ears[0].channel.updates(updates(2));
			await until(ears[1], 2);
			expect(ears.map(({ heard }) => heard)).toEqual([['interrupted'], ['interrupted', updates(2)]]);
		});
	});
}
