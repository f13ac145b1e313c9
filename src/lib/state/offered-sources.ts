/** All that facts can be made of, each named so that one can tell it from the others and find it by a word. */
import type { Directory } from '#lib/documents/directory.ts';
import type { Source } from '#lib/domain/facts/choices.ts';
import { dateOf } from '#lib/domain/local-time.ts';
import type { Meeting } from '#lib/domain/meeting.ts';
import type { Resolution } from '#lib/domain/minutes.ts';
import { decisionOn } from '#lib/domain/outcome.ts';
import type { Roster, RosterEntry } from '#lib/domain/roster.ts';
import { formatDate } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { nameOfShift } from './fact-names.ts';

export type Known = {
	directory: Pick<Directory, 'meetings' | 'rosters' | 'offices' | 'bodies' | 'branches'>;
	/** Undefined where it was not read. */
	rosterOf(actionId: string): Pick<Roster, 'shifts' | 'stations'> | undefined;
	minutesOf(meetingId: string): { resolutions: readonly Resolution[] } | undefined;
	/** Agenda items that are not public; undefined where that was not read. */
	closedItemsOf(meetingId: string): ReadonlySet<string> | undefined;
	/** For a text that goes out: no resolution of an item that is not known to be public. */
	forAll: boolean;
	nameOfMeeting(meeting: Meeting): string;
};

/** In the order of the directory. */
export function sourcesOf(known: Known): Source[] {
	const { meetings, rosters, offices } = known.directory;
	return [
		...meetings.flatMap((meeting) => ofMeeting(meeting, known)),
		...rosters.flatMap((action) => ofAction(action, known)),
		...offices.map(({ id, title, bodyId }) => {
			const body = known.directory.bodies.find((each) => each.id === bodyId)?.name;
			const what = [`${m.facts_kind_office()} · ${title}`, body].filter(Boolean).join(', ');
			return { kind: 'office' as const, of: id, day: null, what };
		}),
	];
}

function ofMeeting(meeting: Meeting, { minutesOf, closedItemsOf, forAll, nameOfMeeting }: Known): Source[] {
	const closed = closedItemsOf(meeting.id);
	const day = dateOf(meeting.start);
	const named = `${nameOfMeeting(meeting)}, ${formatDate(day, 'short')}`;
	const held = minutesOf(meeting.id)?.resolutions ?? [];
	const offered = forAll ? held.filter(({ itemId }) => closed?.has(itemId) === false) : held;
	const resolutions = offered.map((resolution) => ({
		kind: 'resolution' as const,
		of: `${meeting.id}/${resolution.id}`,
		day: null,
		what: `${decisionOn(resolution) === null ? m.facts_kind_motion() : m.facts_kind_resolution()} · ${named}`,
	}));
	return [{ kind: 'meeting', of: meeting.id, day, what: `${m.facts_kind_meeting()} · ${named}` }, ...resolutions];
}

function ofAction(action: RosterEntry, { rosterOf, directory }: Known): Source[] {
	const { id, title, date } = action;
	const { shifts, stations } = rosterOf(id) ?? { shifts: [], stations: [] };
	const places = { stations, branches: directory.branches };
	return [
		{ kind: 'action', of: id, day: date, what: `${m.facts_kind_action()} · ${title}` },
		...shifts.map((shift) => ({
			kind: 'shift' as const,
			of: `${id}/${shift.id}`,
			day: null,
			what: `${m.facts_kind_shift()} · ${nameOfShift(action, shift, places)}`,
		})),
	];
}
