/**
 * What facts show and the checker knows, for the texts of one page: out of the directory, and out of rosters and minutes as
 * far as a text needs them. Make one while the page's component is made.
 */
import { leaveAsIs, leftRoot, readLeft } from '#lib/documents/left-as-is.ts';
import { factSources } from '#lib/documents/fact-sources.ts';
import { readMinutes } from '#lib/documents/minutes.ts';
import { readRoster } from '#lib/documents/roster.ts';
import type { Calendar, Known } from '#lib/domain/checker/calendar.ts';
import { choicesOf, type Choice, type Source } from '#lib/domain/facts/choices.ts';
import type { Fact, FactSources } from '#lib/domain/facts/fact.ts';
import { dateOf, daysBetween, timeOf, type LocalDate } from '#lib/domain/local-time.ts';
import { formatDate, formatTimeSpan } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { getLocale } from '#lib/i18n/paraglide/runtime.js';
import { parseDocumentName, toDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessTo } from '#lib/protocol/policy.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import type { App } from './app.svelte.ts';
import { statusOf, viewOf, type View } from './document-view.svelte.ts';
import { bodyNameOf, nameOfMeeting } from './names.ts';
import { readDocuments, type Reading } from './open-documents.svelte.ts';
import { presentName } from './present-name.ts';

/** Of how many actions and meetings shifts and resolutions are offered. */
const nearest = 5;

export class Facts {
	readonly #app: App;
	readonly #asOf: () => LocalDate;
	readonly #handle: Pick<DocumentHandle, 'doc'>;
	readonly #status: View<DocumentHandle['status']>;
	readonly #left: View<ReadonlyMap<string, ReadonlySet<string>>>;
	readonly #rosters: { of(name: DocumentName): Reading<ReturnType<typeof readRoster>> | undefined };
	readonly #minutes: { of(name: DocumentName): Reading<ReturnType<typeof readMinutes>> | undefined };
	#wanted = $state.raw<ReadonlySet<DocumentName>>(new Set());
	#offers = $state(false);

	/**
	 * @param asOf the day as of which the texts are read
	 * @param handle the document that holds them
	 */
	constructor(app: App, asOf: () => LocalDate, handle: Pick<DocumentHandle, 'doc'>) {
		this.#app = app;
		this.#asOf = asOf;
		this.#handle = handle;
		this.#status = statusOf(app.directoryHandle);
		this.#left = viewOf(handle.doc, readLeft, { roots: [leftRoot] });
		this.#rosters = readDocuments(app, () => this.#names('roster'), readRoster);
		this.#minutes = readDocuments(app, () => this.#names('minutes'), readMinutes);
	}

	readonly sources: FactSources = $derived.by(() =>
		factSources({
			directory: this.#status.current.loaded ? this.#app.directory : undefined,
			rosterOf: (id) => this.#read(this.#rosters, 'roster', id),
			minutesOf: (id) => this.#read(this.#minutes, 'minutes', id),
			personName: (id) => presentName(this.#app, id),
		}),
	);

	readonly calendar: Calendar = $derived.by(() => ({
		today: this.#asOf(),
		known: this.#known(),
		people: this.#app.people.map(({ name }) => name),
	}));

	get choices(): readonly Choice[] {
		if (!this.#offers) queueMicrotask(() => (this.#offers = true));
		return choicesOf([...this.#sources()], this.#asOf(), getLocale(), this.sources);
	}

	nameOf({ kind, of }: Pick<Fact, 'kind' | 'of'>): string {
		const [outer = ''] = of.split('/');
		const { meetings, rosters, offices } = this.#app.directory;
		if (kind === 'meeting' || kind === 'resolution') {
			const meeting = meetings.find(({ id }) => id === outer);
			return meeting ? nameOfMeeting(this.#app, meeting) : '';
		}
		if (kind === 'office') return offices.find(({ id }) => id === outer)?.title ?? '';
		return rosters.find(({ id }) => id === outer)?.title ?? '';
	}

	hrefOf({ kind, of }: Pick<Fact, 'kind' | 'of'>): string {
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
		readings: { of(name: DocumentName): Reading<T> | undefined },
		kind: 'roster' | 'minutes',
		id: string,
	): T | undefined {
		// A reference comes from whoever wrote the text: what names no document is not to be read.
		const name = parseDocumentName(`${kind}:${id}`)?.name;
		const reading = name && readings.of(name);
		if (name && !reading) this.#want(name);
		return reading?.loaded ? reading.current : undefined;
	}

	/** Not at once: a fact asks while it is being shown. */
	#want(name: DocumentName): void {
		queueMicrotask(() => {
			if (!this.#wanted.has(name)) this.#wanted = new Set([...this.#wanted, name]);
		});
	}

	#names(kind: 'roster' | 'minutes'): DocumentName[] {
		const near = kind === 'roster' ? this.#near(this.#app.directory.rosters) : this.#near(this.#meetingDays());
		const offered = this.#offers ? near.map(({ id }) => toDocumentName(kind, id)) : [];
		const names = [...this.#wanted].filter((name) => name.startsWith(`${kind}:`));
		return [...new Set([...names, ...offered])].filter((name) => accessTo(this.#app.me, name) !== 'none');
	}

	#meetingDays(): { id: string; date: LocalDate }[] {
		return this.#app.directory.meetings.map(({ id, start }) => ({ id, date: dateOf(start) }));
	}

	#near<T extends { date: LocalDate }>(entries: readonly T[]): T[] {
		const away = ({ date }: T) => Math.abs(daysBetween(date, this.#asOf()));
		return entries.toSorted((a, b) => away(a) - away(b)).slice(0, nearest);
	}

	*#sources(): Iterable<Source> {
		const { meetings, rosters, offices, bodies } = this.#app.directory;
		for (const meeting of meetings) {
			const day = dateOf(meeting.start);
			const named = `${nameOfMeeting(this.#app, meeting)}, ${formatDate(day, 'short')}`;
			const what = `${m.facts_kind_meeting()} · ${named}`;
			yield { kind: 'meeting', of: meeting.id, day, what };
			const minutes = this.#minutes.of(toDocumentName('minutes', meeting.id));
			for (const { id } of minutes?.loaded ? minutes.current.resolutions : [])
				yield {
					kind: 'resolution',
					of: `${meeting.id}/${id}`,
					day: null,
					what: `${m.facts_kind_resolution()} · ${named}`,
				};
		}
		for (const { id, title, date } of rosters) {
			yield { kind: 'action', of: id, day: date, what: `${m.facts_kind_action()} · ${title}` };
			const roster = this.#rosters.of(toDocumentName('roster', id));
			for (const shift of roster?.loaded ? roster.current.shifts : [])
				yield {
					kind: 'shift',
					of: `${id}/${shift.id}`,
					day: null,
					what: `${m.facts_kind_shift()} · ${title}, ${formatTimeSpan(timeOf(shift.start), timeOf(shift.end))}`,
				};
		}
		for (const { id, title, bodyId } of offices) {
			const body = bodies.find((each) => each.id === bodyId)?.name;
			yield {
				kind: 'office',
				of: id,
				day: null,
				what: [`${m.facts_kind_office()} · ${title}`, body].filter(Boolean).join(', '),
			};
		}
	}
}

const nothing: ReadonlySet<string> = new Set();
