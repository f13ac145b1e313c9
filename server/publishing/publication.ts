/** A published issue as the public sees it: what all renderings are made of. No person, and no id of ours, is in it. */
import type { Accounts } from '../accounts/accounts.ts';
import type { PublicPage, Publication } from '../accounts/publications.ts';
import type { IssueContent } from './issue-content.ts';

export type PublishedVersion = {
	number: number;
	content: IssueContent;
	/** Null for the first. */
	note: string | null;
	/** Milliseconds since 1970. */
	at: number;
};

export type PublishedIssue = {
	name: string;
	uid: string;
	/** The first one first; never none. */
	versions: readonly PublishedVersion[];
};

export type Setting = {
	/** Of the association. */
	publisher: string;
	timeZone: string;
	/** `https://notizen.example.org`; null where it is not known, and addresses are paths. */
	origin: string | null;
};

export function toPublished({ name, uid }: PublicPage, versions: readonly Publication[]): PublishedIssue {
	return { name, uid, versions: versions.map(toVersion) };
}

function toVersion({ version, content, note, at }: Publication): PublishedVersion {
	return { number: version, content: JSON.parse(content) as IssueContent, note, at };
}

export function latestOf({ versions }: PublishedIssue): PublishedVersion {
	const latest = versions.at(-1);
	if (!latest) throw new RangeError('an issue without a version is not published');
	return latest;
}

/** What is to be seen now, the latest issue first. */
export function publishedIssues({ publications }: Pick<Accounts, 'publications'>): PublishedIssue[] {
	const issues = publications.shown().map((page) => toPublished(page, publications.readable(page.issueId)));
	const order = (issue: PublishedIssue) => `${latestOf(issue).content.date} ${issue.versions[0]?.at ?? 0}`;
	return issues.sort((a, b) => (order(a) < order(b) ? 1 : -1));
}

export const publicPath = '/b/';

export function addressOf({ origin }: Setting, name: string, version?: number): string {
	return `${origin ?? ''}${publicPath}${name}${version === undefined ? '' : `/${version}`}`;
}
