/** A client id belongs to the person who first wrote under it: what the relay takes, refuses and remembers of that. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import * as encoding from 'lib0/encoding';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { agenda, createSetting, type Setting } from './room-setting.ts';
import { typing } from './scripted-peer.ts';

let setting: Setting;
beforeEach(() => {
	setting = createSetting();
});

const [anna, bernd] = [101, 202];

function docOf(client: number, from?: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	if (from) Y.applyUpdate(doc, from);
	doc.clientID = client;
	return doc;
}

const authors = async () => Object.fromEntries(await setting.store.authors(agenda));
const whole = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc);

/** Whoever has Anna's words goes on under her id. */
function forge(words: Uint8Array, text: string): Uint8Array {
	return typing(docOf(anna, words), text);
}

async function wrote(person: string, client: number, text = 'Hallo'): Promise<Y.Doc> {
	const doc = docOf(client);
	const peer = await setting.join(person);
	peer.sayStep2(whole(docOf(0)));
	peer.sayUpdate(typing(doc, text));
	await setting.rooms.drained();
	expect(peer.closed).toBeNull();
	peer.leave();
	return doc;
}

test('it is bound with the first update, in the same append, and the person may go on from another device', async () => {
	const doc = await wrote('anna', anna);
	expect(setting.store.batches.flat().map(({ authors: bound }) => [...(bound ?? [])])).toEqual([[[anna, 'anna']]]);
	const second = await setting.join('anna');
	second.sayUpdate(typing(doc, ' und weiter'));
	await setting.rooms.drained();
	expect([second.closed, await authors()]).toEqual([null, { [anna]: 'anna' }]);
	expect(setting.store.batches.at(-1)?.flatMap(({ authors: bound }) => [...(bound ?? [])])).toEqual([]);
});

test.each(['sayUpdate', 'sayStep2'] as const)('somebody else’s new content under it is refused: %s', async (say) => {
	const words = whole(await wrote('anna', anna));
	const mallory = await setting.join('mallory');
	mallory.sayStep2(whole(docOf(0)));
	mallory[say](forge(words, ' und verzichte'));
	await setting.rooms.drained();
	expect(mallory.closed).toEqual({ code: closeCodes.foreignClient, reason: `client ${anna}` });
	expect([await setting.loggedText(), await authors()]).toEqual(['Hallo', { [anna]: 'anna' }]);
	expect(setting.events).toContain('closed');
});

test('what is known may come from anybody, beside something of their own', async () => {
	const words = whole(await wrote('anna', anna));
	const restored = docOf(bernd, words);
	typing(restored, ' Anna');
	const ben = await setting.join('bernd');
	ben.sayStep2(whole(restored));
	await setting.rooms.drained();
	expect([ben.closed, await setting.loggedText()]).toEqual([null, 'Hallo Anna']);
	expect(await authors()).toEqual({ [anna]: 'anna', [bernd]: 'bernd' });
});

test('it stays bound when the room was forgotten, and when the log was compacted', async () => {
	const words = whole(await wrote('anna', anna));
	setting.idle();
	await setting.store.compact(agenda, words, 1, 1);
	expect(setting.rooms.size).toBe(0);
	const mallory = await setting.join('mallory');
	mallory.sayStep2(forge(words, '!'));
	await setting.rooms.drained();
	expect(mallory.closed?.code).toBe(closeCodes.foreignClient);
});

test('what is refused for another reason binds nothing', async () => {
	const mallory = await setting.join('mallory');
	mallory.sayStep2(whole(docOf(0)));
	const doc = docOf(anna);
	typing(doc, 'fehlt');
	mallory.sayUpdate(typing(doc, 'Lücke'));
	await setting.rooms.drained();
	expect([mallory.closed?.code, await authors()]).toEqual([closeCodes.gap, {}]);
	await wrote('anna', anna);
	expect(await authors()).toEqual({ [anna]: 'anna' });
});

test('what failed to be written binds nothing either', async () => {
	const mallory = await setting.join('mallory');
	setting.store.failNext('append');
	mallory.sayStep2(whole(docOf(anna)));
	mallory.sayUpdate(typing(docOf(anna), 'verloren'));
	await setting.rooms.drained();
	expect([mallory.closed?.code, await authors()]).toEqual([closeCodes.storage, {}]);
	await wrote('anna', anna);
	expect(await authors()).toEqual({ [anna]: 'anna' });
});

test('collected structs under the id that somebody shows do not cover what that person types next', async () => {
	const ann = await setting.join('anna');
	ann.showPresence({ client: anna, clock: 1, state: {} });
	ann.sayStep2(whole(docOf(0)));
	const mallory = await setting.join('mallory');
	mallory.sayStep2(buried(anna, 1000));
	ann.sayUpdate(typing(docOf(anna), 'Mein Wort'));
	await setting.rooms.drained();
	expect(mallory.closed?.code).toBe(closeCodes.foreignClient);
	expect([ann.closed, await setting.loggedText(), await authors()]).toEqual([null, 'Mein Wort', { [anna]: 'anna' }]);
});

test('an id that was shown is nobody else’s to write first under, also when its person has just left', async () => {
	const ann = await setting.join('anna');
	ann.showPresence({ client: anna, clock: 1, state: {} });
	ann.leave();
	const mallory = await setting.join('mallory');
	mallory.sayStep2(whole(docOf(0)));
	mallory.sayUpdate(typing(docOf(anna), 'nicht von Anna'));
	await setting.rooms.drained();
	expect([mallory.closed?.code, await authors()]).toEqual([closeCodes.foreignClient, {}]);
	await wrote('anna', anna);
	expect(await authors()).toEqual({ [anna]: 'anna' });
});

test('a reader who shows an id that is another’s is thrown out: its owner could not be seen', async () => {
	await wrote('anna', anna);
	const reader = await setting.join('rita', 'read');
	reader.showPresence({ client: anna, clock: 1, state: {} });
	expect(reader.closed?.code).toBe(closeCodes.foreignClient);
});

test('whoever shows an id that another took meanwhile hears of it before they type', async () => {
	const mallory = await setting.join('mallory');
	mallory.sayStep2(buried(anna, 1000));
	await setting.rooms.drained();
	const ann = await setting.join('anna');
	ann.showPresence({ client: anna, clock: 1, state: {} });
	expect(ann.closed).toEqual({ code: closeCodes.foreignClient, reason: `client ${anna}` });
	expect(ann.acknowledged).toBe(0);
});

test('an id from before ids were bound is nobody’s from its next word on', async () => {
	const doc = docOf(anna);
	await setting.store.append([{ name: agenda, updates: [typing(doc, 'früher ')] }]).durable;
	expect(await authors()).toEqual({});
	for (const person of ['anna', 'bernd']) {
		const peer = await setting.join(person);
		peer.sayStep2(whole(docOf(0)));
		peer.sayUpdate(typing(doc, person));
		await setting.rooms.drained();
		expect([peer.closed, await authors()]).toEqual([null, { [anna]: null }]);
	}
});

test('after a loss a device brings what others wrote; the id is nobody’s then, and its writer goes on', async () => {
	const doc = await wrote('anna', anna);
	typing(doc, ' verloren');
	setting.recovery.begin();
	const ben = await setting.join('bernd');
	ben.sayStep2(whole(doc));
	await setting.rooms.drained();
	expect([ben.closed, await authors()]).toEqual([null, { [anna]: null }]);
	const ann = await setting.join('anna');
	ann.showPresence({ client: anna, clock: 1, state: {} });
	ann.sayStep2(whole(doc));
	ann.sayUpdate(typing(doc, ' und weiter'));
	await setting.rooms.drained();
	expect([ann.closed, await setting.loggedText()]).toEqual([null, 'Hallo verloren und weiter']);
	expect(await authors()).toEqual({ [anna]: null });
});

test('after a loss an id that was lost with its binding is the bringer’s until its writer goes on', async () => {
	const doc = docOf(anna);
	typing(doc, 'verloren');
	setting.recovery.begin();
	const ben = await setting.join('bernd');
	ben.sayStep2(whole(doc));
	await setting.rooms.drained();
	expect(await authors()).toEqual({ [anna]: 'bernd' });
	const ann = await setting.join('anna');
	ann.showPresence({ client: anna, clock: 1, state: {} });
	ann.sayUpdate(typing(doc, ' weiter'));
	await setting.rooms.drained();
	expect([ann.closed, await authors()]).toEqual([null, { [anna]: null }]);
});

test('also after a loss nobody writes under the id of who is here and has brought all they had', async () => {
	const doc = await wrote('anna', anna);
	setting.recovery.begin();
	const ann = await setting.join('anna');
	ann.showPresence({ client: anna, clock: 1, state: {} });
	ann.sayStep2(whole(doc));
	const mallory = await setting.join('mallory');
	mallory.sayStep2(forge(whole(doc), ' und verzichte'));
	await setting.rooms.drained();
	expect(mallory.closed?.code).toBe(closeCodes.foreignClient);
	expect(await authors()).toEqual({ [anna]: 'anna' });
});

test('a disk that fails after others saw what it was to keep is such a loss', async () => {
	const [ann, ben] = [await setting.join('anna'), await setting.join('bernd')];
	ann.sayStep2(whole(docOf(0)));
	const doc = docOf(anna);
	setting.store.failNext('sync');
	ann.sayUpdate(typing(doc, 'gesehen'));
	await setting.rooms.drained();
	expect([ben.received('update').length, ann.closed?.code, ben.closed?.code]).toEqual([
		1,
		closeCodes.storage,
		closeCodes.storage,
	]);
	const back = await setting.join('bernd');
	const again = await setting.join('anna');
	again.showPresence({ client: anna, clock: 1, state: {} });
	back.sayStep2(whole(doc));
	await setting.rooms.drained();
	expect([back.closed, await setting.loggedText()]).toEqual([null, 'gesehen']);
});

/** An update that says of a client's first clocks that they were collected. */
function buried(client: number, length: number): Uint8Array {
	const encoder = new Y.UpdateEncoderV1();
	const numbers = [1, 1, client, 0];
	for (const number of numbers) writeVarUint(encoder, number);
	new Y.GC(Y.createID(client, 0), length).write(encoder, 0);
	writeVarUint(encoder, 0);
	return encoder.toUint8Array();
}

function writeVarUint({ restEncoder }: Y.UpdateEncoderV1, number: number): void {
	encoding.writeVarUint(restEncoder, number);
}
