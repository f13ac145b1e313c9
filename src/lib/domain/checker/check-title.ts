/** A title is a line of plain words: it is checked as a sentence is, and a date in it stays words. */
import type { Calendar } from './calendar.ts';
import { checkText } from './check-text.ts';
import type { Finding } from './finding.ts';

export function checkTitle(title: string, calendar: Calendar): Finding[] {
	return checkText(title, calendar).map((finding) => ({
		...finding,
		mends: finding.mends.map((mend) => ({ ...mend, fact: null })),
	}));
}
