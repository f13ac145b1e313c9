/**
 * 20,000 frames with one byte changed, each from a new connection. Whatever comes, the relay neither throws nor stops
 * serving; what it refuses leaves no trace; what it takes is the same for the log, for who listened and for who asks.
 */
import { encodeStep2, encodeUpdate } from '../../server/relay/frames.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createRandom } from '../support/random.ts';
import { agenda, createSetting, type Setting, unpaced } from './room-setting.ts';

const frames = Number(process.env['FRAMES'] ?? 20_000);
const perRoom = 250;
const seed = Number(process.env['SEED'] ?? 20_241_210);

/** A document with every kind of content, written by two. */
function createContent(): { initial: Uint8Array; valid: Uint8Array[] } {
	const doc = new Y.Doc();
	doc.clientID = 1000;
	doc.getText('t').insert(0, 'Plakate: 1.400 Stück, keine an Lichtmasten.', { bold: true });
	doc.getText('t').delete(3, 4);
	const item = new Y.Map<unknown>();
	doc.getMap('m').set('i1', item);
	item.set('title', new Y.Text('Haushalt'));
	item.set('tags', ['a', { b: 1 }]);
	const paragraph = new Y.XmlElement('paragraph');
	doc.getXmlFragment('x').insert(0, [paragraph]);
	paragraph.insert(0, [new Y.XmlText('Text')]);
	const initial = Y.encodeStateAsUpdate(doc);
	const other = new Y.Doc();
	other.clientID = 77;
	Y.applyUpdate(other, initial);
	const updates: Uint8Array[] = [];
	other.on('update', (update: Uint8Array) => updates.push(update));
	other.getText('t').insert(5, 'neu');
	other.getText('t').delete(0, 8);
	(other.getMap('m').get('i1') as Y.Map<unknown>).set('tags', ['c']);
	(other.getXmlFragment('x').get(0) as Y.XmlElement).setAttribute('lang', 'de');
	other.getXmlFragment('x').push([new Y.XmlElement('heading')]);
	other.getText('t').format(0, 6, { italic: true });
	const whole = encodeStep2(Y.encodeStateAsUpdate(other));
	const offline = encodeStep2(Y.encodeStateAsUpdate(other, Y.encodeStateVectorFromUpdate(initial)));
	return { initial, valid: [whole, offline, ...updates.map(encodeUpdate)] };
}

function digest(doc: Y.Doc): string {
	const roots = [doc.getText('t').toDelta(), doc.getMap('m').toJSON(), doc.getXmlFragment('x').toJSON()];
	return JSON.stringify(roots);
}

test(`single-byte mutations (SEED=${seed})`, { timeout: 900_000 }, async () => {
	const random = createRandom(seed);
	const { initial, valid } = createContent();
	const counts = { refused: 0, taken: 0 };
	for (let done = 0; done < frames; done += perRoom) {
		const setting = createSetting({ pacing: unpaced });
		await setting.store.append([{ name: agenda, updates: [initial] }]).durable;
		const reader = await setting.join('reader', 'read');
		reader.askAll();
		for (let count = 0; count < perRoom; count++) {
			const taken = await sendOne(setting, mutate(random.pick(valid) ?? initial, random));
			counts[taken ? 'taken' : 'refused'] += 1;
		}
		const log = await setting.logged();
		const listened = new Y.Doc();
		for (const update of [...reader.received('step2'), ...reader.received('update')]) Y.applyUpdate(listened, update);
		const late = await setting.join('late', 'read');
		late.askAll();
		await setting.rooms.drained();
		const asked = new Y.Doc();
		for (const update of late.received('step2')) Y.applyUpdate(asked, update);
		expect(asked.store.pendingStructs ?? asked.store.pendingDs).toBeNull();
		expect([digest(listened), digest(asked)]).toEqual([digest(log), digest(log)]);
	}
	console.log(`mutated frames: ${counts.refused} refused, ${counts.taken} taken as another valid update`);
	expect(counts.refused).toBeGreaterThan(frames / 4);
});

function mutate(frame: Uint8Array, random: ReturnType<typeof createRandom>): Uint8Array {
	const mutated = frame.slice();
	const at = random.nat(mutated.length);
	mutated[at] = (mutated[at] ?? 0) ^ (1 + random.nat(255));
	return mutated;
}

/** @returns whether the connection survived; if it did not, the log is as it was */
async function sendOne(setting: Setting, frame: Uint8Array): Promise<boolean> {
	const before = (await setting.store.load(agenda)).sequence;
	const peer = await setting.join('ada');
	peer.say(frame);
	await setting.rooms.drained();
	if (peer.closed) expect((await setting.store.load(agenda)).sequence).toBe(before);
	const survived = peer.closed === null;
	peer.leave();
	return survived;
}
