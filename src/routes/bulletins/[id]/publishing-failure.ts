/** What publishing is refused for, in words. Few ever need them: the page that one writes on fetches them when it must. */
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Failure } from '#lib/state/api.ts';
import { failureText } from '#lib/state/failure-text.ts';

/** Why it was not done. */
export function publishingFailure(failure: Failure): string {
	switch (failure) {
		case 'content-differs':
			return m.publishing_failed_content_differs();
		case 'content-unknown':
			return m.publishing_say_unknown();
		case 'content-missing':
			return m.publishing_say_empty();
		case 'suggestions-open':
			return m.publishing_failed_suggestions_open();
		case 'approvals-missing':
			return m.publishing_failed_approvals_missing();
		case 'note-missing':
			// Where a note is asked for, nothing is sent without one: this one was thought to be the first to go out.
			return m.publishing_failed_note_missing();
		case 'already-published':
			return m.publishing_failed_already_published();
		case 'page-differs':
			return m.publishing_failed_page_differs();
		case 'offline':
			return m.publishing_say_offline();
		default:
			return failureText(failure);
	}
}
