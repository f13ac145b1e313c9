/** What facts and findings are called. */
import type { Known } from '#lib/domain/checker/calendar.ts';
import type { Says } from '#lib/domain/checker/finding.ts';
import type { Caveat } from '#lib/domain/facts/fact.ts';
import { weekdayOf } from '#lib/domain/facts/calendar-words.ts';
import { formatDate, formatList, formatTime } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** @param caveats what is not decided, or was rejected, is no resolution */
export function kindWords(kind: string, caveats: readonly Caveat[] = []): string {
	if (caveats.includes('undecided') || caveats.includes('rejected')) return m.facts_kind_motion();
	const words: Readonly<Record<string, () => string>> = {
		meeting: m.facts_kind_meeting,
		action: m.facts_kind_action,
		shift: m.facts_kind_shift,
		resolution: m.facts_kind_resolution,
		office: m.facts_kind_office,
	};
	return Object.hasOwn(words, kind) ? (words[kind]?.() ?? '') : '';
}

/** Beside a fact that does not hold as it is written. */
export const caveatWords: Readonly<Record<Caveat, () => string>> = {
	gone: m.facts_gone,
	cancelled: m.facts_cancelled,
	rejected: m.facts_rejected,
	undecided: m.facts_undecided,
	closed: m.facts_closed,
};

/** All of them; empty for what holds. */
export function caveatNote(caveats: readonly Caveat[]): string {
	return caveats.map((caveat) => caveatWords[caveat]()).join(', ');
}

const weekdays = [
	m.facts_sunday,
	m.facts_monday,
	m.facts_tuesday,
	m.facts_wednesday,
	m.facts_thursday,
	m.facts_friday,
	m.facts_saturday,
];

export function findingTitle({ kind }: Says): string {
	const titles: Record<Says['kind'], () => string> = {
		weekday: m.checks_title_weekday,
		'no-such-date': m.checks_title_date,
		'next-meeting': m.checks_title_date,
		'other-date': m.checks_title_date,
		'other-time': m.checks_title_time,
		'other-end': m.checks_title_time,
		past: m.checks_title_date,
		name: m.checks_title_name,
	};
	return titles[kind]();
}

/** One sentence. @param today the day as of which the text is read */
export function findingWords(says: Says, today: string): string {
	switch (says.kind) {
		case 'weekday':
			return m.checks_weekday({ date: dayOf(says.date), weekday: weekdays[weekdayOf(says.date)]?.() ?? '' });
		case 'no-such-date':
			return m.checks_no_such_date({ typed: says.typed });
		case 'next-meeting':
			return nextWords(says.coming);
		case 'other-date':
			return m.checks_other_date({ name: nameOf(says.known), date: formatDate(says.known.date) });
		case 'other-time':
			return m.checks_other_time({ name: nameOf(says.known), time: formatTime(says.known.start ?? '') });
		case 'other-end':
			return m.checks_other_end({ name: nameOf(says.known), time: formatTime(says.known.end ?? '') });
		case 'past':
			return m.checks_past({ date: formatDate(says.date), today: formatDate(today) });
		case 'name':
			return m.checks_name({ name: says.name });
	}
}

/** Several of one name come as its next ones, which is true whatever else comes before. */
function nextWords(coming: readonly Known[]): string {
	const [name = '', ...others] = new Set(coming.map(nameOf));
	if (others.length === 0)
		return m.checks_next({ name, dates: formatList(coming.map(({ date }) => formatDate(date))) });
	const meetings = coming.map((known) => m.checks_next_item({ name: nameOf(known), date: formatDate(known.date) }));
	return m.checks_next_of({ meetings: formatList(meetings) });
}

function nameOf({ names }: Known): string {
	return names[0] ?? m.facts_kind_meeting();
}

/** Without its weekday, which is said beside it. */
function dayOf(date: string): string {
	return formatDate(date, 'short');
}
