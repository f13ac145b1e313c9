/**
 * The agenda (Tagesordnung): items in an order, each with the minutes it is planned to take. Numbers and start times
 * are never stored: they follow from the order, so that they cannot contradict it.
 */
import { addMinutes, minutesBetween, type LocalDateTime } from './local-time.ts';

export const agendaItemKinds = ['information', 'discussion', 'decision'] as const;
export type AgendaItemKind = (typeof agendaItemKinds)[number];

/** An agenda item (TOP, Tagesordnungspunkt). */
export type AgendaItem = {
	id: string;
	title: string;
	kind: AgendaItemKind;
	/** Planned, 0 to `maxItemMinutes`. */
	minutes: number;
	presenterId: string | null;
	notes: string;
	/** Whether people who are no members of the body may be there. */
	public: boolean;
	/** Fractional index. */
	order: string;
};

export const maxItemMinutes = 600;

/** What a new item is until someone says otherwise. */
export const newAgendaItem = {
	kind: 'discussion',
	minutes: 10,
	presenterId: null,
	notes: '',
	public: true,
} as const satisfies Partial<AgendaItem>;

export function isItemMinutes(value: unknown): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxItemMinutes;
}

/** When each item is planned to begin: each where the one before it ends. As many times as items, in their order. */
export function startTimes(
	items: readonly Pick<AgendaItem, 'minutes'>[],
	meetingStart: LocalDateTime,
): LocalDateTime[] {
	let passed = 0;
	return items.map(({ minutes }) => {
		const start = addMinutes(meetingStart, passed);
		passed += minutes;
		return start;
	});
}

export function totalMinutes(items: readonly Pick<AgendaItem, 'minutes'>[]): number {
	return items.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** An item with what follows from its place. */
export type ScheduledItem = AgendaItem & { number: number; start: LocalDateTime };

export type Schedule = {
	items: ScheduledItem[];
	/** Sum of all items. */
	minutes: number;
	/** When the last item is planned to be done. */
	end: LocalDateTime;
	/** How many minutes the items go beyond the meeting's end; 0 when they fit, or when no end is set. */
	over: number;
};

/** @param items in order */
export function scheduleOf(
	items: readonly AgendaItem[],
	meeting: { start: LocalDateTime; end: LocalDateTime | null },
): Schedule {
	const starts = startTimes(items, meeting.start);
	const minutes = totalMinutes(items);
	const end = addMinutes(meeting.start, minutes);
	return {
		items: items.map((item, at) => ({ ...item, number: at + 1, start: starts[at] ?? meeting.start })),
		minutes,
		end,
		over: meeting.end === null ? 0 : Math.max(0, minutesBetween(meeting.end, end)),
	};
}
