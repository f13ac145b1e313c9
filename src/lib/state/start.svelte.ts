/** What Start shows: out of the directory, and of the few documents that what is next leads to. */
import { readAgenda } from '#lib/documents/agenda.ts';
import { readMinutes } from '#lib/documents/minutes.ts';
import { readRoster } from '#lib/documents/roster.ts';
import type { waitingFor } from '#lib/documents/talks.ts';
import { totalMinutes } from '#lib/domain/agenda.ts';
import type { BulletinEntry } from '#lib/domain/bulletin.ts';
import { greetingAt, type Greeting } from '#lib/domain/greeting.ts';
import { timeOf } from '#lib/domain/local-time.ts';
import { byStart, nextMeeting, type Meeting } from '#lib/domain/meeting.ts';
import type { Task } from '#lib/domain/minutes.ts';
import { byTime, openPlaces, openPlacesOf, splitByDate, type RosterEntry, type Shift } from '#lib/domain/roster.ts';
import { parseDocumentName, type DocumentKind, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessOf, managesPeople } from '#lib/protocol/policy.ts';
import type { App } from './app.svelte.ts';
import { nowFor, todayFor } from './clock.svelte.ts';
import { loadLater } from './load-later.ts';
import { readDocuments } from './open-documents.svelte.ts';
import { readinessOf } from './readiness.svelte.ts';

/** How many actions are shown, how many meetings and issues are looked through, how many shifts of an action are named. */
const shown = { actions: 3, minutes: 4, shifts: 3, bulletins: 3 };

export type ActionSummary = {
	entry: RosterEntry;
	/** The first shifts that someone is missing on, and how many more there are. Null while it is not known. */
	open: { places: number; first: Shift[]; more: number; shifts: number } | null;
};

/** A text in which others wait for this person, and in how many places. */
export type Waiting = { of: Meeting | BulletinEntry; kind: 'minutes' | 'bulletin'; count: number };

export type TaskOfMine = Task & { meeting: Meeting };

/** Call while a component initialises. */
export class Start {
	readonly #app: App;
	readonly #agendas;
	readonly #rosters;
	readonly #minutes;
	readonly #talks;
	/** Counts who waits for one; looked at once the rest is shown. */
	#waitingFor = $state.raw<typeof waitingFor | null>(null);
	readonly #directory;

	constructor(app: App) {
		this.#app = app;
		this.#directory = readinessOf(app.directoryHandle);
		this.#agendas = readDocuments(app, () => namesOf('agenda', this.meeting ? [this.meeting.entry] : []), readAgenda);
		this.#rosters = readDocuments(app, () => namesOf('roster', this.#actions), readRoster);
		this.#minutes = readDocuments(
			app,
			() => (this.readsMinutes ? namesOf('minutes', this.#recentMeetings) : []),
			readMinutes,
		);
		this.#talks = readDocuments(
			app,
			() => (this.#waitingFor ? this.#talkedAbout : []).flatMap(({ kind, of }) => namesOf(kind, [of])),
			(doc) => this.#waitingFor?.(doc, app.me.id) ?? 0,
		);
		void loadLater(() => import('#lib/documents/talks.ts')).then((talks) => (this.#waitingFor = talks.waitingFor));
	}

	/** Whether the directory is known, on a first visit from the relay; before that, nothing is known to be missing. */
	get loaded(): boolean {
		return this.#directory.current;
	}

	get greeting(): Greeting {
		return greetingAt(timeOf(nowFor(this.#app)));
	}

	/** Whether the example evening's people can be made and removed, as only somebody who manages people can. */
	get handlesExample(): boolean {
		return managesPeople(this.#app.me.role);
	}

	/** Whether something of the example evening is in the directory. */
	get hasExample(): boolean {
		const { meetings, rosters, bulletins } = this.#app.directory;
		return [...meetings, ...rosters, ...bulletins].some(({ id }) => id.startsWith('example'));
	}

	get readsMinutes(): boolean {
		return accessOf(this.#app.me.role, 'minutes') !== 'none';
	}

	/** The next meeting, or else the last one. */
	get meeting(): { entry: Meeting; when: 'now' | 'next' | 'past' } | null {
		const now = nowFor(this.#app);
		const next = nextMeeting(this.#app.directory.meetings, now);
		if (next) return { entry: next, when: next.start <= now ? 'now' : 'next' };
		const last = this.#recentMeetings.at(0);
		return last ? { entry: last, when: 'past' } : null;
	}

	/** Null while it is not known, or nothing is on it. */
	get agenda(): { items: number; minutes: number } | null {
		const reading = this.meeting && this.#agendas.of(`agenda:${this.meeting.entry.id}`);
		const items = reading?.current.items ?? [];
		return items.length > 0 ? { items: items.length, minutes: totalMinutes(items) } : null;
	}

	/** The next actions, or else the last one. */
	get actions(): ActionSummary[] {
		return this.#actions.map((entry) => ({ entry, open: this.#openOf(entry.id) }));
	}

	get bulletin(): BulletinEntry | null {
		if (accessOf(this.#app.me.role, 'bulletin') === 'none') return null;
		return this.#app.directory.bulletins[0] ?? null;
	}

	/** Open tasks of the last meetings, the most urgent first. */
	get tasks(): TaskOfMine[] {
		const tasks = this.#recentMeetings.flatMap((meeting) =>
			(this.#minutes.of(`minutes:${meeting.id}`)?.current.tasks ?? [])
				.filter(({ personId, done }) => personId === this.#app.me.id && !done)
				.map((task) => ({ ...task, meeting })),
		);
		return tasks.sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1));
	}

	/** Where somebody has asked this person something and has not heard from them. */
	get waiting(): Waiting[] {
		return this.#talkedAbout
			.map(({ kind, of }) => ({ kind, of, count: this.#talks.of(`${kind}:${of.id}` as DocumentName)?.current ?? 0 }))
			.filter(({ count }) => count > 0);
	}

	/** What an association has not begun with yet. */
	get begun(): { people: boolean; meeting: boolean; action: boolean } {
		const { meetings, rosters } = this.#app.directory;
		return { people: this.#app.people.length > 1, meeting: meetings.length > 0, action: rosters.length > 0 };
	}

	get isEmpty(): boolean {
		const { meetings, rosters, bulletins } = this.#app.directory;
		return meetings.length === 0 && rosters.length === 0 && bulletins.length === 0;
	}

	get #talkedAbout(): Omit<Waiting, 'count'>[] {
		if (!this.readsMinutes) return [];
		return [
			...this.#app.directory.bulletins.slice(0, shown.bulletins).map((of) => ({ kind: 'bulletin' as const, of })),
			...this.#recentMeetings.map((of) => ({ kind: 'minutes' as const, of })),
		];
	}

	/** Latest first; begun already. */
	get #recentMeetings(): Meeting[] {
		const now = nowFor(this.#app);
		return this.#app.directory.meetings
			.filter(({ start, status }) => start <= now && status !== 'cancelled')
			.sort((a, b) => byStart(b, a))
			.slice(0, shown.minutes);
	}

	get #actions(): RosterEntry[] {
		const entries = this.#app.directory.rosters.filter(({ status }) => status !== 'cancelled');
		const { upcoming, past } = splitByDate(entries, todayFor(this.#app));
		return upcoming.length > 0 ? upcoming.slice(0, shown.actions) : past.slice(0, 1);
	}

	#openOf(id: string): ActionSummary['open'] {
		const reading = this.#rosters.of(`roster:${id}`);
		if (!reading?.loaded) return null;
		const { shifts } = reading.current;
		const now = nowFor(this.#app);
		const coming = shifts.filter(({ end }) => end > now);
		const missing = (coming.length > 0 ? coming : shifts).filter((shift) => openPlaces(shift) > 0).sort(byTime);
		return {
			places: openPlacesOf(missing),
			first: missing.slice(0, shown.shifts),
			more: Math.max(0, missing.length - shown.shifts),
			shifts: shifts.length,
		};
	}

	/** A shift is called by who takes it, else by where it stands. */
	shiftTitle(rosterId: string, shift: Shift): string {
		const branch = this.#app.directory.branches.find(({ id }) => id === shift.branchId)?.name;
		const stations = this.#rosters.of(`roster:${rosterId}`)?.current.stations ?? [];
		return branch || stations.find(({ id }) => id === shift.stationId)?.name || '';
	}
}

/** Records under a name that no document can have are left out. */
function namesOf(kind: DocumentKind, entries: readonly { id: string }[]): DocumentName[] {
	return entries.flatMap(({ id }) => parseDocumentName(`${kind}:${id}`)?.name ?? []);
}
