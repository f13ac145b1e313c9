import type { LocalDate } from './local-time.ts';

export const bulletinStatuses = ['draft', 'review', 'approved', 'published'] as const;
export type BulletinStatus = (typeof bulletinStatuses)[number];

/** What the directory knows of an issue of the bulletin; its articles are in the issue's own document. */
export type BulletinEntry = { id: string; title: string; date: LocalDate; status: BulletinStatus };

export type Article = { id: string; title: string; order: string };
