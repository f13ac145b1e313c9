/**
 * What is offered behind an `@`: meetings, actions and offices out of the directory, and shifts and resolutions out of
 * rosters and minutes. Of these the nearest are read when somebody asks, all others when they look for a word.
 */
import { closedItemIds } from '#lib/documents/closed-items.ts';
import { factSources, readArrived } from '#lib/documents/fact-sources.ts';
import { readMinutes, type Minutes } from '#lib/documents/minutes.ts';
import { readRoster } from '#lib/documents/roster.ts';
import { choicesOf, type Choice, type Source } from '#lib/domain/facts/choices.ts';
import type { Language } from '#lib/domain/facts/calendar-words.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { dateOf, daysBetween, type LocalDate } from '#lib/domain/local-time.ts';
import type { Roster } from '#lib/domain/roster.ts';
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import type * as Y from 'yjs';
import type { App } from './app.svelte.ts';
import { nameOfMeeting } from './names.ts';
import { sourcesOf } from './offered-sources.ts';
import { presentName } from './present-name.ts';

/** Of how many actions and of how many meetings shifts and resolutions are offered before anybody looks for a word. */
const nearest = 5;
/** How many documents are read at a time while one searches. */
const atOnce = 4;
/** How long the relay may take for what is not on the device. Milliseconds. */
const answersWithin = 5000;

type Place = { kind: 'roster' | 'minutes'; id: string; name: DocumentName; away: number };

/** `partly`: all that this device has was searched, and that is not all there is. */
export type Searched = 'not' | 'under-way' | 'all' | 'partly';

export class OfferedFacts {
	readonly #app: App;
	readonly #asOf: () => LocalDate;
	readonly #language: () => Language;
	readonly #forAll: boolean;
	#rosters = $state.raw<ReadonlyMap<string, Roster>>(new Map());
	#minutes = $state.raw<ReadonlyMap<string, Minutes>>(new Map());
	#closed = $state.raw<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
	#searched = $state<Searched>('not');
	/** What the relay's content of has never come to this device. */
	readonly #missing = new Set<DocumentName>();

	/**
	 * @param asOf the day of the text
	 * @param language in which it is written
	 * @param forAll it goes out to everybody
	 */
	constructor(app: App, asOf: () => LocalDate, language: () => Language, forAll: boolean) {
		this.#app = app;
		this.#asOf = asOf;
		this.#language = language;
		this.#forAll = forAll;
	}

	get searched(): Searched {
		return this.#searched;
	}

	get sources(): FactSources {
		return factSources({
			directory: this.#app.directory,
			rosterOf: (id) => this.#rosters.get(id),
			minutesOf: (id) => this.#minutes.get(id),
			closedItemsOf: (id) => this.#closed.get(id),
			personName: (id) => presentName(this.#app, id),
		});
	}

	/** The likeliest first; what a search finds is behind all others, so that nothing moves under who chooses. */
	get choices(): Choice[] {
		const all = sourcesOf({
			directory: this.#app.directory,
			rosterOf: (id) => this.#rosters.get(id),
			minutesOf: (id) => this.#minutes.get(id),
			closedItemsOf: (id) => this.#closed.get(id),
			forAll: this.#forAll,
			nameOfMeeting: (meeting) => nameOfMeeting(this.#app, meeting),
		});
		const { far } = this.#places();
		const later = new Set<string>(far.map(({ name }) => name));
		const byPlace = Map.groupBy(all, (source) => {
			const name = documentOf(source);
			return name && later.has(name) ? name : null;
		});
		const written = (sources: readonly Source[] = []) =>
			choicesOf(sources, this.#asOf(), this.#language(), this.sources);
		return [null, ...later].flatMap((name) => written(byPlace.get(name)));
	}

	/** Reads what the likeliest come from. */
	readNearest(): void {
		for (const place of this.#places().near) void this.#read(place, answersWithin).then((show) => show());
	}

	/**
	 * Reads all other minutes and rosters, the nearest first.
	 *
	 * @param turn calls back when there is time for a few of them
	 * @returns ends it
	 */
	search(turn: (work: () => void) => unknown): () => void {
		let ended = false;
		this.#searched = 'under-way';
		void this.#searchFar(turn, () => ended);
		return () => {
			ended = true;
			this.#searched = 'not';
		};
	}

	async #searchFar(turn: (work: () => void) => unknown, ended: () => boolean): Promise<void> {
		const { far } = this.#places();
		let patience = answersWithin;
		for (let at = 0; at < far.length; at += atOnce) {
			await new Promise<void>((resolve) => void turn(resolve));
			if (ended()) return;
			const begun = Date.now();
			const shows = await Promise.all(far.slice(at, at + atOnce).map((place) => this.#read(place, patience)));
			if (ended()) return;
			// Together, so that they come in their order.
			for (const show of shows) show();
			// Who did not answer once is not waited for a hundred times.
			if (Date.now() - begun >= answersWithin) patience = 0;
		}
		this.#searched = this.#missing.size > 0 ? 'partly' : 'all';
	}

	/** @returns shows what it holds */
	async #read({ kind, id, name }: Place, patience: number): Promise<() => void> {
		if (kind === 'roster') {
			const roster = await this.#look(name, patience, readRoster);
			return () => (this.#rosters = new Map(this.#rosters).set(id, roster));
		}
		const minutes = await this.#look(name, patience, readMinutes);
		const agenda = minutes.resolutions.length > 0 ? parseDocumentName(`agenda:${id}`)?.name : undefined;
		const closed = agenda && (await this.#look(agenda, patience, readArrived(closedItemIds)));
		return () => {
			if (closed) this.#closed = new Map(this.#closed).set(id, closed);
			this.#minutes = new Map(this.#minutes).set(id, minutes);
		};
	}

	/** Opens it for a moment. */
	async #look<T>(name: DocumentName, patience: number, read: (doc: Y.Doc) => T): Promise<T> {
		const handle = this.#app.workspace.open(name, { present: false });
		await handle.whenLoaded;
		if (await hasArrived(handle, patience)) this.#missing.delete(name);
		else this.#missing.add(name);
		const held = read(handle.doc);
		handle.release();
		return held;
	}

	/** Of what may be read, each the nearest first. */
	#places(): { near: Place[]; far: Place[] } {
		const { rosters, meetings } = this.#app.directory;
		const placesOf = (kind: Place['kind'], entries: readonly { id: string; date: LocalDate }[]) =>
			entries
				.flatMap(({ id, date }) => {
					// An id comes from whoever wrote the directory: what names no document is not to be read.
					const name = parseDocumentName(`${kind}:${id}`)?.name;
					return name ? { kind, id, name, away: Math.abs(daysBetween(date, this.#asOf())) } : [];
				})
				.filter(({ name }) => accessTo(this.#app.me, name) !== 'none')
				.sort(byNearness);
		const days = meetings.map(({ id, start }) => ({ id, date: dateOf(start) }));
		const [ofActions, ofMeetings] = [placesOf('roster', rosters), placesOf('minutes', days)];
		return {
			near: [...ofActions.slice(0, nearest), ...ofMeetings.slice(0, nearest)],
			far: [...ofActions.slice(nearest), ...ofMeetings.slice(nearest)].sort(byNearness),
		};
	}
}

function byNearness(one: Place, other: Place): number {
	return one.away - other.away;
}

/** The name of the document that a source is in; null where it is in the directory. */
function documentOf({ kind, of }: Source): string | null {
	const [id = ''] = of.split('/');
	return kind === 'shift' ? `roster:${id}` : kind === 'resolution' ? `minutes:${id}` : null;
}

/** Waits for what the relay has, for a while. @returns whether that is here, from now or an earlier visit */
function hasArrived(handle: DocumentHandle, patience: number): Promise<boolean> {
	return new Promise((resolve) => {
		const settle = () => {
			clearTimeout(timer);
			stop();
			resolve(handle.status.everSynced);
		};
		const look = () => {
			const { everSynced, connection, refusal } = handle.status;
			if (everSynced || connection === 'offline' || refusal !== null) settle();
		};
		const timer = setTimeout(settle, patience);
		const stop = handle.onStatus(look);
		look();
	});
}
