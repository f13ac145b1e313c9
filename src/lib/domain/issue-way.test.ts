import { describe, expect, test } from 'vitest';
import { wayOf, type WayFacts } from './issue-way.ts';

const none = { open: 0, accepted: 0, unread: 0 };
const fresh: WayFacts = {
	said: 'draft',
	hash: 'now',
	words: 'now',
	articles: 2,
	suggestions: none,
	approvals: [],
	needed: 2,
	page: null,
	published: null,
	me: 'mara',
};
const by = (...people: string[]) => people.map((personId) => ({ personId, hash: 'now' }));
const shown = { page: { withdrawn: false }, published: 'now' } as const;

describe('an issue’s way', () => {
	test.each<[string, Partial<WayFacts>, Partial<ReturnType<typeof wayOf>>]>([
		['begins as a draft', {}, { step: 'draft', next: 'ask', missing: 2, publicly: 'no' }],
		['goes to the others', { said: 'review' }, { step: 'review', next: 'approve' }],
		['does not forget an approval that nobody asked for', { approvals: by('jonas') }, { step: 'review', missing: 1 }],
		['waits for others after one’s own approval', { approvals: by('mara') }, { next: 'wait', mine: true, missing: 1 }],
		['is approved by as many as it takes', { approvals: by('mara', 'jonas') }, { step: 'approved', next: 'publish' }],
		[
			'is not approved any more after a change',
			{ approvals: by('mara', 'jonas'), hash: 'later' },
			{ step: 'draft', lifted: 2, approved: 0 },
		],
		['is approved by more than it takes', { approvals: by('mara', 'jonas', 'kim') }, { missing: 0, approved: 3 }],
		[
			'is held up by a suggestion',
			{ approvals: by('mara', 'jonas'), suggestions: { open: 1, accepted: 1, unread: 1 } },
			{ step: 'review', hindrance: 'suggestions' },
		],
		[
			'is held up by what cannot be read',
			{ approvals: by('mara', 'jonas'), suggestions: { ...none, accepted: 1, unread: 1 } },
			{ step: 'review', hindrance: 'unread' },
		],
		[
			'is held up by what is accepted and still to be carried out',
			{ approvals: by('mara', 'jonas'), suggestions: { ...none, accepted: 1 } },
			{ step: 'review', hindrance: 'accepted' },
		],
		['is held up by having no article', { said: 'review', articles: 0 }, { hindrance: 'empty' }],
		['ends published', { ...shown, said: 'published' }, { step: 'published', next: null, publicly: 'yes' }],
		[
			'goes on as a correction',
			{ ...shown, said: 'published', hash: 'later', words: 'later' },
			{ step: 'review', next: 'approve', publicly: 'changed' },
		],
		[
			'stays published when what it is from was cancelled or deleted: its words are what is out',
			{ ...shown, said: 'published', hash: 'later' },
			{ step: 'published', next: null, publicly: 'yes' },
		],
		[
			'a correction is approved anew',
			{ ...shown, hash: 'now', published: 'before', approvals: by('mara', 'jonas') },
			{ step: 'approved', next: 'publish', publicly: 'changed' },
		],
		[
			'withdrawn, it is shown again, not published again',
			{ page: { withdrawn: true }, published: 'now', approvals: by('mara', 'jonas') },
			{ publicly: 'withdrawn', next: null },
		],
		[
			'withdrawn and changed, it is approved anew',
			{ page: { withdrawn: true }, published: 'before', said: 'withdrawn' },
			{ publicly: 'withdrawn', step: 'review', next: 'approve' },
		],
	])('%s', (_what, facts, expected) => {
		expect(wayOf({ ...fresh, ...facts })).toMatchObject(expected);
	});
});
