/** An association with one action, one meeting and its minutes, for journeys of people who only read. */
import { addAgendaItem } from '#lib/documents/change-agenda.ts';
import { addBranch, addMeeting, addRoster } from '#lib/documents/change-directory.ts';
import { setMinutesFacts } from '#lib/documents/change-minutes.ts';
import { addShift, addStation, editNote } from '#lib/documents/change-roster.ts';
import { writeDocuments } from './content.ts';
import type { Member, TestServer } from './server.ts';

export const actionDay = {
	id: 'actionday1',
	title: 'Aktionstag am Lindenplatz',
	station: 'Stand am Brunnen',
	note: 'Schirme bringt der OV Nord mit.',
} as const;
export const meetingId = 'meeting1';
export const agendaItem = 'Plakate';

export async function writeActionDay(server: TestServer, writer: Member): Promise<void> {
	await writeDocuments(server, writer, [
		{
			name: 'directory:main',
			change: (doc) => {
				addBranch(doc, 'north', 'OV Nord', 'a0');
				addRoster(doc, {
					id: actionDay.id,
					title: actionDay.title,
					place: 'Lindenplatz',
					date: '2025-01-18',
					status: 'open',
				});
				addMeeting(doc, {
					id: meetingId,
					bodyId: null,
					title: 'Vorstandssitzung',
					start: '2025-01-09T18:00',
					end: null,
					mode: 'inPerson',
					place: 'Geschäftsstelle',
					link: '',
					status: 'planned',
					invited: [writer.person.id],
					guests: [],
				});
			},
		},
		{
			name: `roster:${actionDay.id}`,
			change: (doc) => {
				editNote(doc, actionDay.note);
				addStation(doc, 'fountain', actionDay.station);
				addShift(doc, {
					id: 'shift1',
					start: '2025-01-18T10:00',
					end: '2025-01-18T12:00',
					stationId: 'fountain',
					need: 3,
					branchId: 'north',
					people: [writer.person.id],
				});
			},
		},
		{
			name: `agenda:${meetingId}`,
			change: (doc) =>
				addAgendaItem(doc, {
					id: 'item1',
					title: agendaItem,
					kind: 'decision',
					minutes: 10,
					presenterId: null,
					notes: '',
					public: true,
				}),
		},
		{ name: `minutes:${meetingId}`, change: (doc) => setMinutesFacts(doc, { minuteTakerId: writer.person.id }) },
	]);
}
