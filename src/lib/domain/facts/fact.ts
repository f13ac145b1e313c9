/**
 * A live fact in a text: a reference to something the association knows, and how it is written. It shows the present value.
 * What it showed when somebody last acknowledged it is kept beside it, so that a change can be seen as one, and so that the
 * text stays readable when the source is gone or not for this reader.
 */
import { dateOf, timeOf, type LocalDate, type LocalDateTime } from '../local-time.ts';
import type { Meeting } from '../meeting.ts';
import type { Resolution } from '../minutes.ts';
import { decisionOn } from '../outcome.ts';
import type { RosterEntry, Shift } from '../roster.ts';
import { fromForm, isDateShape, isMomentShape, writeShown, type Form, type Shape, type Shown } from './forms.ts';
import type { Office } from './office.ts';

export const factKinds = ['meeting', 'action', 'shift', 'resolution', 'office'] as const;
export type FactKind = (typeof factKinds)[number];

export type Fact = {
	kind: string;
	/** The source's id; `actionId/shiftId` and `meetingId/resolutionId` where one stands within another. */
	of: string;
	form: string;
	/** What it read as when it was last acknowledged; never a person's name, which is in no document. */
	text: string;
	/** What it showed then, see `Shown`; a person's id for the holder of an office. */
	was: string;
};

/** The longest text that a fact keeps; a longer one is cut where it is only kept, not where it is shown. */
export const maxFactText = 1000;

/** `null`: it was there and is gone. `undefined`: not known here, or not (yet) readable by whoever looks. */
export type Found<T> = T | null | undefined;

export type FactSources = {
	meeting(id: string): Found<Pick<Meeting, 'start' | 'end' | 'place' | 'status'>>;
	action(id: string): Found<Pick<RosterEntry, 'date' | 'place' | 'status'>>;
	shift(actionId: string, id: string): Found<Pick<Shift, 'start' | 'end'>>;
	/** `closed`: its agenda item is not public. */
	resolution(meetingId: string, id: string): Found<Pick<Resolution, 'text' | 'vote' | 'status'> & { closed?: boolean }>;
	office(id: string): Found<Pick<Office, 'title' | 'personId'>>;
	/** Empty for somebody who is not known here. */
	personName(id: string): string;
};

/** Why a source that is there does not hold as it is written: called off, voted down, not decided yet, not for everybody. */
export type Doubt = 'cancelled' | 'rejected' | 'undecided' | 'closed';

/** The same of any fact; `gone`: the source was deleted, or none is named. */
export type Caveat = Doubt | 'gone';

export type FactReading =
	| {
			state: 'live';
			text: string;
			shown: Shown;
			/** What it read as before a change that nobody has acknowledged yet. */
			old: string | null;
			doubts: readonly Doubt[];
	  }
	/** The source was deleted, or none is named any more: of a damaged fact nothing else may be left. */
	| { state: 'gone'; text: string }
	/** Somewhere this reader cannot look, or a form that this version does not know. */
	| { state: 'unreadable'; text: string };

export function readFact(fact: Fact, sources: FactSources): FactReading {
	const form = fromForm(fact.form);
	const kept = () => keptText(fact, form, sources);
	if (fact.kind === '' || fact.of === '') return { state: 'gone', text: kept() };
	if (form === null) return { state: 'unreadable', text: kept() };
	const present = presentOf(fact, form.shape, sources);
	if (present === undefined) return { state: 'unreadable', text: kept() };
	if (present === null) return { state: 'gone', text: kept() };
	const text = write(present.shown, present.title, form, sources);
	if (text === null) return { state: 'unreadable', text: kept() };
	const changed = fact.was !== cut(present.shown);
	const old = changed ? kept() : null;
	return { state: 'live', text, shown: present.shown, old: old === text ? null : old, doubts: present.doubts };
}

/** What a reader of the fact has to know before it goes out; nothing when it holds, or nobody here can tell. */
export function caveatsOf(reading: FactReading): readonly Caveat[] {
	if (reading.state === 'gone') return ['gone'];
	return reading.state === 'live' ? reading.doubts : [];
}

/** Whose name a fact shows, and what it reads as without it; null where it shows nobody's. */
export function holderIn(fact: Fact, sources: FactSources): { id: string; nameless: string } | null {
	const form = fromForm(fact.form);
	if (!form || !isHolder(form.shape)) return null;
	const reading = readFact(fact, sources);
	const nameless = readFact(fact, { ...sources, personName: () => '' }).text;
	if (reading.text === nameless) return null;
	return { id: reading.state === 'live' ? reading.shown : fact.was, nameless };
}

/** The attributes of a fact that shows what is so now; null when there is nothing to show. */
export function acknowledged(fact: Pick<Fact, 'kind' | 'of' | 'form'>, sources: FactSources): Fact | null {
	const form = fromForm(fact.form);
	const present = form && presentOf(fact, form.shape, sources);
	if (!form || !present) return null;
	const text = isHolder(form.shape) ? present.title : writeShown(present.shown, form);
	return text === null ? null : { ...fact, text: cut(text), was: cut(present.shown) };
}

type Present = { shown: Shown; title: string; doubts: readonly Doubt[] };

/** Null: gone. Undefined: not to be seen, or there is no such form of it. */
function presentOf({ kind, of }: Pick<Fact, 'kind' | 'of'>, shape: Shape, sources: FactSources): Found<Present> {
	const [outer = '', inner = ''] = of.split('/');
	if (kind === 'meeting') {
		const meeting = sources.meeting(outer);
		return meeting && shows(showTimed(shape, meeting), doubtsOfPlan(meeting));
	}
	if (kind === 'action') {
		const action = sources.action(outer);
		return action && shows(showDay(shape, action), doubtsOfPlan(action));
	}
	if (kind === 'shift') {
		const shift = sources.shift(outer, inner);
		const action = sources.action(outer);
		return shift && shows(showTimed(shape, { ...shift, place: '' }), action ? doubtsOfPlan(action) : []);
	}
	if (kind === 'resolution') {
		const resolution = sources.resolution(outer, inner);
		return resolution && shows(shape === 'text' ? resolution.text : undefined, doubtsOfResolution(resolution));
	}
	if (kind === 'office') {
		const office = sources.office(outer);
		return office && shows(isHolder(shape) ? (office.personId ?? '') : office.title, [], office.title);
	}
	return undefined;
}

function shows(shown: Shown | undefined, doubts: readonly Doubt[], title = ''): Present | undefined {
	return shown === undefined ? undefined : { shown, title, doubts };
}

function doubtsOfPlan({ status }: Pick<Meeting | RosterEntry, 'status'>): Doubt[] {
	return status === 'cancelled' ? ['cancelled'] : [];
}

function doubtsOfResolution(resolution: Pick<Resolution, 'vote' | 'status'> & { closed?: boolean }): Doubt[] {
	const decision = decisionOn(resolution);
	const undone: Doubt[] = decision === null ? ['undecided'] : decision === 'rejected' ? ['rejected'] : [];
	return resolution.closed ? ['closed', ...undone] : undone;
}

function showTimed(
	shape: Shape,
	{ start, end, place }: { start: LocalDateTime; end: LocalDateTime | null; place: string },
): Shown | undefined {
	if (isMomentShape(shape)) return start;
	if (isDateShape(shape)) return dateOf(start);
	if (shape === 'time') return timeOf(start);
	if (shape === 'span') return end === null ? timeOf(start) : `${timeOf(start)}/${timeOf(end)}`;
	return shape === 'place' ? place : undefined;
}

function showDay(shape: Shape, { date, place }: { date: LocalDate; place: string }): Shown | undefined {
	if (isDateShape(shape)) return date;
	return shape === 'place' ? place : undefined;
}

function isHolder(shape: Shape): boolean {
	return shape === 'holder' || shape === 'holder-office';
}

function write(shown: Shown, title: string, form: Form, { personName }: FactSources): string | null {
	if (!isHolder(form.shape)) return writeShown(shown, form);
	const name = personName(shown);
	if (form.shape === 'holder') return name || title;
	return name === '' ? title : `${name} (${title})`;
}

/** What was acknowledged last: written anew where that can be, else as it stands. */
function keptText({ text, was }: Fact, form: Form | null, sources: FactSources): string {
	if (form === null) return text;
	if (isHolder(form.shape)) return write(was, text, form, sources) ?? text;
	const dated = isMomentShape(form.shape) || isDateShape(form.shape) || form.shape === 'time' || form.shape === 'span';
	return (dated ? writeShown(was, form) : null) ?? text;
}

function cut(text: string): string {
	return text.length <= maxFactText ? text : `${text.slice(0, maxFactText - 1)}…`;
}
