/**
 * What was published. An issue has one page, whose name stays, and versions of it that are only ever added to: a
 * correction is a new one, and the one before stays as it went out. Withdrawing hides the page and loses nothing: shown again
 * it is as it was. What is published after a withdrawal shows itself alone, and what was withdrawn stays withdrawn; that is
 * read from the audit log, which only grows and which a restore keeps. Erasing what was withdrawn, or a person's name, is
 * for good.
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
	const forget = database.prepare('DELETE FROM bulletin_publication WHERE issue_id = ? AND version < ?');
	const comings = database.prepare(
		`SELECT about_id, kind, detail ->> 'version' AS version FROM audit
		 WHERE kind IN ('published', 'page-withdrawn', 'page-shown') ORDER BY at, sequence`,
	);
	const everything = database.prepare('SELECT issue_id, version, content FROM bulletin_publication');
	const setContent = database.prepare('UPDATE bulletin_publication SET content = ? WHERE issue_id = ? AND version = ?');
	const feed = database.prepare('SELECT uid FROM bulletin_feed');
	const makeFeed = database.prepare('INSERT OR IGNORE INTO bulletin_feed VALUES (1, ?)');

	let revision = 0;

	/** By issue, the first version that is not withdrawn for good; of the revision that it was read at. */
	let firsts: { at: number; of: ReadonlyMap<string, number> } | null = null;
	const firstOf = (issueId: string): number => {
		if (firsts?.at !== revision) firsts = { at: revision, of: firstShown(comings.all().map(toComing)) };
		return firsts.of.get(issueId) ?? 1;
	};
	const readable = (issueId: string): Publication[] =>
		list(issueId).filter(({ version }) => version >= firstOf(issueId));

	/** A page that a restore left with nothing but what was withdrawn for good is a withdrawn one. */
	function toPage(row: Record<string, unknown> | undefined): PublicPage | null {
		const known = row ? readPage(row) : null;
		if (known?.withdrawnAt !== null || readable(known.issueId).length > 0) return known;
		return { ...known, withdrawnAt: known.changedAt };
	}

	const page = (issueId: string): PublicPage | null => toPage(pageOf.get(issueId));
	const list = (issueId: string): Publication[] => versions.all(issueId).map(toPublication);

	/** @throws Refusal `not-found` for an issue without a page, `already-published` when it is so already */
	function show(issueId: string, on: boolean): void {
		transaction(database, () => {
			const known = page(issueId);
			if (!known) throw new Refusal('not-found');
			if ((known.withdrawnAt === null) === on) throw new Refusal(on ? 'already-published' : 'not-found');
			if (on && readable(issueId).length === 0) throw new Refusal('not-found');
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
		shown: (): PublicPage[] =>
			shown
				.all()
				.flatMap((row) => toPage(row) ?? [])
				.filter(({ withdrawnAt }) => withdrawnAt === null),
		/** Of an issue, the first version first. */
		versions: list,
		/** Of them those that are to be seen where the page is. */
		readable,

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

		/** What of an issue was withdrawn is forgotten; its page's name stays taken. */
		forgetWithdrawn(issueId: string): void {
			const known = page(issueId);
			if (!known) return;
			forget.run(issueId, known.withdrawnAt === null ? firstOf(issueId) : Number.MAX_SAFE_INTEGER);
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

type Coming = { issueId: string; kind: string; version: number };

function toComing(row: Record<string, unknown>): Coming {
	return { issueId: String(row['about_id']), kind: String(row['kind']), version: Number(row['version'] ?? 1) };
}

/** @param comings what became of the pages, the earliest first */
function firstShown(comings: readonly Coming[]): Map<string, number> {
	const first = new Map<string, number>();
	const off = new Set<string>();
	for (const { issueId, kind, version } of comings) {
		if (kind === 'page-withdrawn') off.add(issueId);
		else if (off.delete(issueId) && kind === 'published') first.set(issueId, version);
	}
	return first;
}

function readPage(row: Record<string, unknown>): PublicPage {
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
