/**
 * From a draft to a published issue: approvals, publications, and taking one back. Each is decided on what is on this
 * server's disk and on who has the session. Invariant: a version that went out is exactly the content that as many board
 * members as it takes have approved, and held no open suggestion. And what is decided about an issue reads it after the
 * decision before: so nothing goes out over something newer, and what was taken off the page last is off. Who publishes names
 * the public page that they saw, and is refused when it has become another one; so is an app that cannot name it.
 */
import { hasSuggestions } from '#lib/documents/bulletin-content.ts';
import { approvalsNeeded } from '#lib/domain/bulletin.ts';
import type { IssueAnswer } from '#lib/protocol/api.ts';
import { accessOf } from '#lib/protocol/policy.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Approval } from '../accounts/approvals.ts';
import type { Publication } from '../accounts/publications.ts';
import { Refusal } from '../accounts/refusal.ts';
import type { Issue, IssueReader } from './issue-reader.ts';
import { pageNameFor } from './page-name.ts';
import { createTurns } from './turns.ts';

export type PublishingParts = {
	accounts: Pick<Accounts, 'people' | 'settings' | 'approvals' | 'publications' | 'audit'>;
	read: IssueReader;
	/** Notes in the directory, for devices without a network, that something changed about an issue. */
	note(issueId: string): Promise<void>;
};

export type Publishing = ReturnType<typeof createPublishing>;

/** Throws when who asked may not any more: reading the issue takes its time. */
type Ask = () => unknown;

export function createPublishing({ accounts, read, note }: PublishingParts) {
	const { people, settings, approvals, publications, audit } = accounts;
	const inTurn = createTurns();

	/** @throws Refusal `not-found` */
	async function existing(id: string): Promise<Issue> {
		const issue = await read(id);
		if (!issue) throw new Refusal('not-found');
		return issue;
	}

	/** @throws Refusal when the server's content is not what the person has before their eyes */
	async function asSeen(id: string, hash: string): Promise<Issue> {
		const issue = await existing(id);
		if (issue.unknown) throw new Refusal('content-unknown');
		if (issue.hash !== hash) throw new Refusal('content-differs');
		return issue;
	}

	/** Whoever is not on the board any more has no say in what goes out. */
	function board(): Set<string> {
		const mayApprove = people.list().filter(({ role }) => accessOf(role, 'bulletin') === 'write');
		return new Set(mayApprove.map(({ id }) => id));
	}

	function needed(): number {
		return approvalsNeeded(settings.approvalsNeeded(), board().size);
	}

	function valid(id: string): Approval[] {
		const members = board();
		return approvals.list(id).filter(({ personId }) => members.has(personId));
	}

	/** @throws Refusal naming the first thing that stands in the way */
	function requirePublishable(
		id: string,
		issue: Issue,
		correction: string | null,
		seen: string | null | undefined,
	): void {
		const { hash, words, content, suggestions } = issue;
		const versions = publications.versions(id);
		const page = pageSeen(publications, id);
		const isLast = versions.at(-1)?.hash === words;
		if (isLast && page?.withdrawn === false) throw new Refusal('already-published');
		// An app from before it was asked for: it has no words for the refusal that follows, and must be updated.
		if (page && seen === undefined) throw new Refusal('content-unknown');
		if ((page?.seen ?? null) !== (seen ?? null)) throw new Refusal('page-differs');
		if (isLast) throw new Refusal('already-published');
		if (content.articles.length === 0) throw new Refusal('content-missing');
		if (hasSuggestions(suggestions)) throw new Refusal('suggestions-open');
		if (valid(id).filter((approval) => approval.hash === hash).length < needed()) {
			throw new Refusal('approvals-missing');
		}
		if (correction === null && versions.length > 0) throw new Refusal('note-missing');
	}

	function answer(id: string, { hash }: Issue): IssueAnswer {
		const page = publications.page(id);
		const readable = new Set(publications.readable(id).map(({ version }) => version));
		return {
			hash,
			approvals: valid(id).map(toApprovalAnswer),
			needed: needed(),
			page: page && { name: page.name, withdrawn: page.withdrawnAt !== null },
			versions: publications.versions(id).map((each) => toPublicationAnswer(each, readable.has(each.version))),
		};
	}

	async function changed(id: string, issue: Issue): Promise<IssueAnswer> {
		await note(id);
		return answer(id, issue);
	}

	return {
		async state(id: string): Promise<IssueAnswer> {
			return answer(id, await existing(id));
		},

		/** As it is on disk, for a preview, and what is public of it. */
		async read(id: string): Promise<Issue & { page: ReturnType<typeof pageSeen> }> {
			const issue = await existing(id);
			return { ...issue, page: pageSeen(publications, id) };
		},

		approve(id: string, personId: string, hash: string, admitAgain: Ask): Promise<IssueAnswer> {
			return inTurn(id, async () => {
				const issue = await asSeen(id, hash);
				admitAgain();
				if (hasSuggestions(issue.suggestions)) throw new Refusal('suggestions-open');
				approvals.approve(id, personId, { hash, outline: JSON.stringify(issue.outline) });
				return changed(id, issue);
			});
		},

		withdrawApproval(id: string, personId: string, admitAgain: Ask): Promise<IssueAnswer> {
			return inTurn(id, async () => {
				const issue = await existing(id);
				admitAgain();
				if (!approvals.withdraw(id, personId)) throw new Refusal('not-found');
				return changed(id, issue);
			});
		},

		/** @param correction what is corrected; of no meaning for a first version */
		publish(
			id: string,
			personId: string,
			request: { hash: string; note: string | null; page: string | null | undefined },
			admitAgain: Ask,
		): Promise<IssueAnswer> {
			return inTurn(id, async () => {
				const issue = await asSeen(id, request.hash);
				admitAgain();
				requirePublishable(id, issue, request.note, request.page);
				const { words, outline, content } = issue;
				const first = publications.versions(id).length === 0;
				const publication = {
					hash: words,
					outline: JSON.stringify(outline),
					content: JSON.stringify(content),
					note: first ? null : request.note,
					by: personId,
				};
				audit.recording(
					() => publications.publish(id, publication, (isTaken) => pageNameFor(content.title, content.date, isTaken)),
					(version) => ({ kind: 'published', by: personId, about: id, detail: { version } }),
				);
				return changed(id, issue);
			});
		},

		withdrawPage(id: string, personId: string, admitAgain: Ask): Promise<IssueAnswer> {
			return inTurn(id, async () => {
				admitAgain();
				audit.recording(
					() => publications.withdraw(id),
					() => ({ kind: 'page-withdrawn', by: personId, about: id }),
				);
				return changed(id, await existing(id));
			});
		},

		showPage(id: string, personId: string, admitAgain: Ask): Promise<IssueAnswer> {
			return inTurn(id, async () => {
				admitAgain();
				audit.recording(
					() => publications.showAgain(id),
					() => ({ kind: 'page-shown', by: personId, about: id }),
				);
				return changed(id, await existing(id));
			});
		},
	};
}

/** What a person sees of the public page: another one after each version, and after it was taken off or shown again. */
export function pageSeen(publications: Pick<Accounts['publications'], 'page' | 'versions'>, id: string) {
	const page = publications.page(id);
	if (!page) return null;
	const withdrawn = page.withdrawnAt !== null;
	const seen = [publications.versions(id).length, withdrawn ? 'withdrawn' : 'shown', page.changedAt].join('-');
	return { seen, withdrawn };
}

function toApprovalAnswer({ personId, hash, outline, at }: Approval): IssueAnswer['approvals'][number] {
	return { personId, hash, outline: JSON.parse(outline), at: new Date(at).toISOString() };
}

function toPublicationAnswer(of: Publication, readable: boolean): IssueAnswer['versions'][number] {
	const { version, note, hash, by, at } = of;
	return { version, note, hash, by, at: new Date(at).toISOString(), readable };
}
