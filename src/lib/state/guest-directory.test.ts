import { readDirectory } from '#lib/documents/directory.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { createApi } from './api.ts';
import { keepGuestDirectory } from './guest-directory.ts';

const meeting = {
	id: 'm1',
	bodyId: 'b1',
	body: 'Stadtvorstand',
	title: '',
	start: '2025-01-09T18:00',
	end: null,
	mode: 'inPerson',
	place: 'Rathaus',
	link: '',
	status: 'planned',
	invited: [],
	guests: [],
};

/** A page that somebody looks at or not, and what the server answers. */
class Page extends EventTarget {
	readonly document = Object.assign(new EventTarget(), { hidden: false });
	readonly doc = new Y.Doc();
	asked = 0;
	news = 0;
	answer: [status: number, body: unknown] = [200, { meeting }];
	readonly stop: () => void;

	/** @param opened the meeting that it was opened for */
	constructor(opened: string | null = 'm1') {
		super();
		const fetch = async () => {
			this.asked++;
			return Response.json(this.answer[1], { status: this.answer[0] });
		};
		this.stop = keepGuestDirectory(
			this.doc,
			{
				api: createApi({ fetch, timeLimitMs: 1000 }),
				store: null,
				onStatus: () => {},
				meetingId: opened ?? undefined,
				onNews: () => this.news++,
			},
			this as unknown as Window,
		);
	}

	get meetings(): string[] {
		return readDirectory(this.doc).meetings.map(({ id }) => id);
	}

	async look(hidden: boolean): Promise<void> {
		this.document.hidden = hidden;
		this.document.dispatchEvent(new Event('visibilitychange'));
		await vi.advanceTimersByTimeAsync(0);
	}
}

let page: Page;
beforeEach(async () => {
	vi.useFakeTimers();
	page = new Page();
	await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
	page.stop();
	vi.useRealTimers();
});

test('what the server tells is there at once', () => {
	expect([page.asked, page.news, page.meetings]).toEqual([1, 0, ['m1']]);
});

test.each([
	[401, 'revoked'],
	[401, 'unauthorized'],
	[404, 'not-found'],
])('who is turned away (%i %s) hears of it within half a minute of looking at it', async (status, error) => {
	page.answer = [status, { error }];
	await vi.advanceTimersByTimeAsync(30_000);
	expect(page.news).toBe(1);
});

test('nobody asks while nobody looks, and at once when somebody does again', async () => {
	page.answer = [401, { error: 'revoked' }];
	await page.look(true);
	await vi.advanceTimersByTimeAsync(600_000);
	expect([page.asked, page.news]).toEqual([1, 0]);
	await page.look(false);
	expect([page.asked, page.news]).toEqual([2, 1]);
});

test('it asks when the network comes back', async () => {
	page.answer = [401, { error: 'revoked' }];
	page.dispatchEvent(new Event('online'));
	await vi.advanceTimersByTimeAsync(0);
	expect(page.news).toBe(1);
});

test('a server that has trouble, or a café’s login page, turns nobody away', async () => {
	for (const answer of [
		[500, { error: 'server' }],
		[401, '<html>'],
		[429, { error: 'too-many-tries' }],
	] as const) {
		page.answer = [...answer];
		await vi.advanceTimersByTimeAsync(30_000);
	}
	expect([page.asked, page.news, page.meetings]).toEqual([4, 0, ['m1']]);
});

test('a meeting that is back after the page was opened without one is news', async () => {
	page.stop();
	page = new Page(null);
	await vi.advanceTimersByTimeAsync(0);
	expect(page.news).toBe(1);
});

test('stopped it asks no more', async () => {
	page.stop();
	page.dispatchEvent(new Event('online'));
	await page.look(false);
	await vi.advanceTimersByTimeAsync(600_000);
	expect(page.asked).toBe(1);
});
