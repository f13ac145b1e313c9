import { describe, expect, test } from 'vitest';
import { checkMeetingTimes, checkSpan, nextMeeting, safeLink, splitByTime, type Meeting } from './meeting.ts';

function meeting(id: string, start: string, end: string | null = null, status: Meeting['status'] = 'planned'): Meeting {
	return {
		id,
		bodyId: null,
		title: '',
		start,
		end,
		mode: 'inPerson',
		place: '',
		link: '',
		status,
		invited: [],
		guests: [],
	};
}

describe('the times of a meeting', () => {
	test('are a day, a start and an end on that day', () => {
		expect(checkMeetingTimes({ date: '2024-12-10', start: '18:00', end: '20:00' })).toEqual({
			ok: true,
			start: '2024-12-10T18:00',
			end: '2024-12-10T20:00',
		});
		expect(checkMeetingTimes({ date: '2024-12-10', start: '18:00', end: '' })).toMatchObject({ ok: true, end: null });
	});

	test.each([
		['2025-02-29', '18:00', '', 'date', 'date-invalid'],
		['', '18:00', '', 'date', 'date-invalid'],
		['10.12.2024', '18:00', '', 'date', 'date-invalid'],
		['2024-12-10', '', '20:00', 'start', 'start-invalid'],
		['2024-12-10', '24:00', '', 'start', 'start-invalid'],
		['2024-12-10', '18:00', '25:00', 'end', 'end-invalid'],
		['2024-12-10', '18:00', '17:59', 'end', 'end-before-start'],
		['2024-12-10', '18:00', '18:00', 'end', 'end-before-start'],
	])('%s %s–%s: %s is refused (%s)', (date, start, end, field, problem) => {
		expect(checkMeetingTimes({ date, start, end })).toEqual({ ok: false, field, problem });
	});
});

describe('a span', () => {
	test.each([
		['2024-12-10T18:00', '2024-12-10T20:00', null],
		['2024-12-10T18:00', null, null],
		['2024-12-10T18:00', '2024-12-11T00:30', null],
		['2024-12-10T18:00', '2024-12-10T18:00', 'end-before-start'],
		['2024-12-10T18:00', '2024-12-12T18:01', 'too-long'],
		['2024-12-10T18:00', 'tomorrow', 'end-invalid'],
		['2024-12-32T18:00', null, 'start-invalid'],
	])('from %s to %s: %s', (start, end, problem) => {
		expect(checkSpan(start, end)).toBe(problem);
	});
});

describe('meetings by time', () => {
	const meetings = [
		meeting('late', '2025-02-01T18:00'),
		meeting('running', '2025-01-09T18:00', '2025-01-09T20:00'),
		meeting('gone', '2024-12-10T18:00', '2024-12-10T20:00'),
		meeting('open', '2025-01-09T16:30'),
		meeting('older', '2024-11-01T18:00'),
	];

	test('what runs still counts as coming, for three hours where no end is known', () => {
		const { upcoming, past } = splitByTime(meetings, '2025-01-09T19:00');
		expect(upcoming.map(({ id }) => id)).toEqual(['open', 'running', 'late']);
		expect(past.map(({ id }) => id)).toEqual(['gone', 'older']);
		expect(splitByTime(meetings, '2025-01-09T19:30').upcoming.map(({ id }) => id)).toEqual(['running', 'late']);
	});

	test('the next one is none that was cancelled', () => {
		const cancelled = meeting('cancelled', '2025-01-09T10:00', '2025-01-09T20:30', 'cancelled');
		expect(nextMeeting([cancelled, ...meetings], '2025-01-09T19:00')?.id).toBe('open');
		expect(nextMeeting([cancelled], '2025-01-09T09:00')).toBeNull();
	});
});

test.each([
	['https://example.org/a b', 'https://example.org/a%20b'],
	[' HTTP://example.org ', 'http://example.org/'],
	['javascript:alert(1)', ''],
	['https://', ''],
	['example.org', ''],
	['', ''],
])('%j as a link: %j', (text, link) => {
	expect(safeLink(text)).toBe(link);
});
