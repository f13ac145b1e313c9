/**
 * What a stranger gets: made from what is published, and from nothing else.
 */
import type { MailAnswer } from '#lib/protocol/api.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { PublicPage } from '../accounts/publications.ts';
import { feedOf } from './feed.ts';
import { absentPage, indexPage, languageOf } from './index-page.ts';
import type { IssueContent } from './issue-content.ts';
import { mailDraft, mailOf } from './mail.ts';
import { issuePage, previewPage } from './page.ts';
import { latestOf, publishedIssues, toPublished, type PublishedIssue, type Setting } from './publication.ts';

export type PublicSite = ReturnType<typeof createPublicSite>;

export type Shown = { status: 200 | 404 | 410; text: string };

export type PublicSiteParts = {
	accounts: Pick<Accounts, 'association' | 'publications'>;
	/** Milliseconds since 1970. */
	now: () => number;
	/** Of the association. */
	timeZone: () => string;
};

export function createPublicSite({ accounts, now, timeZone }: PublicSiteParts) {
	const { publications } = accounts;

	/** @param origin under which people reach us, where that is known */
	function settingFor(origin: string | null): Setting {
		const publisher = accounts.association.current()?.association.name ?? '';
		return { publisher, timeZone: timeZone(), origin };
	}

	/** Withdrawn pages count too: that one of them went is a change of what is left. */
	const changedAt = (): number => Math.max(0, ...publications.pages().map((page) => page.changedAt));

	const issues = (): PublishedIssue[] => publishedIssues(accounts);

	/** The address says no language. */
	const missing = (setting: Setting): Shown => ({
		status: 404,
		text: absentPage('missing', languageOf(issues()), setting),
	});

	/** In its own language, while anything of it is kept. */
	function withdrawn(page: PublicPage, setting: Setting): Shown {
		const { versions } = toPublished(page, publications.versions(page.issueId));
		const language = versions.at(-1)?.content.language ?? languageOf(issues());
		return { status: 410, text: absentPage('withdrawn', language, setting) };
	}

	/** @returns null when it is not to be seen */
	function published(issueId: string): PublishedIssue | null {
		const page = publications.page(issueId);
		return page && page.withdrawnAt === null ? toPublished(page, publications.readable(issueId)) : null;
	}

	return {
		/** Changes when anything that is shown here may have changed: what was made before is to be made anew. */
		edition: (): string => `${publications.revision()} ${accounts.association.current()?.association.name ?? ''}`,

		index: (origin: string | null): Shown => ({ status: 200, text: indexPage(issues(), settingFor(origin)) }),

		feed: (origin: string | null): Shown => ({
			status: 200,
			text: feedOf(issues(), publications.feedUid(), settingFor(origin), changedAt()),
		}),

		/** @param version null for the latest */
		page(origin: string | null, name: string, version: number | null): Shown {
			const setting = settingFor(origin);
			const page = publications.pageNamed(name);
			if (!page) return missing(setting);
			if (page.withdrawnAt !== null) return withdrawn(page, setting);
			const issue = toPublished(page, publications.readable(page.issueId));
			const wanted = version === null ? latestOf(issue) : issue.versions.find(({ number }) => number === version);
			if (wanted) return { status: 200, text: issuePage(issue, wanted, setting) };
			const wasThere = publications.versions(page.issueId).some(({ version: number }) => number === version);
			return wasThere ? withdrawn(page, setting) : missing(setting);
		},

		missing: (origin: string | null): Shown => missing(settingFor(origin)),

		/** The page as it will be, with a correction's note. */
		preview(origin: string, issueId: string, content: IssueContent, note: string | null): string {
			const page = publications.page(issueId);
			const last = publications.versions(issueId).at(-1)?.version ?? 0;
			const beside = page?.withdrawnAt === null ? toPublished(page, publications.readable(issueId)).versions : [];
			const version = { number: last + 1, content, note: last > 0 ? note : null, at: now() };
			const issue = { name: page?.name ?? '…', uid: '', versions: [...beside, version] };
			return previewPage(issue, settingFor(origin));
		},

		/** @returns null when it is not published */
		mail(origin: string, issueId: string): MailAnswer | null {
			const issue = published(issueId);
			return issue && mailOf(issue, settingFor(origin));
		},

		/** @returns null when it is not published */
		mailDraft(origin: string, issueId: string): { fileName: string; text: string } | null {
			const issue = published(issueId);
			return issue && { fileName: `${issue.name}.eml`, text: mailDraft(issue, settingFor(origin)) };
		},
	};
}
