import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Suggestion } from '#lib/documents/read-suggestions.ts';
import ReviewList from './ReviewList.svelte';
import { VersionBefore } from './version-before.svelte.ts';

function listOf(count: number): { body: string; cards: number } {
	const suggestions = Array.from({ length: count }, (_, at): Suggestion => ({
		root: 'body:a',
		by: 'A',
		at: 1,
		id: `s${at}`,
		parts: [{ kind: 'ins', text: `Satz ${at}`, clients: [1] }],
	}));
	const { body } = render(ReviewList, {
		props: {
			handle: { doc: new Y.Doc() },
			suggestions,
			writes: true,
			nameOf: (id) => id,
			authorOf: () => 'A',
			personOf: (claimed) => claimed,
			before: new VersionBefore(() => Promise.resolve(true)),
			onlook: () => undefined,
		},
	});
	return { body, cards: body.match(/<article/g)?.length ?? 0 };
}

test('of a long list the first hundred are there, each with its place among all, and it is said', () => {
	const { body, cards } = listOf(1500);
	expect(cards).toBe(100);
	expect(body).toContain('aria-setsize="1500"');
	expect(body).toContain('aria-posinset="100"');
	expect(body).toMatch(/100 (of|von) 1500/);
	expect(body).toMatch(/Show more|Weitere anzeigen/);
});

test('a list of a hundred is whole', () => {
	const { body, cards } = listOf(100);
	expect(cards).toBe(100);
	expect(body).not.toMatch(/Show more|Weitere anzeigen/);
});
