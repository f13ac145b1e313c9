import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createRandom, type Random } from '../tests/support/random.ts';
import { yjsUndoInOrder } from './yjs-undo-in-order.ts';

class Writer {
	readonly doc = new Y.Doc();
	readonly root = this.doc.getXmlFragment('body');
	readonly undoManager = new Y.UndoManager(this.root, { captureTimeout: 0 });

	constructor(clientId: number) {
		this.doc.clientID = clientId;
	}

	begin(): void {
		const paragraph = new Y.XmlElement('p');
		paragraph.insert(0, [new Y.XmlText('abcdef')]);
		this.doc.transact(() => this.root.insert(0, [paragraph]), 'not to be undone');
	}

	get text(): Y.XmlText | null {
		const paragraph = this.root.length > 0 ? (this.root.get(0) as Y.XmlElement) : null;
		return paragraph && (paragraph.get(0) as Y.XmlText);
	}

	insert(at: number, letters: string): void {
		this.text?.insert(at, letters);
	}

	erase(at: number, length: number): void {
		this.text?.delete(at, length);
	}

	remove(): void {
		this.root.delete(0, this.root.length);
	}

	undo(): void {
		this.undoManager.undo();
	}

	fetch(other: Writer): void {
		Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), 'fetched');
	}

	get shown(): string {
		return this.root.toString();
	}
}

function exchange([one, other]: readonly [Writer, Writer]): void {
	one.fetch(other);
	other.fetch(one);
}

test('what was erased comes back behind its neighbours, whatever was written between them since', () => {
	const writer = new Writer(1);
	writer.begin();
	writer.erase(4, 2);
	writer.remove();
	writer.undo();
	writer.insert(2, 'X');
	writer.undo();
	writer.undo();
	expect(writer.shown).toBe('<p>abcdef</p>');
});

test('what was brought back before comes back in its order, on both devices', () => {
	const [one, other] = [new Writer(1), new Writer(2)];
	one.begin();
	other.fetch(one);
	other.erase(2, 4);
	other.undo();
	other.erase(3, 1);
	exchange([one, other]);
	other.remove();
	one.insert(5, 'X');
	other.undo();
	exchange([one, other]);
	expect([one.shown, other.shown]).toEqual(['<p>abcef</p>', '<p>abcef</p>']);
});

test('what was brought back goes as a whole when its writing is taken back, whatever another wrote in it since', () => {
	const [one, other] = [new Writer(1), new Writer(2)];
	one.begin();
	one.insert(6, 'gh');
	one.erase(6, 2);
	one.undo();
	exchange([one, other]);
	other.insert(7, 'X');
	exchange([one, other]);
	one.undo();
	expect(one.shown).toBe('<p>abcdefX</p>');
});

test('what was brought back beside another’s letters goes without them', () => {
	const [one, other] = [new Writer(1), new Writer(2)];
	one.begin();
	exchange([one, other]);
	other.insert(6, 'X');
	exchange([one, other]);
	one.insert(6, 'gh');
	one.remove();
	one.undo();
	expect(one.shown).toBe('<p>abcdefghX</p>');
	one.undo();
	expect(one.shown).toBe('<p>abcdefX</p>');
});

test('two who write, erase and take back have the same, and so has who comes later', () => {
	for (let seed = 1; seed <= 3000; seed++) {
		const random = createRandom(seed);
		const pair = [new Writer(1), new Writer(2)] as const;
		pair[0].begin();
		exchange(pair);
		const steps = Array.from({ length: 6 + random.nat(12) }, () => step(pair, random));
		exchange(pair);
		const late = new Writer(3);
		late.fetch(pair[0]);
		const shown = [...pair, late].map((writer) => writer.shown);
		expect(shown, `seed ${seed}: ${steps.join(', ')}`).toEqual([late.shown, late.shown, late.shown]);
	}
});

function step(pair: readonly [Writer, Writer], random: Random): string {
	const number = random.nat(2) as 0 | 1;
	const writer = pair[number];
	const length = writer.text?.length ?? 0;
	const at = random.nat(length + 1);
	const kinds = {
		insert: () => writer.insert(at, random.pick(['X', 'Y', 'Z']) ?? 'X'),
		erase: () => at < length && writer.erase(at, 1 + random.nat(length - at)),
		remove: () => writer.remove(),
		undo: () => writer.undo(),
		exchange: () => exchange(pair),
	};
	const name = random.pick(['insert', 'insert', 'erase', 'remove', 'undo', 'undo', 'exchange'] as const) ?? 'undo';
	kinds[name]();
	return `${number} ${name} ${at}`;
}

test('another form of Yjs is refused', () => {
	const transform = yjsUndoInOrder.transform as (code: string, id: string) => unknown;
	expect(() => transform('const redoItem = () => {};', '/node_modules/yjs/dist/yjs.mjs')).toThrow('does not know');
	expect(transform('const redoItem = () => {};', '/node_modules/other/dist/yjs.js')).toBeNull();
});
