/** What changed that no words show: what a paragraph is, how words look, and what was said about them. */
import { m } from '#lib/i18n/paraglide/messages.js';
import type { TalkChanges } from '#lib/state/section-diff.ts';
import type { FormChange, TextBlock } from '#lib/state/paragraph-diff.ts';
import type { Look } from '#lib/state/text-diff.ts';

type Form = FormChange['now'];

export function formWords({ was, now, open }: FormChange): string {
	const isOther = was.level !== now.level || was.list !== now.list;
	const deeper = (now.indent ?? 0) - (was.indent ?? 0);
	const words = [
		isOther ? m.history_form({ now: nameOf(now), was: nameOf(was) }) : '',
		deeper > 0 ? m.history_indented() : deeper < 0 ? m.history_outdented() : '',
		isOther || was.checked === now.checked ? '' : now.checked ? m.history_ticked() : m.history_unticked(),
	];
	const what = words.filter(Boolean).join(', ');
	return open ? m.history_suggested({ what }) : what;
}

export function stepWords(step: TextBlock['steps'][number]): string {
	return m.history_suggested({ what: step === 'join' ? m.review_join() : m.review_break() });
}

/** As in the menus with which one chooses it. */
function nameOf({ level, list }: Form): string {
	if (level !== null) return { 1: m.editor_heading_1, 2: m.editor_heading_2, 3: m.editor_heading_3 }[level]();
	if (list === null) return m.editor_heading_none();
	return { bullet: m.editor_bullet, ordered: m.editor_ordered, check: m.editor_check }[list]();
}

export function lookWords({ mark, was, now, open }: Look): string {
	const what = mark === 'link' ? linkWords(was, now) : lookWord(mark, now !== null, open);
	return open ? m.history_suggested({ what }) : what;
}

function lookWord(mark: 'strong' | 'em', is: boolean, open: boolean): string {
	const look = mark === 'strong' ? m.history_bold() : m.history_italic();
	if (!is) return m.history_look_gone({ look });
	return open ? look : m.history_look({ look });
}

function linkWords(was: string | null, now: string | null): string {
	if (was === null) return m.history_link({ now: now ?? '' });
	return now === null ? m.history_link_gone({ was }) : m.history_link_changed({ now, was });
}

export function talkWords({ said, changed, settled, reopened }: TalkChanges): string[] {
	const words: [number, (inputs: { count: number }) => string][] = [
		[said, m.history_remarks],
		[changed, m.history_remarks_changed],
		[settled, m.history_talks_settled],
		[reopened, m.history_talks_reopened],
	];
	return words.flatMap(([count, say]) => (count > 0 ? [say({ count })] : []));
}
