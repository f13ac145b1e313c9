/** The bulletin: an issue of ordered articles, written together, approved, and sent. */
import { isLocalDate, type LocalDate } from './local-time.ts';

export const bulletinStatuses = ['draft', 'review', 'approved', 'published'] as const;
export type BulletinStatus = (typeof bulletinStatuses)[number];

/** What the directory knows of an issue of the bulletin; its articles are in the issue's own document. */
export type BulletinEntry = { id: string; title: string; date: LocalDate; status: BulletinStatus };

/** Its text is the body of the same id. */
export type Article = { id: string; title: string; order: string };

export type BulletinProblem = 'title-missing' | 'date-invalid';

/** What stands in the way of storing an issue's facts. */
export function checkBulletin({ title, date }: { title: string; date: unknown }): BulletinProblem | null {
	if (title.trim() === '') return 'title-missing';
	return isLocalDate(date) ? null : 'date-invalid';
}
