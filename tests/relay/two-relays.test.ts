/** Room for more than one machine: who is connected to one relay sees what happens at the other, as if there were one. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { toDocument } from '../../server/relay/document-state.ts';
import { createRandom } from '../support/random.ts';
import { agenda } from './room-setting.ts';
import { type ScriptedPeer, textOf, typing } from './scripted-peer.ts';
import { createTwoRelays, shareFarApart, shareHere, type TwoRelays } from './two-relays.ts';

let two: TwoRelays;
afterEach(() => two.close());

const logged = async () => toDocument(await two.store.load(agenda));
const loggedText = async () => (await logged()).getText('t').toJSON();
const saw = (peer: ScriptedPeer) => textOf(...peer.received('step2'), ...peer.received('update'));

describe.each([
	['of one process', shareHere],
	['far apart', shareFarApart],
])('two relays %s', (_, share) => {
	beforeEach(async () => {
		two = await createTwoRelays(share);
	});

	test('what is written at one is seen at the other once it is on disk, and acknowledged where it was written', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		const release = two.store.holdSync();
		ada.sayUpdate(typing(new Y.Doc(), 'hier'));
		await new Promise(setImmediate);
		expect([ben.received('update'), ada.acknowledged]).toEqual([[], 0]);
		release();
		await two.settle();
		expect([saw(ben), ada.acknowledged, ben.acknowledged]).toEqual(['hier', 1, 0]);
		expect(ada.received('update')).toEqual([]);
		const log = await two.store.load(agenda);
		expect([log.tail.length, textOf(...log.tail)]).toEqual([1, 'hier']);
	});

	test('who joins at the other gets all, and each may go on from what the other wrote', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		const doc = new Y.Doc();
		ada.sayUpdate(typing(doc, 'eins '));
		await two.settle();
		const other = new Y.Doc();
		for (const update of ben.received('update')) Y.applyUpdate(other, update);
		ben.sayUpdate(typing(other, 'zwei'));
		await two.settle();
		expect(textOf(Y.encodeStateAsUpdate(doc), ...ada.received('update'))).toBe('eins zwei');
		const cleo = await two.join(0, 'cleo', 'read');
		cleo.askAll();
		await two.settle();
		expect([saw(cleo), ben.closed]).toEqual(['eins zwei', null]);
	});

	test.each([
		['where others have it open', true],
		['where nobody has it open', false],
	])('what was deleted and is erased at one, %s, is sent by neither', async (_where, open) => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		const doc = new Y.Doc();
		doc.on('update', (update) => void (open ? ada : ben).sayUpdate(update));
		doc.getText('t').insert(0, 'Zwischenruf, bleibt');
		doc.getText('t').delete(0, 13);
		await two.settle();
		// Without anybody there, the relay forgets its room.
		if (!open) two.leaveIdle(ada);
		await two.relays[0].forgetDeleted(agenda);
		await two.settle();
		const came = await Promise.all([two.join(0, 'cleo'), two.join(1, 'dora')]);
		for (const peer of came) peer.askAll();
		await two.settle();
		expect(came.map(saw)).toEqual(['bleibt', 'bleibt']);
		const sent = came.flatMap((peer) => peer.received('step2'));
		expect(sent.filter((update) => Buffer.from(update).includes('Zwischenruf'))).toEqual([]);
		expect(ben.closed).toBe(null);
	});

	test('who is here and who is there see each other come, move and leave', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		ada.showPresence({ client: 1, clock: 1, state: { cursor: 3 } });
		await two.settle();
		expect(ben.presence.at(-1)).toMatchObject({ client: 1, state: { cursor: 3, user: { id: 'ada' } } });
		const cleo = await two.join(1, 'cleo', 'read');
		expect(cleo.presence.at(-1)).toMatchObject({ client: 1, state: { user: { id: 'ada' } } });
		ada.leave();
		await two.settle();
		expect([ben, cleo].map((peer) => peer.presence.at(-1)?.state)).toEqual([null, null]);
	});

	test('a relay that opens the document later is told who is at the other', async () => {
		const ada = await two.join(0, 'ada');
		ada.showPresence({ client: 1, clock: 1, state: {} });
		await two.settle();
		const ben = await two.join(1, 'ben');
		await two.settle();
		expect(ben.presence.at(-1)).toMatchObject({ client: 1, state: { user: { id: 'ada' } } });
	});

	test('nobody appears as who is at the other relay, and nobody writes under the id that they show there', async () => {
		const [ada, mallory] = [await two.join(0, 'ada'), await two.join(1, 'mallory')];
		ada.showPresence({ client: 1, clock: 1, state: {} });
		await two.settle();
		mallory.showPresence({ client: 1, clock: 9, state: { cursor: 666 } });
		const forged = new Y.Doc();
		forged.clientID = 1;
		mallory.sayUpdate(typing(forged, 'als ada'));
		await two.settle();
		expect(ada.presence).toEqual([]);
		expect([mallory.closed?.code, await loggedText()]).toEqual([closeCodes.foreignClient, '']);
	});

	test('who was at a relay that fell silent is gone after a while', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		ada.showPresence({ client: 1, clock: 1, state: {} });
		await two.settle();
		two.pass(31_000);
		two.relays[1].renew();
		await two.settle();
		expect(ben.presence.at(-1)).toMatchObject({ client: 1, state: null });
	});

	test('who moves to the other relay shows themselves there, and stays when the old connection ends', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		ada.showPresence({ client: 1, clock: 1, state: { at: 'here' } });
		await two.settle();
		const moved = await two.join(1, 'ada');
		moved.showPresence({ client: 1, clock: 2, state: { at: 'there' } });
		await two.settle();
		ada.leave();
		await two.settle();
		expect(ben.presence.at(-1)).toMatchObject({ client: 1, state: { at: 'there' } });
	});

	test.each(['lose', 'hold'] as const)(
		'a message that is under way too long (%s) is made up for from the log',
		async (fate) => {
			const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
			const doc = new Y.Doc();
			two.bus.fate = () => fate;
			ada.sayUpdate(typing(doc, 'eins '));
			await two.settle();
			two.bus.fate = () => 'arrive';
			expect(ben.received('update')).toEqual([]);
			ada.sayUpdate(typing(doc, 'zwei'));
			await two.settle();
			two.bus.release();
			await two.settle();
			expect([saw(ben), ben.closed, ada.closed]).toEqual(['eins zwei', null, null]);
		},
	);

	test('what was lost on the bus is missed by its number, also when nothing builds on it', async () => {
		const [ada, anna, ben] = [await two.join(0, 'ada'), await two.join(0, 'anna'), await two.join(1, 'ben')];
		two.bus.fate = () => 'lose';
		ada.sayUpdate(typing(new Y.Doc(), 'verloren'));
		await two.settle();
		two.bus.fate = () => 'arrive';
		anna.sayUpdate(typing(new Y.Doc(), 'gehört'));
		await two.settle();
		expect(['verloren', 'gehört'].map((word) => saw(ben).includes(word))).toEqual([true, true]);
	});

	test('the last that was written is missed, too, when it was lost and nobody writes any more', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		two.bus.fate = () => 'lose';
		ada.sayUpdate(typing(new Y.Doc(), 'zuletzt'));
		await two.settle();
		two.bus.fate = () => 'arrive';
		expect(saw(ben)).toBe('');
		for (let beat = 0; beat < 3; beat++) {
			for (const relay of two.relays) relay.renew();
			await two.settle();
		}
		expect([saw(ben), ben.received('update').length, ada.received('update')]).toEqual(['zuletzt', 1, []]);
	});

	test('what the bus says again of who has left brings them back to nobody', async () => {
		const ben = await two.join(0, 'ben');
		const deaf = { updates: () => {}, presence: () => {}, asked: () => {}, renewed: () => {}, interrupted: () => {} };
		const third = await two.buses[1].open(agenda, deaf);
		const here = { client: 7, clock: 1, state: '{"user":{"id":"ada"}}', personId: 'ada' };
		for (const said of [here, { ...here, clock: 2, state: 'null' }, here]) third.presence([said]);
		await two.settle();
		const cleo = await two.join(0, 'cleo');
		expect([ben.presence.at(-1)?.state, cleo.presence]).toEqual([null, []]);
	});

	test('a document does not open while its others cannot be heard, and does afterwards', async () => {
		vi.spyOn(two.buses[0], 'open').mockRejectedValueOnce(new Error('nobody there'));
		await expect(two.join(0, 'ada')).rejects.toThrow('nobody there');
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		ada.sayUpdate(typing(new Y.Doc(), 'doch'));
		await two.settle();
		expect(saw(ben)).toBe('doch');
	});

	test('a bus that says it was interrupted loses nothing', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		two.bus.fate = () => 'lose';
		ada.sayUpdate(typing(new Y.Doc(), 'allein'));
		await two.settle();
		expect(saw(ben)).toBe('');
		two.bus.interrupt();
		await two.settle();
		expect(saw(ben)).toBe('allein');
	});

	test('a device that moves with others’ work, faster than the bus, is neither refused nor credited with it', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(0, 'ben')];
		two.bus.fate = () => 'lose';
		await two.join(1, 'cleo');
		const doc = new Y.Doc();
		ada.sayUpdate(typing(doc, 'adas'));
		await two.settle();
		const bens = new Y.Doc();
		for (const update of ben.received('update')) Y.applyUpdate(bens, update);
		typing(bens, ' und bens');
		ben.leave();
		const moved = await two.join(1, 'ben');
		moved.sayStep2(Y.encodeStateAsUpdate(bens));
		moved.sayUpdate(typing(bens, ' weiter'));
		await two.settle();
		expect([moved.closed, moved.acknowledged, await loggedText()]).toEqual([null, 2, 'adas und bens weiter']);
		expect(Object.fromEntries(await two.store.authors(agenda))).toEqual({
			[doc.clientID]: 'ada',
			[bens.clientID]: 'ben',
		});
	});

	test('a forger is refused at the other relay, too', async () => {
		const [ada, mallory] = [await two.join(0, 'ada'), await two.join(1, 'mallory')];
		const doc = new Y.Doc();
		ada.sayUpdate(typing(doc, 'adas'));
		await two.settle();
		mallory.sayStep2(Y.encodeStateAsUpdate(new Y.Doc()));
		const forged = new Y.Doc();
		Y.applyUpdate(forged, Y.encodeStateAsUpdate(doc));
		forged.clientID = doc.clientID;
		mallory.sayStep2(typing(forged, ' nicht'));
		await two.settle();
		expect([mallory.closed?.code, await loggedText()]).toEqual([closeCodes.foreignClient, 'adas']);
	});

	test('what the disk refused at one never reached the other, and both go on', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		two.store.failNext('sync');
		const doc = new Y.Doc();
		ada.sayUpdate(typing(doc, 'noch'));
		await two.settle();
		expect([ada.closed?.code, saw(ben), ben.closed]).toEqual([closeCodes.storage, '', null]);
		const again = await two.join(0, 'ada');
		again.sayStep2(Y.encodeStateAsUpdate(doc));
		await two.settle();
		expect([saw(ben), await loggedText()]).toEqual(['noch', 'noch']);
	});

	test('one of them compacts the log, once', async () => {
		const compact = vi.spyOn(two.store, 'compact');
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		const [first, second] = [new Y.Doc(), new Y.Doc()];
		for (let count = 0; count < 120; count++) {
			ada.sayUpdate(typing(first, 'a'));
			ben.sayUpdate(typing(second, 'b'));
			// What comes in one turn is one update.
			await two.settle();
		}
		expect(compact).toHaveBeenCalledTimes(1);
		const { snapshot, tail } = await two.store.load(agenda);
		expect([snapshot === null, tail.length < 120]).toEqual([false, true]);
		expect((await loggedText()).length).toBe(240);
	});

	test('a compaction that outlived its lease installs nothing', async () => {
		const { store } = two;
		const install = store.compact.bind(store);
		let token = 0;
		vi.spyOn(store, 'compact').mockImplementation(async (name, snapshot, upTo, under) => {
			token = under;
			// Meanwhile another took over, wrote, and compacted.
			await install(name, snapshot, upTo, under + 1);
			await install(name, Uint8Array.of(0, 0), upTo + 1, under);
		});
		const ada = await two.join(0, 'ada');
		const doc = new Y.Doc();
		for (let count = 0; count < 210; count++) {
			ada.sayUpdate(typing(doc, 'a'));
			await two.settle();
		}
		expect([token > 0, (await loggedText()).length]).toEqual([true, 210]);
	});

	test('50 random histories over two relays and a bus that loses and turns round: all see the same', async () => {
		for (let seed = 1; seed <= 50; seed++) {
			await two.close();
			two = await createTwoRelays(share);
			const random = createRandom(seed);
			two.bus.fate = () => (random.chance(0.2) ? 'lose' : random.chance(0.2) ? 'hold' : 'arrive');
			const peers = await Promise.all(
				['ada', 'ben', 'cleo', 'dora'].map((name, at) => two.join((at % 2) as 0 | 1, name)),
			);
			const docs = peers.map(() => new Y.Doc());
			const read = peers.map(() => 0);
			for (let step = 0; step < 40; step++) {
				const at = random.nat(peers.length);
				const [peer, doc] = [peers[at] as ScriptedPeer, docs[at] as Y.Doc];
				const came = peer.received('update');
				for (const update of came.slice(read[at])) Y.applyUpdate(doc, update);
				read[at] = came.length;
				peer.sayUpdate(typing(doc, `${at}${step} `));
				if (random.chance(0.3)) await two.settle();
				if (random.chance(0.1)) two.bus.release();
			}
			two.bus.release();
			await two.settle();
			two.bus.fate = () => 'arrive';
			for (const relay of two.relays) relay.renew();
			await two.settle();
			const texts = peers.map((peer, at) =>
				textOf(Y.encodeStateAsUpdate(docs[at] as Y.Doc), ...peer.received('update')),
			);
			expect([seed, new Set([...texts, await loggedText()]).size, peers.map(({ closed }) => closed)]).toEqual([
				seed,
				1,
				[null, null, null, null],
			]);
		}
	});
});

describe('two relays whose connections end', () => {
	beforeEach(async () => {
		two = await createTwoRelays(shareFarApart);
	});

	test('what was appended without an answer is not acknowledged, brought again, and there once', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		const append = two.store.append.bind(two.store);
		vi.spyOn(two.store, 'append').mockImplementationOnce((batch) => {
			const appending = append(batch);
			void appending.durable.then(() => two.cut());
			return appending;
		});
		const doc = new Y.Doc();
		ada.sayUpdate(typing(doc, 'einmal'));
		await two.settle();
		expect([ada.closed?.code, ada.acknowledged, await loggedText()]).toEqual([closeCodes.storage, 0, 'einmal']);
		const again = await two.join(0, 'ada');
		again.sayStep2(Y.encodeStateAsUpdate(doc));
		again.sayUpdate(typing(doc, ' und weiter'));
		await two.settle();
		expect([again.acknowledged, saw(ben), await loggedText()]).toEqual([2, 'einmal und weiter', 'einmal und weiter']);
		expect(ben.closed).toBeNull();
	});

	test('what is written at one while the other hears nothing comes to it when it does', async () => {
		const [ada, ben] = [await two.join(0, 'ada'), await two.join(1, 'ben')];
		two.bus.fate = () => 'lose';
		ada.sayUpdate(typing(new Y.Doc(), 'inzwischen'));
		await two.settle();
		expect(saw(ben)).toBe('');
		two.cut();
		await two.settle();
		expect([saw(ben), ben.closed]).toEqual(['inzwischen', null]);
	});

	/** Somebody who comes back, with all that they have, when they are sent away. */
	class Returning {
		readonly doc = new Y.Doc();
		readonly #name: string;
		readonly #relay: 0 | 1;
		#peer: ScriptedPeer | null = null;

		constructor(name: string, relay: 0 | 1) {
			this.#name = name;
			this.#relay = relay;
		}

		/** Takes in what came. @returns null while nobody lets them in */
		async here(): Promise<ScriptedPeer | null> {
			if (!this.#peer || this.#peer.closed) {
				this.#peer = await two.join(this.#relay, this.#name).catch(() => null);
				this.#peer?.askAll();
				this.#peer?.sayStep2(Y.encodeStateAsUpdate(this.doc));
			}
			const came = this.#peer && [...this.#peer.received('step2'), ...this.#peer.received('update')];
			for (const update of came ?? []) Y.applyUpdate(this.doc, update);
			return this.#peer;
		}
	}

	test('10 random histories over connections that end, and a bus that loses: all see the same', async () => {
		for (let seed = 1; seed <= 10; seed++) {
			await two.close();
			two = await createTwoRelays(shareFarApart);
			const random = createRandom(seed);
			two.bus.fate = () => (random.chance(0.2) ? 'lose' : 'arrive');
			const people = ['ada', 'ben', 'cleo', 'dora'].map((name, at) => new Returning(name, (at % 2) as 0 | 1));
			for (let step = 0; step < 40; step++) {
				const at = random.nat(people.length);
				const { doc } = people[at] as Returning;
				const peer = await people[at]?.here();
				peer?.sayUpdate(typing(doc, `${at}${step} `));
				if (random.chance(0.3)) await two.settle();
				if (random.chance(0.1)) two.cut();
			}
			two.bus.fate = () => 'arrive';
			for (let round = 0; round < 3; round++) {
				await two.settle();
				for (const person of people) await person.here();
				for (const relay of two.relays) relay.renew();
			}
			const texts = people.map(({ doc }) => doc.getText('t').toJSON());
			expect([seed, new Set([...texts, await loggedText()]).size]).toEqual([seed, 1]);
		}
	});
});
