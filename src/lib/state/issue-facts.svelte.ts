/** What the facts of one issue show, from the documents on this device; the server reads the same from its own. */
import { bodyRoot, readBody } from '#lib/documents/body.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import { factSources, readArrived } from '#lib/documents/fact-sources.ts';
import { factsIn } from '#lib/documents/freeze-facts.ts';
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
	/** Documents that facts point into, in one text, so that the same ones are not opened anew. */
	#needed = $state('');
	readonly #rosters;
	readonly #minutes;

	constructor(app: App) {
		this.#app = app;
		this.#rosters = readDocuments(app, () => this.#names('roster:'), readArrived(readRoster));
		this.#minutes = readDocuments(app, () => this.#names('minutes:'), readArrived(readMinutes));
	}

	/** Looks what the facts in it point at. Reads the whole issue: not for every keystroke. */
	look(doc: Y.Doc): void {
		const facts = readBulletin(doc).articles.flatMap(({ id }) => factsIn(readBody(doc, bodyRoot(id))));
		const names = facts.flatMap(({ kind, of }) => documentOf(kind, of.split('/')[0] ?? '') ?? []);
		this.#needed = [...new Set(names)].sort().join(' ');
	}

	get sources(): FactSources {
		return factSources({
			directory: this.#app.directory,
			rosterOf: (id) => loaded(this.#rosters.of(`roster:${id}`)),
			minutesOf: (id) => loaded(this.#minutes.of(`minutes:${id}`)),
			personName: (id) => presentName(this.#app, id),
		});
	}

	#names(kind: string): DocumentName[] {
		return this.#needed.split(' ').filter((name) => name.startsWith(kind)) as DocumentName[];
	}
}

function documentOf(kind: string, id: string): DocumentName | null {
	const document = kind === 'shift' ? 'roster' : kind === 'resolution' ? 'minutes' : null;
	return document && (parseDocumentName(`${document}:${id}`)?.name ?? null);
}

function loaded<T>(reading: { current: T; loaded: boolean } | undefined): T | undefined {
	return reading?.loaded ? reading.current : undefined;
}
