/**
 * Lists from Word are no lists: paragraphs with `mso-list: l0 level2 lfo1` in their style, whose number or bullet stands
 * as text before them, in a span of its own style or between conditional comments.
 */
import { maxIndent } from '#lib/documents/body-gate.ts';
import type { ItemContext } from './block-collector.ts';

export function wordItemOf(paragraph: Element): ItemContext | null {
	const level = /mso-list\s*:[^;]*\blevel(\d+)/i.exec(paragraph.getAttribute('style') ?? '')?.[1];
	if (level === undefined) return null;
	return {
		list: /^\s*\(?([0-9]{1,4}|[a-z]|[ivxlc]{1,7})[.)]/i.test(markerOf(paragraph)) ? 'ordered' : 'bullet',
		indent: Math.min(maxIndent, Math.max(0, Number(level) - 1)),
		checked: false,
		begun: false,
	};
}

export function isListMarkerStart(comment: Node): boolean {
	return /^\[if !supportLists\]/i.test(comment.nodeValue ?? '');
}

export function isMarkerEnd(comment: Node): boolean {
	return /^\[endif\]/i.test(comment.nodeValue ?? '');
}

/** The text of the number or bullet. */
function markerOf(paragraph: Element): string {
	const own = [...paragraph.querySelectorAll('[style]')].find((each) =>
		/mso-list\s*:\s*ignore/i.test(each.getAttribute('style') ?? ''),
	);
	return own?.textContent ?? betweenComments(paragraph);
}

function betweenComments(paragraph: Element): string {
	const children = [...paragraph.childNodes];
	const start = children.findIndex((child) => child.nodeType === 8 && isListMarkerStart(child));
	const end = children.findIndex((child, at) => at > start && child.nodeType === 8 && isMarkerEnd(child));
	if (start < 0 || end < 0) return '';
	return children
		.slice(start + 1, end)
		.map((child) => child.textContent ?? '')
		.join('');
}
