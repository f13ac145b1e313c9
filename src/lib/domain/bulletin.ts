/** The bulletin: an issue of ordered articles, written together, approved, and sent. */
import { isLocalDate, type LocalDate } from './local-time.ts';

/**
 * What is noted of an issue's way in the directory. That it is approved is never noted: that holds for one content, and only
 * who compares contents knows it. That it is `published`, or `withdrawn` since, is noted by the server, for who has no network.
 */
export const bulletinStatuses = ['draft', 'review', 'withdrawn', 'published'] as const;
export type BulletinStatus = (typeof bulletinStatuses)[number];

export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];

/** What the directory knows of an issue of the bulletin; its articles are in the issue's own document. */
export type BulletinEntry = {
	id: string;
	title: string;
	date: LocalDate;
	status: BulletinStatus;
	/** What it is written in. */
	language: Language;
	/** The last part of its public page's address, while it is published. */
	page: string | null;
	/** Grows with everything that the server notes about the issue: who sees it grow asks again. */
	news: number;
};

/** What a person says of an issue; the rest follows. */
export type BulletinFacts = Pick<BulletinEntry, 'title' | 'date' | 'language'>;

/** In place of a body's name: the issue's own title, which is in the directory, but what is decided about it is not. */
export const ownTitle = 'title';

/** Its text is the body of the same id. */
export type Article = { id: string; title: string; order: string };

export type BulletinProblem = 'title-missing' | 'date-invalid';

/** What stands in the way of storing an issue's facts. */
export function checkBulletin({ title, date }: { title: string; date: unknown }): BulletinProblem | null {
	if (title.trim() === '') return 'title-missing';
	return isLocalDate(date) ? null : 'date-invalid';
}

/** How many board members have to approve an issue where the association has not said otherwise. */
export const usualApprovals = 2;
export const mostApprovals = 9;

/** As many as the association wants, but no more than there are people who could. */
export function approvalsNeeded(wanted: number, mayApprove: number): number {
	return Math.max(1, Math.min(wanted, mayApprove));
}

const pagePattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Whether it can be the last part of a public page's address. */
export function isPageName(value: unknown): value is string {
	return typeof value === 'string' && value.length <= 100 && pagePattern.test(value);
}
