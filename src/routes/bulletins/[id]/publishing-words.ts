/** The way out of an issue in words. */
import type { WayStep } from '#lib/domain/issue-way.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Way } from '#lib/state/publishing.svelte.ts';

export const stepWords: Record<WayStep, () => string> = {
	draft: m.publishing_step_draft,
	review: m.publishing_step_review,
	approved: m.publishing_step_approved,
	published: m.publishing_step_published,
};

const tones = { draft: 'neutral', review: 'wait', approved: 'ok', published: 'ok' } as const;

/** In one or two words, for the page's head. */
export type WayTag = { words: string; tone: 'neutral' | 'wait' | 'ok' };

export function wayTag({ step, publicly }: Way): WayTag {
	if (publicly === 'changed') return { words: m.publishing_changed(), tone: 'wait' };
	if (publicly === 'withdrawn') return { words: m.publishing_withdrawn(), tone: 'neutral' };
	return { words: stepWords[step](), tone: tones[step] };
}

/** How things stand, and what is to be done: one thing. */
export function wayText(way: Way, suggestions: number): string {
	if (way.publicly === 'yes') return m.publishing_say_published();
	if (way.hindrance === 'empty') return m.publishing_say_empty();
	if (way.hindrance === 'suggestions') return m.publishing_say_suggestions({ count: suggestions });
	if (way.hindrance === 'accepted') return m.publishing_say_accepted();
	if (way.hindrance === 'unread') return m.publishing_say_unread();
	if (way.next === 'ask') return m.publishing_say_draft();
	if (way.next === 'publish') return m.publishing_say_approved();
	if (way.next === 'wait') return m.publishing_say_wait();
	return way.next === 'approve' ? m.publishing_say_approve() : '';
}
