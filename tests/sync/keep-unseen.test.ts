/** What one writes in a paragraph that another deletes, unseen, stands there once, whoever comes back first. */
import { rewriteBody } from '#lib/documents/body-rewrite.ts';
import { bodyText } from '#lib/documents/body.ts';
import { restoreDocument, restoreShapes } from '#lib/documents/restore.ts';
import { paragraph } from '#lib/documents/rich-body.ts';
import type { DocumentName } from '#lib/protocol/document-name.ts';
import { messageAck } from '#lib/protocol/messages.ts';
import { keepUnseen } from '#lib/state/keep-unseen.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { WebSocket as NodeSocket } from 'ws';
import * as Y from 'yjs';
import { serveRelay, type ServedRelay } from '../relay/serve-relay.ts';
import { openDevice, socketAs, untilSaved, untilStatus, type DeviceOptions } from '../support/peers.ts';

const root = 'body:a';
const bulletin: DocumentName = 'bulletin:b1';

type Device = Awaited<ReturnType<typeof comeIn>>;
let served: ServedRelay;

beforeEach(async () => {
	served = await serveRelay();
	return () => served.stop();
});

/** A line that can be cut, and that loses what the relay confirms. */
function lineOf(personId: string, up: boolean) {
	const line = { up, confirms: true, deaf: null as (() => void)[] | null, sockets: new Set<NodeSocket>() };
	const Socket = class extends socketAs('board', personId) {
		constructor(url: string) {
			super(line.up ? url : 'ws://127.0.0.1:9/sync?');
			line.sockets.add(this as unknown as NodeSocket);
		}
		override set onmessage(handler: ((event: MessageEvent) => void) | null) {
			super.onmessage = (event) => {
				if (line.deaf) line.deaf.push(() => handler?.(event));
				else if (line.confirms || new Uint8Array(event.data as ArrayBuffer)[0] !== messageAck) handler?.(event);
			};
		}
	};
	return { line, Socket: Socket as unknown as typeof WebSocket };
}

type Coming = {
	name?: DocumentName | undefined;
	/** Of which browser. */
	of?: Pick<DeviceOptions, 'indexedDB' | 'storagePrefix'>;
	up?: boolean;
	/** What tabs of one browser have claimed. */
	claimed?: Set<string>;
	/** Milliseconds until the code is there that keeps words. */
	later?: number;
};

async function comeIn(personId: string, { name = bulletin, of = {}, up = true, later = 0, ...coming }: Coming = {}) {
	const { line, Socket } = lineOf(personId, up);
	const { claimed = new Set() } = coming;
	const kept: (() => void)[] = [];
	const workspace = openDevice({
		url: served.url,
		personId,
		WebSocket: Socket,
		guard: async (document) => {
			if (later > 0) await new Promise((resolve) => setTimeout(resolve, later));
			await keepUnseen(
				document,
				(takeBack) => kept.push(takeBack),
				async (what) => !claimed.has(what) && Boolean(claimed.add(what)),
			);
		},
		...of,
	});
	onTestFinished(() => workspace.close());
	const handle = workspace.open(name);
	await handle.whenLoaded;
	const cut = async () => {
		line.up = false;
		line.sockets.forEach((socket) => socket.terminate());
		await untilStatus(handle, ({ connection }) => connection === 'offline');
	};
	const mend = async () => {
		line.up = line.confirms = true;
		await untilSaved(handle);
	};
	return { handle, workspace, line, kept, cut, mend };
}

/** Mara and Jonas, with a text that both see and the state before its last paragraph was written. */
async function bothIn(name = bulletin) {
	const browser = { indexedDB: new IDBFactory(), storagePrefix: 'mara' };
	const mara = await comeIn('mara', { name, of: browser });
	const jonas = await comeIn('jonas', { name });
	write(jonas, 'Alpha.');
	const old = new Y.Doc();
	Y.applyUpdate(old, Y.encodeStateAsUpdate(jonas.handle.doc));
	write(jonas, 'Alpha.', 'Gamma.');
	await until(mara, 'Alpha.\nGamma.');
	return { mara, jonas, old, browser };
}

function write({ handle: { doc } }: Device, ...lines: string[]): void {
	const blocks = lines.map((text) => paragraph({}, [{ text, marks: [] }]));
	doc.transact(() => rewriteBody(doc, root, blocks), 'person');
}

/** Behind the last paragraph's text. */
function type({ handle: { doc } }: Device, words: string): void {
	const text = (doc.getXmlFragment(root).toArray().at(-1) as Y.XmlElement).get(0) as Y.XmlText;
	doc.transact(() => text.insert(text.length, words), 'person');
}

function textOf({ handle }: { handle: DocumentHandle }): string {
	return bodyText(handle.doc, root);
}

function until(device: Device, text: string): Promise<void> {
	return expect.poll(() => textOf(device)).toBe(text);
}

/** Settles when who opens the document next in this browser finds that something waits. */
async function untilStored(of: Coming['of']): Promise<void> {
	for (let waiting = 0; waiting === 0;) {
		const tab = await comeIn('mara', { of, up: false });
		({ waiting } = tab.handle.status);
		await tab.workspace.close();
	}
}

async function settleAt(text: string, ...devices: Device[]): Promise<void> {
	for (const device of devices) await until(device, text);
	await Promise.all(devices.map(({ handle }) => untilSaved(handle)));
	const newcomer = await comeIn('kim', { name: devices[0]?.handle.name });
	await until(newcomer, text);
	for (const device of devices) expect(textOf(device)).toBe(text);
}

test.each([bulletin, 'minutes:m1'] as const)('in %s, without a network, while another restores', async (name) => {
	const { mara, jonas, old } = await bothIn(name);
	await mara.cut();
	type(mara, ' Delta.');
	restoreDocument(jonas.handle.doc, old, restoreShapes[name === bulletin ? 'bulletin' : 'minutes']);
	await untilSaved(jonas.handle);
	await mara.mend();
	await settleAt('Alpha.\nDelta.', mara, jonas);
	expect(mara.kept).toHaveLength(1);
	mara.kept[0]?.();
	await settleAt('Alpha.', mara, jonas);
});

test('confirmed, and on its way to the other', async () => {
	const { mara, jonas } = await bothIn();
	const late: (() => void)[] = (jonas.line.deaf = []);
	type(mara, ' Delta.');
	await untilSaved(mara.handle);
	write(jonas, 'Alpha.');
	await until(mara, 'Alpha.\nDelta.');
	jonas.line.deaf = null;
	late.forEach((hear) => hear());
	await settleAt('Alpha.\nDelta.', mara, jonas);
});

test('what the other had seen goes', async () => {
	const { mara, jonas } = await bothIn();
	type(mara, ' Delta.');
	await until(jonas, 'Alpha.\nGamma. Delta.');
	write(jonas, 'Alpha.');
	await until(mara, 'Alpha.');
	await settleAt('Alpha.', mara, jonas);
	expect(mara.kept).toEqual([]);
});

test('the relay had it, and could not say so', async () => {
	const { mara, jonas } = await bothIn();
	await jonas.cut();
	mara.line.confirms = false;
	type(mara, ' Delta.');
	const { handle: kim } = await comeIn('kim');
	await expect.poll(() => bodyText(kim.doc, root)).toBe('Alpha.\nGamma. Delta.');
	await mara.cut();
	write(jonas, 'Alpha.');
	await jonas.mend();
	await expect.poll(() => bodyText(kim.doc, root)).toBe('Alpha.');
	await mara.mend();
	await settleAt('Alpha.\nDelta.', mara, jonas);
});

test('a page that is gone wrote it', async () => {
	const { mara, jonas, browser } = await bothIn();
	await mara.cut();
	type(mara, ' Delta.');
	await mara.workspace.close();
	write(jonas, 'Alpha.');
	await untilSaved(jonas.handle);
	const again = await comeIn('mara', { of: browser, later: 200 });
	await settleAt('Alpha.\nDelta.', again, jonas);
	await again.workspace.close();
	const later = await comeIn('mara', { of: browser });
	await settleAt('Alpha.\nDelta.', later, jonas);
});

test('two tabs and another device of the same person have it', async () => {
	const { mara, jonas, browser } = await bothIn();
	await mara.workspace.close();
	const claimed = new Set<string>();
	const one = await comeIn('mara', { of: browser, claimed });
	const phone = await comeIn('mara');
	await Promise.all([untilSaved(one.handle), untilSaved(phone.handle)]);
	await one.cut();
	type(one, ' Delta.');
	await untilStored(browser);
	const two = await comeIn('mara', { of: browser, claimed, up: false });
	expect(two.handle.status.waiting).toBe(1);
	write(jonas, 'Alpha.');
	await untilSaved(jonas.handle);
	await Promise.all([one.mend(), two.mend()]);
	await settleAt('Alpha.\nDelta.', one, two, phone, jonas);
	expect(one.kept.length + two.kept.length + phone.kept.length).toBe(1);
});
