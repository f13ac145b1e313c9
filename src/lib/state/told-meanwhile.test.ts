import { bodyText } from '#lib/documents/body.ts';
import { rewriteBody } from '#lib/documents/body-rewrite.ts';
import { addResolution, setVoices } from '#lib/documents/change-minutes.ts';
import type { LostDecision } from '#lib/documents/kept-here.ts';
import { readMinutes } from '#lib/documents/minutes.ts';
import { decide } from '#lib/documents/review.ts';
import { paragraph } from '#lib/documents/rich-body.ts';
import type { RelayMessage, WaitingDocument } from '#lib/sync/contract.ts';
import * as encoding from 'lib0/encoding';
import { beforeEach, describe, expect, test } from 'vitest';
import { writeSyncStep1 } from 'y-protocols/sync';
import * as Y from 'yjs';
import type { Api } from './api.ts';
import { tellMeanwhile, type ToldCounts } from './told-meanwhile.ts';

const relay = Symbol('relay');
/** The document on this device, and as others have it. */
let doc: Y.Doc;
let others: Y.Doc;
let waiting: number;
let counts: ToldCounts[];
let decisions: LostDecision[];
let begun: Promise<void>;

const vote = () => readMinutes(doc).resolutions[0]?.vote?.yes;

function begin(): void {
	const greeting = encoding.createEncoder();
	encoding.writeVarUint(greeting, 0);
	writeSyncStep1(greeting, others);
	const said: RelayMessage[] = [{ data: encoding.toUint8Array(greeting) } as unknown as RelayMessage];
	const document = {
		name: 'minutes:m1',
		doc,
		access: 'write',
		whenLoaded: Promise.resolve(),
		get status() {
			return { waiting };
		},
		said: (origin: unknown) => (origin === relay ? said : []),
	} as unknown as WaitingDocument;
	const send = () => Promise.resolve({ ok: true, value: { authors: { 9: 'jonas' } } });
	begun = tellMeanwhile({ send } as unknown as Api, document, {
		counts: (told) => counts.push(told),
		decision: (lost) => decisions.push(lost),
	});
}

/** What others have comes here, from the relay or from another tab. */
async function hear(origin: unknown = relay): Promise<void> {
	await begun;
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(others), origin);
	await Promise.resolve();
	await new Promise((resolve) => setTimeout(resolve));
}

beforeEach(() => {
	[doc, others, waiting, counts, decisions] = [new Y.Doc(), new Y.Doc(), 1, [], []];
	// Of two at once the higher holds.
	[doc.clientID, others.clientID] = [5, 9];
	addResolution(others, { id: 'r', itemId: 'i', text: 'Plakate', status: 'draft' });
	const mark = { type: 'ins', attrs: { by: 'eva', at: 1, id: 'x' } };
	others.transact(() => rewriteBody(others, 'body:i', [paragraph({}, [{ text: 'Eins.', marks: [mark] }])]));
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(others));
});

describe('voices that do not hold', () => {
	const told = { mine: { yes: 7 }, theirs: { yes: 3 }, title: 'Plakate', author: 'jonas' };

	test('are told with who entered the others, and come back with one press', async () => {
		setVoices(doc, 'r', 'yes', 7);
		begin();
		setVoices(others, 'r', 'yes', 3);
		await hear();
		expect(counts).toMatchObject([told]);
		expect(vote()).toBe(3);
		counts[0]?.putBack();
		expect(vote()).toBe(7);
	});

	test('do not come back over what somebody corrected since', async () => {
		setVoices(doc, 'r', 'yes', 7);
		begin();
		setVoices(others, 'r', 'yes', 3);
		await hear();
		setVoices(others, 'r', 'yes', 4);
		await hear();
		expect(counts).toHaveLength(1);
		counts[0]?.putBack();
		expect(vote()).toBe(4);
	});

	test('are told also where a page that is closed had entered them, and the relay had not got them', async () => {
		setVoices(doc, 'r', 'yes', 7);
		doc.clientID = 6;
		begin();
		setVoices(others, 'r', 'yes', 3);
		await hear();
		expect(counts).toMatchObject([told]);
	});

	test('are not told of what the relay had got from whoever entered them', async () => {
		const third = new Y.Doc();
		third.clientID = 9;
		Y.applyUpdate(third, Y.encodeStateAsUpdate(others));
		others.clientID = 5;
		setVoices(others, 'r', 'yes', 7);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(others));
		doc.clientID = 6;
		begin();
		setVoices(third, 'r', 'yes', 3);
		Y.applyUpdate(others, Y.encodeStateAsUpdate(third));
		await hear();
		expect(vote()).toBe(3);
		expect(counts).toEqual([]);
	});

	test('are not told where another had them, or another tab brings the others', async () => {
		setVoices(doc, 'r', 'yes', 7);
		Y.applyUpdate(others, Y.encodeStateAsUpdate(doc));
		begin();
		setVoices(others, 'r', 'yes', 3);
		await hear();
		expect(counts).toEqual([]);
		setVoices(doc, 'r', 'no', 7);
		setVoices(others, 'r', 'no', 3);
		await hear('tab');
		expect(counts).toEqual([]);
	});
});

describe('what one keeps and another throws away', () => {
	test('is told as long as the relay has not heard of it', async () => {
		decide(doc, 'body:i', 'accept', () => true);
		begin();
		decide(others, 'body:i', 'reject', () => true);
		await hear();
		expect(decisions.map(({ words }) => words)).toEqual(['Eins.']);
		decisions[0]?.putBack?.();
		expect(bodyText(doc, 'body:i')).toBe('Eins.');
	});

	test('is an ordinary deletion from then on', async () => {
		decide(doc, 'body:i', 'accept', () => true);
		begin();
		await begun;
		waiting = 0;
		decide(others, 'body:i', 'reject', () => true);
		await hear();
		expect(bodyText(doc, 'body:i')).toBe('');
		expect(decisions).toEqual([]);
	});
});
