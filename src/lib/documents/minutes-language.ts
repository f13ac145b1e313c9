/** In which language minutes are: nobody says it, as of an issue of the bulletin. */
import { languageOfText, type Language } from '#lib/domain/facts/calendar-words.ts';
import type * as Y from 'yjs';
import { readAgenda } from './agenda.ts';
import { bodyRoot, bodyRoots, bodyText } from './body.ts';
import { readMinutes } from './minutes.ts';

/** By the words of both; null where they do not say. */
export function languageOfMinutes(minutes: Y.Doc, agenda: Y.Doc): Language | null {
	const { resolutions, tasks } = readMinutes(minutes);
	const bodies = bodyRoots(minutes).map((id) => bodyText(minutes, bodyRoot(id)));
	const titles = readAgenda(agenda).items.map(({ title }) => title);
	return languageOfText([...bodies, ...titles, ...[...resolutions, ...tasks].map(({ text }) => text)].join('\n'));
}
