/**
 * What was published. An issue has one page, whose name stays, and versions of it that are only ever added to: a
 * correction is a new one, and the one before stays as it went out. Withdrawing hides the page and loses nothing; erasing
 * what a withdrawn page showed, or a person's name, is for good.
 */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './database.ts';
import { Refusal } from './refusal.ts';

/** Times are milliseconds since 1970. */
export type PublicPage = {
	issueId: string;
	name: string;
	/** In the feed: the same for every version, and says nothing about us. */
	uid: string;
	withdrawnAt: number | null;
	/** When a version was added, or the page was withdrawn or shown again. */
	changedAt: number;
};

export type Publication = {
	version: number;
	/** Of the words that went out. */
	hash: string;
	/** JSON, as an approval's. */
	outline: string;
	/** JSON of what went out. */
	content: string;
	/** What a correction corrects; null for the first version. */
	note: string | null;
	at: number;
	by: string;
};

export type NewPublication = Pick<Publication, 'hash' | 'outline' | 'content' | 'note' | 'by'>;

export type Publications = ReturnType<typeof createPublications>;

export function createPublications(database: DatabaseSync, now: () => number) {
	const pageOf = database.prepare('SELECT * FROM bulletin_page WHERE issue_id = ?');
	const pageNamed = database.prepare('SELECT * FROM bulletin_page WHERE name = ?');
	const all = database.prepare('SELECT * FROM bulletin_page');
	const shown = database.prepare('SELECT * FROM bulletin_page WHERE withdrawn_at IS NULL');
	const makePage = database.prepare('INSERT INTO bulletin_page (issue_id, name, uid, changed_at) VALUES (?, ?, ?, ?)');
	const setPage = database.prepare('UPDATE bulletin_page SET withdrawn_at = ?, changed_at = ? WHERE issue_id = ?');
	const versions = database.prepare('SELECT * FROM bulletin_publication WHERE issue_id = ? ORDER BY version');
	const insert = database.prepare('INSERT INTO bulletin_publication VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
	const forget = database.prepare('DELETE FROM bulletin_publication WHERE issue_id = ?');
	const everything = database.prepare('SELECT issue_id, version, content FROM bulletin_publication');
	const setContent = database.prepare('UPDATE bulletin_publication SET content = ? WHERE issue_id = ? AND version = ?');
	const feed = database.prepare('SELECT uid FROM bulletin_feed');
	const makeFeed = database.prepare('INSERT OR IGNORE INTO bulletin_feed VALUES (1, ?)');

	let revision = 0;

	const page = (issueId: string): PublicPage | null => toPage(pageOf.get(issueId));
	const list = (issueId: string): Publication[] => versions.all(issueId).map(toPublication);

	/** @throws Refusal `not-found` for an issue without a page, `already-published` when it is so already */
	function show(issueId: string, on: boolean): void {
		transaction(database, () => {
			const known = page(issueId);
			if (!known) throw new Refusal('not-found');
			if ((known.withdrawnAt === null) === on) throw new Refusal(on ? 'already-published' : 'not-found');
			if (on && list(issueId).length === 0) throw new Refusal('not-found');
			setPage.run(on ? null : now(), now(), issueId);
		});
		revision++;
	}

	return {
		/** Grows with every change: what was made of an earlier one is out of date. */
		revision: (): number => revision,
		page,
		pageNamed: (name: string): PublicPage | null => toPage(pageNamed.get(name)),
		/** Of all issues, withdrawn ones too. */
		pages: (): PublicPage[] => all.all().flatMap((row) => toPage(row) ?? []),
		/** Of all issues, without those that were withdrawn. */
		shown: (): PublicPage[] => shown.all().flatMap((row) => toPage(row) ?? []),
		/** Of an issue, the first version first. */
		versions: list,

		/**
		 * Adds a version; the page of a first one gets its name, that of a withdrawn one is shown again.
		 * @param nameFor finds a free one
		 * @throws Refusal `already-published` when the last version is exactly this
		 */
		publish(
			issueId: string,
			publication: NewPublication,
			nameFor: (isTaken: (name: string) => boolean) => string,
		): number {
			const made = transaction(database, () => {
				const known = page(issueId);
				const before = list(issueId).at(-1);
				if (before?.hash === publication.hash) throw new Refusal('already-published');
				if (!known) {
					const name = nameFor((taken) => pageNamed.get(taken) !== undefined);
					makePage.run(issueId, name, randomUUID(), now());
				}
				const version = (before?.version ?? 0) + 1;
				const { hash, outline, content, note, by } = publication;
				insert.run(issueId, version, hash, outline, content, note, now(), by);
				setPage.run(null, now(), issueId);
				return version;
			});
			revision++;
			return made;
		},

		/** @throws Refusal `not-found` when nothing of it is to be seen */
		withdraw: (issueId: string): void => show(issueId, false),

		/** @throws Refusal `not-found`, `already-published` */
		showAgain: (issueId: string): void => show(issueId, true),

		/** Of an issue whose page was withdrawn, what had gone out is forgotten; its name stays taken. */
		forgetWithdrawn(issueId: string): void {
			if ((page(issueId)?.withdrawnAt ?? null) === null) return;
			forget.run(issueId);
			revision++;
		},

		/**
		 * Changes what went out, of withdrawn pages too.
		 * @param change null where it stays as it is
		 * @returns whether anything changed
		 */
		rewrite(change: (content: string) => string | null): boolean {
			const changed = transaction(database, () => {
				let some = false;
				for (const { issue_id: issueId, version, content } of everything.all()) {
					const next = change(String(content));
					if (next === null) continue;
					setContent.run(next, String(issueId), Number(version));
					some = true;
				}
				return some;
			});
			revision++;
			return changed;
		},

		/** The feed's own name, drawn once. */
		feedUid(): string {
			const known = feed.get();
			if (known) return String(known['uid']);
			makeFeed.run(randomUUID());
			return String(feed.get()?.['uid']);
		},
	};
}

function toPage(row: Record<string, unknown> | undefined): PublicPage | null {
	if (!row) return null;
	return {
		issueId: String(row['issue_id']),
		name: String(row['name']),
		uid: String(row['uid']),
		withdrawnAt: row['withdrawn_at'] === null ? null : Number(row['withdrawn_at']),
		changedAt: Number(row['changed_at']),
	};
}

function toPublication(row: Record<string, unknown>): Publication {
	return {
		version: Number(row['version']),
		hash: String(row['hash']),
		outline: String(row['outline']),
		content: String(row['content']),
		note: row['note'] === null ? null : String(row['note']),
		at: Number(row['published_at']),
		by: String(row['published_by']),
	};
}
