/** What became different in an issue since somebody approved it, in words. */
import { formatList } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { ContentChange } from '#lib/state/publishing.svelte.ts';

export function changesText(changes: readonly ContentChange[]): string {
	return changes.length === 0 ? m.publishing_change_unknown() : formatList(changes.map(changeText));
}

function changeText(change: ContentChange): string {
	switch (change.what) {
		case 'title':
			return m.publishing_change_title();
		case 'date':
			return m.publishing_change_date();
		case 'language':
			return m.publishing_change_language();
		case 'order':
			return m.publishing_change_order();
		case 'text':
			return m.publishing_change_text({ title: named(change.title) });
		case 'added':
			return m.publishing_change_added({ title: named(change.title) });
		case 'removed':
			return m.publishing_change_removed({ title: named(change.title) });
		case 'renamed':
			return m.publishing_change_renamed({ title: named(change.title), before: named(change.before) });
	}
}

function named(title: string): string {
	return title || m.bulletins_untitled();
}
