/** Sentences with and without something to say about them. They are read on 10 December 2024 against `testCalendar`. */
import { dates } from './dates.ts';
import { meetingsAndActions } from './meetings-and-actions.ts';
import { names } from './names.ts';
import type { Kind } from './subject.ts';
import { times } from './times.ts';

export const findings: Readonly<Record<Kind, readonly string[]>> = {
	...dates.findings,
	...meetingsAndActions.findings,
	...times.findings,
	...names.findings,
};

export const quiet: readonly string[] = [dates, meetingsAndActions, times, names].flatMap((subject) => subject.quiet);
