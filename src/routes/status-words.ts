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
	const count = { count: waiting };
	const waits = waiting > 0;
	switch (state) {
		case 'saved':
			return same(m.sync_saved(), 'ok');
		case 'saving':
			return same(waits ? m.sync_saving(count) : m.sync_saving_first(), 'wait');
		case 'offline':
			return waits
				? inTwoSizes(m.sync_offline_waiting(count), m.sync_offline_short_waiting(count))
				: inTwoSizes(m.sync_offline(), m.sync_offline_short());
		case 'cannot-save':
			return waits
				? inTwoSizes(m.sync_cannot_save_waiting(count), m.sync_cannot_save_short_waiting(count))
				: inTwoSizes(m.sync_cannot_save(), m.sync_cannot_save_short());
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

function inTwoSizes(text: string, short: string): StatusWords {
	return { text, short, tone: 'wait' };
}

/** Documents whose work would be lost if the page closed now. */
export function atRisk(status: WorkspaceStatus): WorkspaceStatus['documents'] {
	return status.documents.filter(({ status: { waiting, keeping } }) => waiting > 0 && keeping !== 'kept');
}
