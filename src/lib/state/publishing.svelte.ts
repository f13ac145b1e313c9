/**
 * An issue's way out, as its page shows it: what the server says of approvals and publications, beside the content that
 * is on the page at this moment. The one is asked again whenever the server notes something in the directory, the other
 * is read again whenever the text rests. Nothing is shown as done that the server has not answered.
 */
import {
	asShownFrom,
	asWordsFrom,
	countSuggestions,
	hashOfContent,
	holdsUnknown,
	readOutline,
	type ContentOutline,
	type SuggestionCounts,
} from '#lib/documents/bulletin-content.ts';
import { caveatsIn, emptyArticles, type FactCaveat } from '#lib/documents/fact-caveats.ts';
import { closedArticles } from '#lib/documents/issue-of-meeting.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import type { Article } from '#lib/domain/bulletin.ts';
import { changesBetween, type ContentChange } from '#lib/documents/content-change.ts';
import { wayOf, type Way } from '#lib/domain/issue-way.ts';
import { listOf, flag, number, orNull, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { ApprovalAnswer, IssueAnswer, MailAnswer, PreviewAnswer } from '#lib/protocol/api.ts';
import { nothing, type ApiResult, type Failure, type Method } from './api.ts';
import type { App } from './app.svelte.ts';
import type { OpenBulletin } from './bulletin.svelte.ts';
import { IssueFacts } from './issue-facts.svelte.ts';
import type { Session } from './session.svelte.ts';
import { untrack } from 'svelte';

export type { ContentChange, FactCaveat, IssueAnswer, MailAnswer, PreviewAnswer, Way };

const issueAnswer: Shape<IssueAnswer> = record({
	hash: text,
	approvals: listOf(record({ personId: text, at: text, hash: text, outline: nothing })),
	needed: number,
	page: orNull(record({ name: text, withdrawn: flag })),
	versions: listOf(record({ version: number, at: text, by: text, note: orNull(text), hash: text, readable: flag })),
});
const previewAnswer: Shape<PreviewAnswer> = record({
	hash: text,
	html: text,
	page: orNull(record({ seen: text, withdrawn: flag })),
});
const mailAnswer: Shape<MailAnswer> = record({ subject: text, html: text, text });
const outlineShape: Shape<ContentOutline> = record({
	title: text,
	date: text,
	language: (value): value is ContentOutline['language'] => value === 'de' || value === 'en',
	articles: listOf(record({ id: text, title: text, digest: text })),
});

/** How long a text rests before it is read again: a long issue takes longer to read than a keystroke may. Milliseconds. */
const restMs = 400;

type Content = {
	outline: ContentOutline;
	hash: string;
	/** Of what would go out. */
	words: string;
	suggestions: SuggestionCounts;
	unknown: boolean;
	doubts: IssueDoubts;
};

/** What one looks at before an issue is approved, and before it goes out. */
export type IssueDoubts = {
	/** Facts that do not hold as they are written. */
	facts: readonly FactCaveat[];
	/** Articles that came from an agenda item which is not public. */
	closed: readonly Pick<Article, 'id' | 'title'>[];
	/** Articles that would go out as a heading alone. */
	empty: readonly Pick<Article, 'id' | 'title'>[];
};

const noDoubts: IssueDoubts = { facts: [], closed: [], empty: [] };

export type LiftedApproval = ApprovalAnswer & { changes: ContentChange[] };

/** Call while a component initialises. */
export class IssuePublishing {
	readonly #app: App;
	readonly #session: Session;
	readonly #issue: OpenBulletin;
	readonly #id: string;
	readonly #facts: IssueFacts;
	#server = $state.raw<IssueAnswer | null>(null);
	#failure = $state.raw<Failure | null>(null);
	#content = $state.raw<Content | null>(null);
	/** How often it was asked what the server has, which of that was last taken in, and how often one has changed it. */
	#asked = 0;
	#taken = 0;
	#changes = 0;
	/** How often the text has come to rest. */
	#rests = $state(0);

	constructor(app: App, session: Session, issue: OpenBulletin, id: string) {
		this.#app = app;
		this.#session = session;
		this.#issue = issue;
		this.#id = id;
		this.#facts = new IssueFacts(app, id);
		$effect(() => this.#watchText());
		$effect(() => {
			void this.#rests;
			untrack(() => this.#facts.look(issue.handle.doc));
			// What it depends on besides, and is read again after: the directory, names, and what facts point at.
			this.#content = this.#read();
		});
		$effect(() => {
			// Both are reasons to ask anew: what the server noted, and that it is there again.
			void this.#entry?.news;
			if (session.contact !== 'offline') void this.load();
		});
	}

	/** Null until the server has answered once. */
	get server(): IssueAnswer | null {
		return this.#server;
	}

	/** Why it could not be asked. */
	get failure(): Failure | null {
		return this.#failure;
	}

	get offline(): boolean {
		return this.#session.contact === 'offline' || this.#failure === 'offline';
	}

	/** What is written here is not yet at the server: it would not be what one approves. */
	get unsaved(): boolean {
		return this.#issue.unsaved;
	}

	/** Something in it is of a newer app. */
	get unknown(): boolean {
		return this.#content?.unknown ?? false;
	}

	/** How many are open. */
	get suggestions(): number {
		return this.#content?.suggestions.open ?? 0;
	}

	get doubts(): IssueDoubts {
		return this.#content?.doubts ?? noDoubts;
	}

	get doubtful(): boolean {
		const { facts, closed, empty } = this.doubts;
		return facts.length + closed.length + empty.length > 0;
	}

	/** This device has read all that the server has: nothing about the text comes after it by itself. */
	get agreed(): boolean {
		return this.#server?.hash === this.#content?.hash;
	}

	/** Null while it is not known. */
	get way(): Way | null {
		const [server, content, entry] = [this.#server, this.#content, this.#entry];
		if (!server || !content || !entry) return null;
		return wayOf({
			said: entry.status,
			hash: content.hash,
			words: content.words,
			articles: content.outline.articles.length,
			suggestions: content.suggestions,
			approvals: server.approvals,
			needed: server.needed,
			page: server.page,
			published: server.versions.at(-1)?.hash ?? null,
			me: this.#app.me.id,
		});
	}

	/** Those of what is on the page. */
	get approvals(): ApprovalAnswer[] {
		return this.#server?.approvals.filter(({ hash }) => hash === this.#content?.hash) ?? [];
	}

	/** Those of what stood there before, and what has changed since. */
	get lifted(): LiftedApproval[] {
		const content = this.#content;
		if (!content || !this.#server) return [];
		return this.#server.approvals
			.filter(({ hash }) => hash !== content.hash)
			.map((approval) => ({
				...approval,
				changes: outlineShape(approval.outline) ? changesBetween(approval.outline, content.outline) : [],
			}));
	}

	async load(): Promise<void> {
		const [asked, changes] = [++this.#asked, this.#changes];
		const result = await this.#session.api.send('GET', this.#path(''), issueAnswer);
		// What was asked before one's own change was answered may not know of it; of two answers the later asked for counts.
		if (changes !== this.#changes) return this.load();
		if (asked < this.#taken) return;
		this.#taken = asked;
		this.#take(result);
	}

	approve(): Promise<ApiResult<IssueAnswer>> {
		return this.#change('POST', '/approvals', { hash: this.#read()?.hash });
	}

	takeApprovalBack(): Promise<ApiResult<IssueAnswer>> {
		return this.#change('DELETE', '/approvals');
	}

	/**
	 * @param hash of what the person has just looked at
	 * @param page what was public then
	 */
	publish(hash: string, note: string, page: PreviewAnswer['page']): Promise<ApiResult<IssueAnswer>> {
		// What is undefined is not sent.
		return this.#change('POST', '/publications', { hash, note: note || undefined, page: page?.seen ?? null });
	}

	withdraw(): Promise<ApiResult<IssueAnswer>> {
		return this.#change('DELETE', '/page');
	}

	showAgain(): Promise<ApiResult<IssueAnswer>> {
		return this.#change('POST', '/page');
	}

	/** The page as it would be, and of what. */
	preview(note: string): Promise<ApiResult<PreviewAnswer>> {
		const query = note === '' ? '' : `?note=${encodeURIComponent(note)}`;
		return this.#session.api.send('GET', `${this.#path('/preview')}${query}`, previewAnswer);
	}

	/** Whether this is what stands on the page at this moment. */
	isPresent(hash: string): boolean {
		return this.#read()?.hash === hash;
	}

	mail(): Promise<ApiResult<MailAnswer>> {
		return this.#session.api.send('GET', this.#path('/mail'), mailAnswer);
	}

	/** To open in a mail program. */
	get mailDraft(): string {
		return this.#path('/mail.eml');
	}

	get #entry() {
		return this.#app.directory.bulletins.find(({ id }) => id === this.#id);
	}

	#path(rest: string): string {
		return `/api/bulletins/${this.#id}${rest}`;
	}

	async #change(method: Method, path: string, body?: unknown): Promise<ApiResult<IssueAnswer>> {
		const result = await this.#session.api.send(method, this.#path(path), issueAnswer, body);
		// What was refused may have been decided by somebody else meanwhile.
		if (result.ok) {
			this.#changes++;
			this.#take(result);
		} else await this.load();
		return result;
	}

	#take(result: ApiResult<IssueAnswer>): void {
		this.#failure = result.ok ? null : result.error;
		if (result.ok) this.#server = result.value;
	}

	#read(): Content | null {
		const entry = this.#entry;
		if (!entry || !this.#issue.loaded) return null;
		const { doc } = this.#issue.handle;
		const { sources } = this.#facts;
		const outline = readOutline(doc, entry, asShownFrom(sources));
		const hash = hashOfContent(outline);
		const facts = caveatsIn(doc, sources);
		const closed = closedArticles(readBulletin(doc).articles, this.#facts.closedItems);
		return {
			outline,
			hash,
			// The same where everything holds, and a long issue takes its time.
			words: facts.length > 0 ? hashOfContent(readOutline(doc, entry, asWordsFrom(sources))) : hash,
			suggestions: countSuggestions(doc),
			unknown: holdsUnknown(doc),
			doubts: { facts, closed, empty: emptyArticles(doc) },
		};
	}

	#watchText(): () => void {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const { doc } = this.#issue.handle;
		const changed = () => {
			clearTimeout(timer);
			timer = setTimeout(() => this.#rests++, restMs);
		};
		doc.on('update', changed);
		return () => {
			clearTimeout(timer);
			doc.off('update', changed);
		};
	}
}
