/** What an issue that was made from a meeting still has to do with it. */
import type { Article } from '#lib/domain/bulletin.ts';

/** The id of the issue that is made from a meeting: the same wherever it is made. */
export function issueIdOf(meetingId: string): string {
	return `from${meetingId}`.slice(0, 32);
}

/** Of which meeting an issue was made; undefined where it was made of none of these. */
export function meetingOf(issueId: string, meetings: readonly { id: string }[]): string | undefined {
	return meetings.find(({ id }) => issueIdOf(id) === issueId)?.id;
}

/**
 * The articles that came from an agenda item which is not for everybody: it was when the issue was made, or somebody else's
 * device did not know yet. An article has its item's id.
 */
export function closedArticles<A extends Pick<Article, 'id'>>(
	articles: readonly A[],
	closedItems: ReadonlySet<string> = new Set(),
): A[] {
	return articles.filter(({ id }) => closedItems.has(id));
}
