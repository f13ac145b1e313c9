/** What meetings, bodies and people are called. */
import type { Meeting } from '#lib/domain/meeting.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { App } from './app.svelte.ts';

/** What a meeting is called: by its own title, else by the body that meets. */
export function nameOfMeeting(app: App, meeting: Pick<Meeting, 'title' | 'bodyId'>): string {
	return meeting.title || bodyNameOf(app, meeting) || m.meetings_meeting();
}

export function bodyNameOf(app: App, { bodyId }: Pick<Meeting, 'bodyId'>): string {
	return app.directory.bodies.find(({ id }) => id === bodyId)?.name ?? '';
}

/** A person's name, whatever this device knows. */
export function nameOf(app: Pick<App, 'person'>, personId: string): string {
	// Whom only an imported file names is nobody of ours, whoever has the same name.
	if (personId.startsWith('word:')) return m.comments_from_word({ name: personId.slice(5) });
	return app.person(personId)?.name ?? m.meetings_unknown_person();
}
