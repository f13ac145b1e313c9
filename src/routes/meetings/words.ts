/** The field's words as sentences of the chosen language. */
import type { AgendaItemKind } from '#lib/domain/agenda.ts';
import type { MeetingMode, MeetingStatus, MeetingTimesProblem } from '#lib/domain/meeting.ts';
import type { AttendanceState, ResolutionStatus } from '#lib/domain/minutes.ts';
import type { Outcome } from '#lib/domain/outcome.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

export const modeWords: Record<MeetingMode, () => string> = {
	inPerson: m.meetings_mode_inPerson,
	online: m.meetings_mode_online,
	hybrid: m.meetings_mode_hybrid,
};

export const statusWords: Record<MeetingStatus, () => string> = {
	planned: m.meetings_status_planned,
	invited: m.meetings_status_invited,
	held: m.meetings_status_held,
	cancelled: m.meetings_status_cancelled,
};

export const problemWords: Record<MeetingTimesProblem['problem'], () => string> = {
	'date-invalid': m.meetings_problem_date_invalid,
	'start-invalid': m.meetings_problem_start_invalid,
	'end-invalid': m.meetings_problem_end_invalid,
	'end-before-start': m.meetings_problem_end_before_start,
};

export const kindWords: Record<AgendaItemKind, () => string> = {
	information: m.meetings_kind_information,
	discussion: m.meetings_kind_discussion,
	decision: m.meetings_kind_decision,
};

export const attendanceWords: Record<AttendanceState, () => string> = {
	present: m.meetings_state_present,
	excused: m.meetings_state_excused,
	absent: m.meetings_state_absent,
};

export const outcomeWords: Record<Outcome, () => string> = {
	adopted: m.meetings_outcome_adopted,
	rejected: m.meetings_outcome_rejected,
};

export const resolutionStatusWords: Record<ResolutionStatus, () => string> = {
	draft: m.meetings_resolution_status_draft,
	adopted: m.meetings_resolution_status_adopted,
};

/** Choices for a field, in the order of the words. */
export function toOptions<T extends string>(words: Record<T, () => string>): { value: T; label: string }[] {
	return (Object.keys(words) as T[]).map((value) => ({ value, label: words[value]() }));
}
