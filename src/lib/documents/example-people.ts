/** The people of the example evening. All of them are invented. */
export type ExamplePerson = { id: string; name: string; role: 'board' | 'member' | 'guest'; contact?: string };

/** The number is one of those that are set aside for film and television (Bundesnetzagentur). */
export const examplePeople = [
	{ id: 'exampleada', name: 'Ada Brandt', role: 'board' },
	{ id: 'examplejonas', name: 'Jonas Weiler', role: 'board' },
	{ id: 'examplelea', name: 'Lea Kortmann', role: 'board' },
	{ id: 'examplecem', name: 'Cem Polat', role: 'board' },
	{ id: 'exampleeva', name: 'Eva Niehues', role: 'board', contact: '0171 3920007' },
	{ id: 'exampletom', name: 'Tom Reinders', role: 'board' },
	{ id: 'exampleli', name: 'Li Hartwig', role: 'board' },
	{ id: 'exampleben', name: 'Ben Osterkamp', role: 'board' },
	{ id: 'examplekim', name: 'Kim Saathoff', role: 'board' },
	{ id: 'examplefrieda', name: 'Frieda Baumgart', role: 'guest' },
	{ id: 'exampleomar', name: 'Omar Haddad', role: 'guest' },
	{ id: 'examplenina', name: 'Nina Uhlmann', role: 'member' },
	{ id: 'examplepaul', name: 'Paul Wessels', role: 'member' },
	{ id: 'exampleruth', name: 'Ruth Ebeling', role: 'member' },
	{ id: 'examplesami', name: 'Sami Krause', role: 'member' },
	{ id: 'examplezoe', name: 'Zoe Timmermann', role: 'member' },
] as const satisfies readonly ExamplePerson[];

export type ExamplePersonId = (typeof examplePeople)[number]['id'];
