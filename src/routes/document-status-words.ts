/** One document's state in words, for the details, which are loaded when somebody asks for them. */
import { m } from '#lib/i18n/paraglide/messages.js';
import type { App } from '#lib/state/app.svelte.ts';
import { same, statusWords, type StatusWords } from './status-words.ts';

type DocumentStatus = App['status']['documents'][number]['status'];

/** One document's state, in the words of the whole. */
export function documentStateWords(status: DocumentStatus): StatusWords {
	const { refusal, waiting } = status;
	if (refusal) return same(refusalWords[refusal](), 'bad');
	if (status.saved) return statusWords({ state: 'saved', waiting });
	if (status.keeping !== 'kept' && status.keeping !== 'opening') return statusWords({ state: 'not-kept', waiting });
	if (!status.serverSaves) return statusWords({ state: 'cannot-save', waiting });
	return statusWords({ state: status.connection === 'offline' ? 'offline' : 'saving', waiting });
}

const refusalWords: Record<NonNullable<DocumentStatus['refusal']>, () => string> = {
	'signed-out': () => m.sync_refusal_signed_out(),
	forbidden: () => m.sync_refusal_forbidden(),
	outdated: () => m.sync_refusal_outdated(),
	'bad-frame': () => m.sync_refusal_bad_frame(),
	'too-large': () => m.sync_refusal_too_large(),
	'not-found': () => m.sync_refusal_not_found(),
	reopening: () => m.sync_refusal_reopening(),
};

/** Whether this device keeps the document, and if not, why. */
export const keepingWords: Record<DocumentStatus['keeping'], () => string> = {
	opening: () => m.sync_keeping_opening(),
	kept: () => m.sync_keeping_kept(),
	denied: () => m.sync_keeping_denied(),
	full: () => m.sync_keeping_full(),
	corrupt: () => m.sync_keeping_corrupt(),
	closed: () => m.sync_keeping_closed(),
	timeout: () => m.sync_keeping_timeout(),
};
