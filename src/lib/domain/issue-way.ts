/**
 * Where an issue stands on its way out, and what it takes to go on. Computed from what the server says and what is on the
 * page at this moment; nothing of it is stored, so a change of the text changes it at once.
 */

import type { BulletinStatus } from './bulletin.ts';

export const waySteps = ['draft', 'review', 'approved', 'published'] as const;
export type WayStep = (typeof waySteps)[number];

export type WayFacts = {
	/** What is noted of it. */
	said: BulletinStatus;
	/** Of the content on the page, as it is approved. */
	hash: string;
	/** Of the words in it alone, which are what goes out. */
	words: string;
	articles: number;
	/** Accepted ones are still to be carried out; unread ones stand in no list. */
	suggestions: { open: number; accepted: number; unread: number };
	/** Person ids and what each approved. */
	approvals: readonly { personId: string; hash: string }[];
	needed: number;
	page: { withdrawn: boolean } | null;
	/** Of the words that went out last; null before the first. */
	published: string | null;
	me: string;
};

export type Way = {
	step: WayStep;
	/** It is public; `changed`: the text on this page is not what the public reads. */
	publicly: 'no' | 'yes' | 'changed' | 'withdrawn';
	/** How many of the present content. */
	approved: number;
	/** How many are missing. */
	missing: number;
	mine: boolean;
	/** The approvals of another content than the present one. */
	lifted: number;
	/** What stands in the way of approving and publishing. */
	hindrance: 'empty' | 'suggestions' | 'accepted' | 'unread' | null;
	next: 'ask' | 'approve' | 'wait' | 'publish' | null;
};

export function wayOf(facts: WayFacts): Way {
	const { hash, words, approvals, needed, page, published, suggestions, articles, me } = facts;
	const valid = approvals.filter((approval) => approval.hash === hash);
	const missing = Math.max(0, needed - valid.length);
	const hindrance = articles === 0 ? 'empty' : openIn(suggestions);
	const publicly = page === null ? 'no' : page.withdrawn ? 'withdrawn' : published === words ? 'yes' : 'changed';
	const mine = valid.some(({ personId }) => personId === me);
	const step = stepOf(facts.said, { publicly, approved: missing === 0 && hindrance === null, begun: valid.length > 0 });
	return {
		step,
		publicly,
		approved: valid.length,
		missing,
		mine,
		lifted: approvals.length - valid.length,
		hindrance,
		next: nextOf(step, mine, published === words),
	};
}

/** One thing at a time: what one decides oneself comes first, and what is carried out without anybody's help last. */
function openIn({ open, accepted, unread }: WayFacts['suggestions']): Way['hindrance'] {
	if (open > 0) return 'suggestions';
	if (unread > 0) return 'unread';
	return accepted > 0 ? 'accepted' : null;
}

function stepOf(
	said: BulletinStatus,
	{ publicly, approved, begun }: { publicly: Way['publicly']; approved: boolean; begun: boolean },
): WayStep {
	if (publicly === 'yes') return 'published';
	if (approved) return 'approved';
	// Who corrects what is out already wants it read by the others: there is no draft to go back to.
	return begun || said !== 'draft' || publicly === 'changed' ? 'review' : 'draft';
}

function nextOf(step: WayStep, mine: boolean, isLast: boolean): Way['next'] {
	if (step === 'published') return null;
	if (step === 'draft') return 'ask';
	// What went out last and was withdrawn is shown again, not published again.
	if (step === 'approved') return isLast ? null : 'publish';
	return mine ? 'wait' : 'approve';
}
