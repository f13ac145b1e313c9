/** What the facts of one issue show, from the documents on this device; the server reads the same from its own. */
import { closedItemIds } from '#lib/documents/closed-items.ts';
import { bodyRoot, readBody } from '#lib/documents/body.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import { factSources, readArrived } from '#lib/documents/fact-sources.ts';
import { factsIn } from '#lib/documents/freeze-facts.ts';
import { meetingOf } from '#lib/documents/issue-of-meeting.ts';
import { readMinutes } from '#lib/documents/minutes.ts';
import { readRoster } from '#lib/documents/roster.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import type * as Y from 'yjs';
import type { App } from './app.svelte.ts';
import { readDocuments } from './open-documents.svelte.ts';
import { presentName } from './present-name.ts';

/** Call while a component initialises. */
export class IssueFacts {
	readonly #app: App;
	/** The meeting that the issue was made from. */
	readonly #meeting: () => string | undefined;
	/** Documents that facts point into, in one text, so that the same ones are not opened anew. */
	#needed = $state('');
	readonly #rosters;
	readonly #minutes;
	readonly #agendas;

	constructor(app: App, issueId: string) {
		this.#app = app;
		this.#meeting = () => meetingOf(issueId, app.directory.meetings);
		this.#rosters = readDocuments(app, () => this.#names('roster:'), readArrived(readRoster));
		this.#minutes = readDocuments(app, () => this.#names('minutes:'), readArrived(readMinutes));
		this.#agendas = readDocuments(app, () => this.#names('agenda:'), readArrived(closedItemIds));
	}

	/** Looks what the facts in it point at. Reads the whole issue: not for every keystroke. */
	look(doc: Y.Doc): void {
		const facts = readBulletin(doc).articles.flatMap(({ id }) => factsIn(readBody(doc, bodyRoot(id))));
		const names = facts.flatMap(({ kind, of }) => documentsOf(kind, of.split('/')[0] ?? ''));
		const meeting = this.#meeting();
		if (meeting) names.push(...named('agenda', meeting));
		this.#needed = [...new Set(names)].sort().join(' ');
	}

	get sources(): FactSources {
		return factSources({
			directory: this.#app.directory,
			rosterOf: (id) => loaded(this.#rosters.of(`roster:${id}`)),
			minutesOf: (id) => loaded(this.#minutes.of(`minutes:${id}`)),
			closedItemsOf: (id) => this.#closedItemsOf(id),
			personName: (id) => presentName(this.#app, id),
		});
	}

	/** Items that are not public, of the meeting that the issue was made from. */
	get closedItems(): ReadonlySet<string> | undefined {
		const meeting = this.#meeting();
		return meeting === undefined ? undefined : this.#closedItemsOf(meeting);
	}

	#closedItemsOf(meetingId: string): ReadonlySet<string> | undefined {
		return loaded(this.#agendas.of(`agenda:${meetingId}`));
	}

	#names(kind: string): DocumentName[] {
		return this.#needed.split(' ').filter((name) => name.startsWith(kind)) as DocumentName[];
	}
}

function documentsOf(kind: string, id: string): DocumentName[] {
	if (kind === 'shift') return named('roster', id);
	return kind === 'resolution' ? [...named('minutes', id), ...named('agenda', id)] : [];
}

function named(kind: 'roster' | 'minutes' | 'agenda', id: string): DocumentName[] {
	const name = parseDocumentName(`${kind}:${id}`)?.name;
	return name ? [name] : [];
}

function loaded<T>(reading: { current: T; loaded: boolean } | undefined): T | undefined {
	return reading?.loaded ? reading.current : undefined;
}
