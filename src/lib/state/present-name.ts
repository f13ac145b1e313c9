/**
 * What facts call a person: as the server does in what goes out. Who is not here any more is named no longer, also where a
 * device still knows how they were called; approving compares what both show.
 */
import type { App } from './app.svelte.ts';

/** Empty for who is not here, or not any more. */
export function presentName(app: Pick<App, 'people' | 'person'>, id: string): string {
	if (id === '') return '';
	const person = app.person(id);
	return app.people.some((one) => one.id === id) ? (person?.name ?? '') : '';
}
