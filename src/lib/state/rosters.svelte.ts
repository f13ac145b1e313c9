/** The list of actions: what the directory knows of them, and how many places their shifts still have. */
import { readRoster } from '#lib/documents/roster.ts';
import { openPlacesOf, splitByDate, type RosterEntry } from '#lib/domain/roster.ts';
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import type { App } from './app.svelte.ts';
import { todayFor } from './clock.svelte.ts';
import { statusOf } from './document-view.svelte.ts';
import { readDocuments } from './open-documents.svelte.ts';

/** How many of the coming actions are counted: each is a document to open. */
const counted = 12;

export class RosterList {
	readonly #app: App;
	readonly #rosters: ReturnType<typeof readDocuments<ReturnType<typeof readRoster>>>;
	readonly #directory: ReturnType<typeof statusOf>;

	/** Call while a component initialises. */
	constructor(app: App) {
		this.#app = app;
		this.#directory = statusOf(app.directoryHandle);
		this.#rosters = readDocuments(
			app,
			() => this.byDate.upcoming.slice(0, counted).flatMap(({ id }) => nameOf(id) ?? []),
			readRoster,
		);
	}

	get loaded(): boolean {
		return this.#directory.current.loaded;
	}

	get byDate(): { upcoming: RosterEntry[]; past: RosterEntry[] } {
		return splitByDate(this.#app.directory.rosters, todayFor(this.#app));
	}

	/** Null while it is not known. */
	places(id: string): { open: number; shifts: number } | null {
		const name = nameOf(id);
		const reading = name ? this.#rosters.of(name) : undefined;
		if (!reading?.loaded) return null;
		const { shifts } = reading.current;
		return { open: openPlacesOf(shifts), shifts: shifts.length };
	}
}

/** Null for a record under a name that no document can have. */
function nameOf(id: string): DocumentName | null {
	return parseDocumentName(`roster:${id}`)?.name ?? null;
}
