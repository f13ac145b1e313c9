/**
 * What facts show and the checker knows, for the texts of one page: out of the directory, and out of rosters and minutes as
 * far as a text needs them. Make one while the page's component is made.
 */
import { closedItemIds } from '#lib/documents/closed-items.ts';
import { leaveAsIs, leftRoot, readLeft } from '#lib/documents/left-as-is.ts';
import { factSources, readArrived } from '#lib/documents/fact-sources.ts';
import { readMinutes, type Minutes } from '#lib/documents/minutes.ts';
import { readRoster } from '#lib/documents/roster.ts';
import type { Calendar, Known } from '#lib/domain/checker/calendar.ts';
import type { Language } from '#lib/domain/facts/calendar-words.ts';
import type { Fact, FactSources } from '#lib/domain/facts/fact.ts';
import { dateOf, timeOf, type LocalDate } from '#lib/domain/local-time.ts';
import type { Roster } from '#lib/domain/roster.ts';
import { parseDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import type { App } from './app.svelte.ts';
import { nameOfShift } from './fact-names.ts';
import { statusOf, viewOf, type View } from './document-view.svelte.ts';
import { bodyNameOf, nameOfMeeting } from './names.ts';
import type { OfferedFacts } from './offered-facts.svelte.ts';
import { readDocuments, type Reading } from './open-documents.svelte.ts';
import { presentName } from './present-name.ts';

/** What facts are read from, beside the directory. */
type FactDocument = 'roster' | 'minutes' | 'agenda';

export class Facts {
	readonly #app: App;
	readonly #asOf: () => LocalDate;
	readonly #handle: Pick<DocumentHandle, 'doc' | 'name'>;
	readonly #language: () => Language;
	readonly #status: View<DocumentHandle['status']>;
	readonly #left: View<ReadonlyMap<string, ReadonlySet<string>>>;
	readonly #rosters: { of(name: DocumentName): Reading<Roster | undefined> | undefined };
	readonly #minutes: { of(name: DocumentName): Reading<Minutes | undefined> | undefined };
	readonly #agendas: { of(name: DocumentName): Reading<ReadonlySet<string> | undefined> | undefined };
	#wanted = $state.raw<ReadonlySet<DocumentName>>(new Set());
	#offers: OfferedFacts | null = null;

	/**
	 * @param asOf the day as of which the texts are read
	 * @param handle the document that holds them
	 * @param language in which they are written, whatever language the device speaks
	 */
	constructor(app: App, asOf: () => LocalDate, handle: Pick<DocumentHandle, 'doc' | 'name'>, language: () => Language) {
		this.#app = app;
		this.#asOf = asOf;
		this.#handle = handle;
		this.#language = language;
		this.#status = statusOf(app.directoryHandle);
		this.#left = viewOf(handle.doc, readLeft, { roots: [leftRoot] });
		this.#rosters = readDocuments(app, () => this.#names('roster'), readArrived(readRoster));
		this.#minutes = readDocuments(app, () => this.#names('minutes'), readArrived(readMinutes));
		this.#agendas = readDocuments(app, () => this.#names('agenda'), readArrived(closedItemIds));
	}

	readonly sources: FactSources = $derived.by(() => {
		// A fact that came into the text while it is shown was not drawn where its document's coming is heard of.
		void this.#wanted;
		return factSources({
			directory: this.#status.current.loaded ? this.#app.directory : undefined,
			partly: this.#app.isGuest,
			rosterOf: (id) => this.#read(this.#rosters, 'roster', id),
			minutesOf: (id) => this.#read(this.#minutes, 'minutes', id),
			closedItemsOf: (id) => this.#read(this.#agendas, 'agenda', id),
			personName: (id) => presentName(this.#app, id),
		});
	});

	readonly calendar: Calendar = $derived.by(() => ({
		today: this.#asOf(),
		known: this.#known(),
		people: this.#app.people.map(({ name }) => name),
		own: this.#app.association.name,
	}));

	async offers(): Promise<OfferedFacts> {
		const offered = await import('./offered-facts.svelte.ts');
		const forAll = this.#handle.name.startsWith('bulletin:');
		return (this.#offers ??= new offered.OfferedFacts(this.#app, this.#asOf, this.#language, forAll));
	}

	nameOf({ kind, of }: Pick<Fact, 'kind' | 'of'>): string {
		const [outer = '', inner = ''] = of.split('/');
		const { meetings, rosters, offices, branches } = this.#app.directory;
		if (kind === 'meeting' || kind === 'resolution') {
			const meeting = meetings.find(({ id }) => id === outer);
			return meeting ? nameOfMeeting(this.#app, meeting) : '';
		}
		if (kind === 'office') return offices.find(({ id }) => id === outer)?.title ?? '';
		const action = rosters.find(({ id }) => id === outer);
		const roster = action && kind === 'shift' ? this.#read(this.#rosters, 'roster', outer) : undefined;
		const shift = roster?.shifts.find(({ id }) => id === inner);
		if (action && roster && shift) return nameOfShift(action, shift, { stations: roster.stations, branches });
		return action?.title ?? '';
	}

	/** Empty for a guest where it is not of their meeting: they would only be sent back. */
	hrefOf({ kind, of }: Pick<Fact, 'kind' | 'of'>): string {
		if (this.#app.isGuest && this.nameOf({ kind, of }) === '') return '';
		const id = encodeURIComponent(of.split('/')[0] ?? '');
		if (kind === 'resolution') return `/meetings/${id}/minutes`;
		if (kind === 'office') return '/more/offices';
		return kind === 'meeting' ? `/meetings/${id}` : `/rosters/${id}`;
	}

	left(fragment: string): ReadonlySet<string> {
		return this.#left.current.get(fragment) ?? nothing;
	}

	leave(fragment: string, key: string, leave: boolean): void {
		leaveAsIs(this.#handle.doc, fragment, key, leave);
	}

	#known(): Known[] {
		const { meetings, rosters } = this.#app.directory;
		const inPlan = <T extends { status: string }>({ status }: T) => status !== 'cancelled';
		return [
			...meetings.filter(inPlan).map((meeting) => ({
				kind: 'meeting' as const,
				id: meeting.id,
				date: dateOf(meeting.start),
				start: timeOf(meeting.start),
				end: meeting.end === null ? null : timeOf(meeting.end),
				names: [meeting.title, bodyNameOf(this.#app, meeting)].filter((name) => name !== ''),
			})),
			...rosters
				.filter(inPlan)
				.map(({ id, date, title }) => ({ kind: 'action' as const, id, date, start: null, end: null, names: [title] })),
		];
	}

	/** What a document holds that a fact asked for. It is opened then, and read again when it is there. */
	#read<T>(
		readings: { of(name: DocumentName): Reading<T | undefined> | undefined },
		kind: FactDocument,
		id: string,
	): T | undefined {
		// A reference comes from whoever wrote the text: what names no document is not to be read.
		const name = parseDocumentName(`${kind}:${id}`)?.name;
		const reading = name && readings.of(name);
		if (name && !reading) this.#want(name);
		return loaded(reading);
	}

	/** Not at once: a fact asks while it is being shown. */
	#want(name: DocumentName): void {
		queueMicrotask(() => {
			if (!this.#wanted.has(name)) this.#wanted = new Set([...this.#wanted, name]);
		});
	}

	#names(kind: FactDocument): DocumentName[] {
		const names = [...this.#wanted].filter((name) => name.startsWith(`${kind}:`));
		return names.filter((name) => accessTo(this.#app.me, name) !== 'none');
	}
}

const nothing: ReadonlySet<string> = new Set();

function loaded<T>(reading: Reading<T> | undefined): T | undefined {
	return reading?.loaded ? reading.current : undefined;
}
