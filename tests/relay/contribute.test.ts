import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { contribute } from '../../server/relay/contribute.ts';
import { agenda, createSetting } from './room-setting.ts';

function typed(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

test('what the server contributes is on disk when it resolves, and everyone who is there gets it', async () => {
	const setting = createSetting();
	const mara = await setting.join('mara');
	const before = mara.frames.length;
	await contribute(setting.rooms, agenda, typed('vom Server'));
	expect(await setting.loggedText()).toBe('vom Server');
	expect(mara.frames.length).toBeGreaterThan(before);
	expect(mara.closed).toBeNull();
});

test('what cannot be taken is said, and changes nothing', async () => {
	const setting = createSetting();
	await expect(contribute(setting.rooms, agenda, Uint8Array.of(1, 2, 3))).rejects.toThrow('refused');
	expect(await setting.loggedText()).toBe('');
});
