import type { Meeting } from '#lib/domain/meeting.ts';
import type { Attendance } from '#lib/domain/minutes.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

export type AttendanceGroup = { key: string; label: string; people: { id: string; name: string }[] };

/** Who may be recorded: those invited, guests, and whoever is recorded although they are neither any more. */
export function attendanceGroups(
	meeting: Pick<Meeting, 'invited' | 'guests'>,
	attendance: readonly Attendance[],
	nameOf: (personId: string) => string,
): AttendanceGroup[] {
	const invited = new Set(meeting.invited);
	const guests = meeting.guests.filter((id) => !invited.has(id));
	const others = attendance.map(({ personId }) => personId).filter((id) => !invited.has(id) && !guests.includes(id));
	const byName = (ids: readonly string[]) =>
		ids.map((id) => ({ id, name: nameOf(id) })).sort((a, b) => a.name.localeCompare(b.name, 'de'));
	return [
		{ key: 'invited', label: '', people: byName(meeting.invited) },
		{ key: 'guests', label: m.meetings_attendance_guests(), people: byName(guests) },
		{ key: 'others', label: m.meetings_attendance_others(), people: byName(others) },
	].filter(({ people }) => people.length > 0);
}
