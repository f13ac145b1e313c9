import type { BulletinEntry, BulletinStatus } from '#lib/domain/bulletin.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

type Status = { words: () => string; tone: 'neutral' | 'wait' | 'ok' };

/** What the directory notes of an issue, in words and tone. */
const statusWords: Record<BulletinStatus, Status> = {
	draft: { words: m.bulletins_status_draft, tone: 'neutral' },
	review: { words: m.bulletins_status_review, tone: 'wait' },
	withdrawn: { words: m.bulletins_status_withdrawn, tone: 'neutral' },
	published: { words: m.bulletins_status_published, tone: 'ok' },
};

export function statusOf({ status }: Pick<BulletinEntry, 'status'>): { words: string; tone: Status['tone'] } {
	const { words, tone } = statusWords[status];
	return { words: words(), tone };
}
