import type { Calendar, Known } from '../calendar.ts';

export function meeting(id: string, date: string, start: string, end: string | null, ...names: string[]): Known {
	return { kind: 'meeting', id, date, start, end, names };
}

export function action(id: string, date: string, ...names: string[]): Known {
	return { kind: 'action', id, date, start: null, end: null, names };
}

/** The calendar against which the sentences are read, on its day. */
export const testCalendar: Calendar = {
	today: '2024-12-10',
	known: [
		meeting('november', '2024-11-12', '18:00', '20:00', 'Stadtvorstand'),
		meeting('december', '2024-12-10', '18:00', '20:00', 'Stadtvorstand'),
		meeting('election', '2024-12-20', '18:00', '19:00', 'Wahlbüro'),
		meeting('january', '2025-01-09', '18:00', '20:00', 'Stadtvorstand'),
		meeting('february', '2025-02-13', '18:00', '20:00', 'Stadtvorstand'),
		meeting('members', '2025-03-15', '14:00', null, 'Mitgliederversammlung', 'Stadtverband'),
		action('action', '2025-01-18', 'Aktionstag'),
		action('stall', '2024-12-14', 'Infostand am Markt'),
	],
	people: [
		'Frieda Baumgart',
		'Omar Haddad',
		'Jonas Petersen',
		'Mara Sander',
		'Kim Saathoff',
		'Eva Niehues',
		'Lea Brandt',
		'Cem Yıldız',
		'Jürgen Weiß',
		'Li',
	],
};
