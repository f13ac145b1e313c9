import { addThread, addRemark, resolveThread } from '#lib/documents/comments.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { Api } from './api.ts';
import { keyOf } from './comment-drafts.svelte.ts';
import { Comments } from './comments.svelte.ts';

test('editors hear that a comment is begun, on others words, and given up or said', () => {
	const doc = new Y.Doc();
	const comments = new Comments(
		{ name: 'bulletin:b1', doc, access: 'write' } as unknown as DocumentHandle,
		'mara',
		{} as Api,
	);
	const heard: (string | undefined)[] = [];
	comments.onchange(() => heard.push(comments.draft?.quote));
	const begin = (quote: string) => {
		const draft = { fragment: 'body:a', quote, place: null, back: () => undefined };
		comments.begin(draft);
		return draft;
	};
	begin('Kasse');
	comments.giveUpDraft(keyOf(begin('Markt')));
	comments.say(begin('Markt'), 'Welcher?', () => undefined);
	expect(heard).toEqual(['Kasse', 'Markt', undefined, 'Markt', 'Markt', undefined]);
	comments.close();
});

describe('who said something', () => {
	let authors: Record<string, string | null> | null;
	let asked: number;
	let doc: Y.Doc;
	let comments: Comments;

	beforeEach(() => {
		vi.useFakeTimers();
		[authors, asked, doc] = [{ 1: 'mara' }, 0, new Y.Doc()];
		doc.clientID = 1;
		const send = () => {
			asked++;
			return Promise.resolve(authors ? { ok: true, value: { authors } } : { ok: false, error: 'offline' });
		};
		const handle = { name: 'bulletin:b1', doc, access: 'write' } as unknown as DocumentHandle;
		comments = new Comments(handle, 'mara', { send } as unknown as Api);
		addThread(doc, { id: 't1', root: 'body:a', quote: 'Kasse' }, { id: 'r1', by: 'mara', at: 1, text: 'Stimmt das?' });
	});

	afterEach(() => {
		comments.close();
		vi.useRealTimers();
	});

	/** By whose device each remark was entered, and that it is settled, after as long as it takes to hear of it. */
	async function told(after = 0): Promise<(string | null)[]> {
		const read = () =>
			comments.threads.flatMap((thread) => [
				...thread.remarks.map((remark) => comments.enteredBy(remark)),
				comments.resolvedFor(thread),
			]);
		read();
		await vi.advanceTimersByTimeAsync(after);
		return read();
	}

	/** As another device, which has come meanwhile. */
	function forge(client: number, person: string, change: () => void): void {
		authors = { ...authors, [client]: person };
		doc.clientID = client;
		doc.transact(change);
	}

	test('is said where another’s device wrote it while the page was open', async () => {
		expect(await told()).toEqual([null, null]);
		expect(asked).toBe(1);
		forge(2, 'bodo', () => addRemark(doc, 't1', { id: 'r2', by: 'mara', at: 2, text: 'Ich trete zurück.' }));
		expect(await told()).toEqual([null, 'bodo', null]);
		forge(3, 'bodo', () => addRemark(doc, 't1', { id: 'r3', by: 'word:Mara', at: 3, text: 'Aus einer Datei' }));
		expect(await told()).toEqual([null, 'bodo', 'bodo', null]);
		const fromFile = comments.threads.flatMap(({ remarks }) => remarks).filter(({ by }) => by === 'word:Mara');
		expect(fromFile.map((remark) => comments.enteredBy(remark, 'bodo'))).toEqual([null]);
		expect(fromFile.map((remark) => comments.enteredBy(remark, 'mara'))).toEqual(['bodo']);
	});

	test('is said where another called it settled in their name, or moved it', async () => {
		forge(2, 'bodo', () => resolveThread(doc, 't1', 'mara'));
		expect(await told()).toEqual([null, 'bodo']);
		forge(2, 'bodo', () => (doc.getMap('remarks').get('r1') as Y.Map<unknown>).set('at', 5));
		expect(await told()).toEqual(['bodo', 'bodo']);
	});

	test('is said of the words that it is about where another’s device wrote others, and not of who began it', async () => {
		const placed = async () => {
			const read = () => comments.threads.map((thread) => comments.placedBy(thread));
			read();
			await vi.advanceTimersByTimeAsync(0);
			return read();
		};
		const record = () => doc.getMap('threads').get('t1') as Y.Map<unknown>;
		expect(await placed()).toEqual([null]);
		forge(2, 'bodo', () => {
			addRemark(doc, 't1', { id: 'r0', by: 'bodo', at: 0, text: 'Bist du einverstanden?' });
			record().set('quote', 'Bodo');
		});
		expect(await told()).toEqual([null, null, null]);
		expect(await placed()).toEqual(['bodo']);
		// That there were others is known without the server; whose these are is not.
		authors = null;
		doc.clientID = 3;
		record().set('quote', 'Kasse');
		expect(await placed()).toEqual(['']);
	});

	test('is said of the place where the words are gone, but not of the beginner’s other device', async () => {
		const placed = () => comments.threads.map((thread) => comments.placedBy(thread));
		const mark = (at: number) => (body.get(0) as Y.XmlText).format(at, 1, { 'comment--AAAAAAAA': { id: 't1' } });
		const body = doc.getXmlFragment('body:a');
		body.insert(0, [new Y.XmlText('Kasse')]);
		(doc.getMap('threads').get('t1') as Y.Map<unknown>).set('quote', '');
		forge(2, 'mara', () => mark(0));
		forge(3, 'bodo', () => addRemark(doc, 't1', { id: 'r2', by: 'bodo', at: 2, text: 'Ja.' }));
		await told();
		expect(placed()).toEqual([null]);
		forge(3, 'bodo', () => mark(3));
		expect(placed()).toEqual(['bodo']);
	});

	test('is asked for again where the server does not know yet, or is not to be reached', async () => {
		await told();
		doc.clientID = 2;
		addRemark(doc, 't1', { id: 'r2', by: 'mara', at: 2, text: 'Ich trete zurück.' });
		expect(await told()).toEqual([null, null, null]);
		authors = { 1: 'mara', 2: 'bodo' };
		expect(await told(1000)).toEqual([null, 'bodo', null]);
		authors = null;
		doc.clientID = 3;
		addRemark(doc, 't1', { id: 'r3', by: 'mara', at: 3, text: 'Wirklich.' });
		expect(await told(29_000)).toEqual([null, 'bodo', null, null]);
		authors = { 1: 'mara', 2: 'bodo', 3: 'bodo' };
		expect(await told(1000)).toEqual([null, 'bodo', 'bodo', null]);
		// What nobody will ever know is not asked for on and on.
		doc.clientID = 4;
		addRemark(doc, 't1', { id: 'r4', by: 'mara', at: 4, text: 'Früher.' });
		asked = 0;
		await told(3_600_000);
		expect(asked).toBe(5);
	});
});
