import type { BulletinStatus } from '#lib/domain/bulletin.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** An issue's status in words and tone. */
export const statusWords: Record<BulletinStatus, { words: () => string; tone: 'neutral' | 'wait' | 'ok' }> = {
	draft: { words: () => m.bulletins_status_draft(), tone: 'neutral' },
	review: { words: () => m.bulletins_status_review(), tone: 'wait' },
	approved: { words: () => m.bulletins_status_approved(), tone: 'ok' },
	published: { words: () => m.bulletins_status_published(), tone: 'ok' },
};
