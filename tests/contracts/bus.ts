/** What every bus must do, whatever is behind it. Run with a function that opens one that nobody uses. */
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Bus, Channel, SharedPresence, SharedUpdates } from '../../server/relay/bus.ts';

const agenda: DocumentName = 'agenda:a1';

type Ear = { channel: Channel; heard: (SharedUpdates | readonly SharedPresence[] | 'asked' | 'interrupted')[] };

const updates = (last: number, ...bytes: number[]): SharedUpdates => ({
	updates: [Uint8Array.from(bytes)],
	last,
	authors: [[last, 'anna']],
});
const presence = (clock: number): SharedPresence[] => [{ client: 7, clock, state: '{}', personId: 'anna' }];

export function describeBus(label: string, create: () => Bus): void {
	describe(`bus contract: ${label}`, () => {
		let bus: Bus;
		beforeEach(() => {
			bus = create();
		});

		async function listen(name = agenda): Promise<Ear> {
			const heard: Ear['heard'] = [];
			const channel = await bus.open(name, {
				updates: (shared) => heard.push(shared),
				presence: (entries) => heard.push(entries),
				asked: () => heard.push('asked'),
				interrupted: () => heard.push('interrupted'),
			});
			return { channel, heard };
		}

		/** Settles when the ear has heard so much; fails by the test's time limit. */
		async function until({ heard }: Ear, count: number): Promise<void> {
			while (heard.length < count) await new Promise(setImmediate);
		}

		test('all others hear what one publishes, as it was and in order, and it does not hear itself', async () => {
			const [one, two, three] = [await listen(), await listen(), await listen()];
			one.channel.updates(updates(1, 1, 2));
			one.channel.presence(presence(1));
			one.channel.ask();
			one.channel.updates(updates(2));
			await Promise.all([until(two, 4), until(three, 4)]);
			const said = [updates(1, 1, 2), presence(1), 'asked', updates(2)];
			expect([one.heard, two.heard, three.heard]).toEqual([[], said, said]);
		});

		test('nothing is heard before the publisher goes on: nobody may rely on that', async () => {
			const [one, two] = [await listen(), await listen()];
			one.channel.updates(updates(1));
			expect(two.heard).toEqual([]);
			await until(two, 1);
		});

		test('each document has its own listeners', async () => {
			const [one, roster, agendas] = [await listen(), await listen('roster:r1'), await listen()];
			one.channel.updates(updates(1));
			await until(agendas, 1);
			expect(roster.heard).toEqual([]);
		});

		test('what two publish at once, each hears of the other', async () => {
			const ears = [await listen(), await listen()];
			for (let last = 1; last <= 20; last++) ears.forEach(({ channel }) => channel.updates(updates(last)));
			await Promise.all(ears.map((ear) => until(ear, 20)));
			const all = Array.from({ length: 20 }, (_, at) => updates(at + 1));
			expect(ears.map(({ heard }) => heard)).toEqual([all, all]);
		});

		test('who closed hears nothing more, what was under way included, and the others go on', async () => {
			const [one, two, three] = [await listen(), await listen(), await listen()];
			one.channel.updates(updates(1));
			two.channel.close();
			one.channel.updates(updates(2));
			await until(three, 2);
			expect(two.heard).toEqual([]);
			one.channel.close();
			two.channel.close();
		});
	});
}
