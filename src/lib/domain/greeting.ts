import type { LocalTime } from './local-time.ts';

export type Greeting = 'morning' | 'day' | 'evening';

/** What one says to each other at that time; who is still up after midnight has an evening. */
export function greetingAt(time: LocalTime): Greeting {
	if (time < '05:00' || time >= '18:00') return 'evening';
	return time < '11:00' ? 'morning' : 'day';
}
