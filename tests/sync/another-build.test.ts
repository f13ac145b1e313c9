/** The server is of another build than the page: it is started anew while people write, or is older than the page. */
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { findUnknown } from '#lib/documents/body-gate.ts';
import type { DocumentHandle, DocumentStatus } from '#lib/sync/contract.ts';
import { IDBFactory } from 'fake-indexeddb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { toDocument } from '../../server/relay/document-state.ts';
import { openStore } from '../../server/storage/store-files.ts';
import { serveRelay, type ServedRelay } from '../relay/serve-relay.ts';
import { type DeviceOptions, openDevice, socketAs, untilSaved, untilStatus, untilText } from '../support/peers.ts';

const type = ({ doc }: DocumentHandle, text: string) => doc.getText('t').insert(doc.getText('t').length, text);

function device(options: DeviceOptions) {
	const workspace = openDevice(options);
	onTestFinished(() => workspace.close());
	return workspace;
}

async function serve(): Promise<ServedRelay> {
	const served = await serveRelay();
	onTestFinished(() => served.stop());
	return served;
}

/** Every status that it has from now on. */
function watch(handle: DocumentHandle): DocumentStatus[] {
	const seen: DocumentStatus[] = [];
	onTestFinished(handle.onStatus(() => seen.push(handle.status)));
	return seen;
}

/** Writes a letter again and again. @returns what ends it, and says how many it were */
function keepTyping(handle: DocumentHandle, letter: string): () => number {
	let count = 0;
	const timer = setInterval(() => (type(handle, letter), count++), 2);
	return () => (clearInterval(timer), count);
}

test('deployed while two write: they go on, and every letter is there once', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-deploy-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const start = async (port?: number) => serveRelay({ store: await openStore(path.join(folder, 'data.sqlite')) }, port);
	let served = await start();
	onTestFinished(() => served.stop());
	const { url, port } = served;
	const handles = ['mara', 'jonas'].map((personId) => device({ url, personId }).open('minutes:m1'));
	const [mara, jonas] = handles as [DocumentHandle, DocumentHandle];
	await Promise.all(handles.map(untilSaved));

	const stops = [keepTyping(mara, 'm'), keepTyping(jonas, 'j')];
	await untilStatus(mara, ({ waiting }) => waiting > 0);
	const seen = handles.map(watch);
	await served.stop();
	await Promise.all(handles.map((handle) => untilStatus(handle, ({ connection }) => connection === 'offline')));
	served = await start(port);
	await Promise.all(handles.map((handle) => untilStatus(handle, ({ connection }) => connection === 'online')));
	const [byMara = 0, byJonas = 0] = stops.map((stop) => stop());
	await Promise.all(handles.map(untilSaved));

	const log = toDocument(await served.store.load('minutes:m1'))
		.getText('t')
		.toJSON();
	await Promise.all(handles.map((handle) => untilText(handle, 't', log)));
	expect([...log].sort().join('')).toBe('j'.repeat(byJonas) + 'm'.repeat(byMara));
	expect(seen.flat().filter(({ refusal }) => refusal !== null)).toEqual([]);
	for (const each of seen) expect(each.some(({ connection, saved }) => connection === 'offline' && saved)).toBe(false);
});

test('what a newer app says besides is not heard, and what it writes is kept as it is, also when the log is rewritten', async () => {
	const served = await serve();
	class NewerSocket extends socketAs('board', 'mara') {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(`${String(url)}&schema=99&ack=2`, protocols);
		}
	}
	const newer = device({ url: served.url, WebSocket: NewerSocket }).open('minutes:m1');
	await untilStatus(newer, ({ connection }) => connection === 'online');
	newer.doc.transact(() => {
		newer.doc.getMap('meta').set('bodies', 99);
		const chart = new Y.XmlElement('chart');
		chart.setAttribute('of', 'votes');
		newer.doc.getXmlFragment('body').insert(0, [chart]);
		newer.doc.getArray('reactions').push([{ kind: 'clap', by: ['mara'] }]);
	});
	await untilSaved(newer);
	await served.relay.forgetDeleted('minutes:m1');
	const older = device({ url: served.url, personId: 'jonas' }).open('minutes:m1');
	await untilSaved(older);
	type(older, 'und weiter');
	await untilText(newer, 't', 'und weiter');
	for (const { doc } of [newer, older]) {
		expect(doc.getXmlFragment('body').toJSON()).toBe('<chart of="votes"></chart>');
		expect(doc.getArray('reactions').toJSON()).toEqual([{ kind: 'clap', by: ['mara'] }]);
		expect(findUnknown(doc.getXmlFragment('body'))).toEqual({ what: 'version', name: '99' });
	}
});

test('an app that speaks newer than the server is told so once, keeps what was written, and is saved when it is understood', async () => {
	const served = await serve();
	class NewerSocket extends socketAs('board', 'mara') {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			this.addEventListener('open', () => this.send(Uint8Array.of(120, 1)));
		}
	}
	const desk = { url: served.url, indexedDB: new IDBFactory(), storagePrefix: 'desk' };
	const reader = device({ url: served.url, personId: 'jonas' }).open('minutes:m1');
	await untilStatus(reader, ({ connection }) => connection === 'online');
	const tooNew = device({ ...desk, WebSocket: NewerSocket });
	const handle = tooNew.open('minutes:m1');
	type(handle, 'geschrieben');
	await untilStatus(handle, ({ refusal }) => refusal === 'bad-frame');
	type(handle, ' und weiter');
	await untilStatus(handle, ({ keeping, waiting }) => keeping === 'kept' && waiting === 2);
	expect(tooNew.status.state).not.toBe('saved');
	const closings = served.events.filter(({ event }) => event === 'closed').map(({ details }) => details['code']);
	expect([closings, reader.status.connection]).toEqual([[closeCodes.badFrame], 'online']);
	await tooNew.close();

	const understood = device(desk).open('minutes:m1');
	await untilSaved(understood);
	await untilText(reader, 't', 'geschrieben und weiter');
});
