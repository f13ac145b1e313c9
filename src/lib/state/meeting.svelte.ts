/** Meetings as the pages need them: out of the directory, which is always open. */
import { addBody, addMeeting, setParticipant, updateEntry } from '#lib/documents/change-directory.ts';
import { markRemoved, restoreRemoved } from '#lib/documents/removed-entry.ts';
import { newId } from '#lib/domain/id.ts';
import { splitByTime, type Meeting } from '#lib/domain/meeting.ts';
import type { App } from './app.svelte.ts';
import { nowFor } from './clock.svelte.ts';

export type NewMeeting = Pick<Meeting, 'bodyId' | 'title' | 'start' | 'end' | 'mode' | 'place' | 'link'>;

export type MeetingChange = Partial<Omit<Meeting, 'id' | 'invited' | 'guests'>>;

/** The list of meetings, and one's changes to it. */
export class Meetings {
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	/** Next ones first, then those that were, latest first. */
	get byTime(): { upcoming: Meeting[]; past: Meeting[] } {
		return splitByTime(this.#app.directory.meetings, nowFor(this.#app));
	}

	/** @returns undefined when there is none, or not any more */
	find(id: string): Meeting | undefined {
		return this.#app.directory.meetings.find((meeting) => meeting.id === id);
	}

	/** Everyone who writes for the association is invited; who should not be is taken off. */
	create(facts: NewMeeting): Meeting {
		const invited = this.#app.people.filter(({ role }) => role === 'admin' || role === 'board').map(({ id }) => id);
		const meeting: Meeting = { ...facts, id: newId(), status: 'planned', invited, guests: [] };
		addMeeting(this.#doc, meeting);
		return meeting;
	}

	/** @returns the id of the body of that name, made when there is none yet */
	bodyNamed(name: string): string {
		const known = this.#app.directory.bodies.find(
			(body) => body.name.localeCompare(name, 'de', { sensitivity: 'base' }) === 0,
		);
		if (known) return known.id;
		const id = newId();
		addBody(this.#doc, id, name);
		return id;
	}

	update(id: string, change: MeetingChange): void {
		updateEntry(this.#doc, 'meetings', id, change);
	}

	setParticipant(id: string, list: 'invited' | 'guests', personId: string, on: boolean): void {
		setParticipant(this.#doc, id, list, personId, on);
	}

	/** Agenda and minutes stay where they are, so that taking the removal back brings all of it back. */
	remove(id: string): void {
		markRemoved(this.#doc, 'meetings', id, this.#app.me.id, Date.now());
	}

	restore(meeting: Meeting): void {
		if (!restoreRemoved(this.#doc, 'meetings', meeting.id)) addMeeting(this.#doc, meeting);
	}

	get #doc() {
		return this.#app.directoryHandle.doc;
	}
}
