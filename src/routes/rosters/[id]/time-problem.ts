/** What is wrong with the times of a shift. */
import type { TimeProblem } from '#lib/domain/meeting.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

export const timeProblemWords: Record<TimeProblem, () => string> = {
	'start-invalid': m.rosters_problem_start,
	'end-invalid': m.rosters_problem_end,
	'end-before-start': m.rosters_problem_order,
	'too-long': m.rosters_problem_long,
};
