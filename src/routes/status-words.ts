/** The one indicator's words: what is true of someone's work right now, never more than is known. */
import { m } from '#lib/i18n/paraglide/messages.js';
import type { App } from '#lib/state/app.svelte.ts';

type WorkspaceStatus = App['status'];

export type Tone = 'ok' | 'wait' | 'bad';
export type StatusWords = {
	text: string;
	/** Where there is little room. */
	short: string;
	tone: Tone;
};

export function statusWords({ state, waiting }: Pick<WorkspaceStatus, 'state' | 'waiting'>): StatusWords {
	switch (state) {
		case 'saved':
			return same(m.sync_saved(), 'ok');
		case 'saving':
			return same(waiting > 0 ? m.sync_saving({ count: waiting }) : m.sync_saving_first(), 'wait');
		case 'offline':
			return waiting > 0
				? {
						text: m.sync_offline_waiting({ count: waiting }),
						short: m.sync_offline_short_waiting({ count: waiting }),
						tone: 'wait',
					}
				: { text: m.sync_offline(), short: m.sync_offline_short(), tone: 'wait' };
		case 'cannot-save':
			return waiting > 0
				? {
						text: m.sync_cannot_save_waiting({ count: waiting }),
						short: m.sync_cannot_save_short_waiting({ count: waiting }),
						tone: 'wait',
					}
				: { text: m.sync_cannot_save(), short: m.sync_cannot_save_short(), tone: 'wait' };
		case 'not-kept':
			// Too serious to be cut short.
			return same(m.sync_not_kept(), 'bad');
		case 'outdated':
			return same(m.sync_outdated(), 'bad');
		case 'signed-out':
			return same(m.sync_signed_out(), 'bad');
	}
}

/** Where there is room for all of it, always. */
export function same(text: string, tone: Tone): StatusWords {
	return { text, short: text, tone };
}

/** Documents whose work would be lost if the page closed now. */
export function atRisk(status: WorkspaceStatus): WorkspaceStatus['documents'] {
	return status.documents.filter(({ status: { waiting, keeping } }) => waiting > 0 && keeping !== 'kept');
}
