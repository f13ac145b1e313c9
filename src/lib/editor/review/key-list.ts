/** The keys that one has to be told of, in the order of the list in which one is. */
import { m } from '#lib/i18n/paraglide/messages.js';
import { reviewKeys, type ReviewKey } from './review-keys.ts';

export type KeyLine = {
	/** What they do, by any of them. */
	words: () => string;
	/** As `prosemirror-keymap` writes them: `Mod` is Ctrl, on a Mac ⌘. */
	keys: readonly string[];
};

export const writingLines: readonly KeyLine[] = [
	{ words: m.editor_undo, keys: ['Mod-z'] },
	{ words: m.editor_redo, keys: ['Mod-y', 'Mod-Shift-z'] },
	{ words: m.editor_bold, keys: ['Mod-b'] },
	{ words: m.editor_italic, keys: ['Mod-i'] },
	{ words: m.editor_link, keys: ['Mod-k'] },
	{ words: m.comments_comment, keys: ['Mod-Alt-m'] },
	{ words: m.editor_heading_none, keys: ['Mod-Alt-0'] },
	{ words: m.editor_heading, keys: ['Mod-Alt-1', 'Mod-Alt-2', 'Mod-Alt-3'] },
	{ words: m.editor_ordered, keys: ['Mod-Shift-7'] },
	{ words: m.editor_bullet, keys: ['Mod-Shift-8'] },
	{ words: m.editor_check, keys: ['Mod-Shift-9'] },
	{ words: m.review_help_tick, keys: ['Mod-Enter'] },
	{ words: m.review_help_indent, keys: ['Tab'] },
	{ words: m.review_help_outdent, keys: ['Shift-Tab'] },
	{ words: m.review_help_line, keys: ['Shift-Enter'] },
	{ words: m.editor_blocks, keys: ['/'] },
	{ words: m.review_help_fact, keys: ['@'] },
	{ words: m.review_help_hint, keys: ['Mod-.'] },
];

const reviewWords: Record<ReviewKey, () => string> = {
	edit: m.review_mode_edit,
	suggest: m.review_mode_suggest,
	view: m.review_mode_view,
	next: m.review_help_next,
	previous: m.review_help_previous,
	accept: m.review_help_accept,
	reject: m.review_help_reject,
};

export const reviewLines: readonly KeyLine[] = reviewKeys.map(({ action, letter }) => ({
	words: reviewWords[action],
	keys: [`Mod-Alt-Shift-${letter}`],
}));

/** As a keyboard names it: `Strg+Alt+M`, `⌘⌥M`. */
export function keyName(key: string, mac: boolean): string {
	const parts = key.split('-');
	const last = parts.pop() ?? '';
	const shown = last.length === 1 ? last.toUpperCase() : last;
	if (mac) return [...parts.map((part) => ({ Mod: '⌘', Alt: '⌥', Shift: '⇧' })[part] ?? part), shown].join('');
	return parts.reduceRight((name, part) => {
		if (part === 'Alt') return `Alt+${name}`;
		return part === 'Shift' ? m.review_help_shift({ key: name }) : m.editor_key({ key: name });
	}, shown);
}
