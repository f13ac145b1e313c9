/** Differences in one line a block, for tests to compare with. */
import type { DiffBlock } from '#lib/state/block-diff.ts';
import type { FormChange, TextBlock } from '#lib/state/paragraph-diff.ts';
import type { DiffRow } from '#lib/state/table-diff.ts';
import type { Look } from '#lib/state/text-diff.ts';
import { textOf } from '#lib/documents/rich-body.ts';

/** How many are unchanged, a text by its parts, a table by its rows, in which cells are `‖` apart. */
export function told(block: DiffBlock): unknown {
	if (block.kind === 'unchanged') return block.count;
	if (block.kind === 'text') return toldText(block);
	const header = block.header === null ? [] : [`header:${block.header}`];
	const merged = block.merged ? ['merged'] : [];
	return [...header, ...merged, ...block.rows.map((row) => (row.kind === 'unchanged' ? row.count : toldRow(row)))];
}

function toldRow({ what, cells }: Extract<DiffRow, { kind: 'row' }>): string {
	const words = cells.map((cell) =>
		[cell.what === what ? '' : `${cell.what}! `, ...cell.blocks.map((each) => toldText(each).join(', '))].join(''),
	);
	return `${what}> ${words.join(' ‖ ')}`;
}

function toldText({ forms, steps, parts }: TextBlock): string[] {
	return [
		...forms.map(toldForm),
		...steps.map((step) => `may-${step}`),
		...parts.map(({ what, child, looks }) => `${what}${looks.map(toldLook).join('')}:${textOf(child)}`),
	];
}

function toldForm({ was, now, open }: FormChange): string {
	const name = ({ level, list, indent, checked }: FormChange['now']) =>
		[level && `h${level}`, list, indent && `>${indent}`, checked && 'done'].filter(Boolean).join(' ') || 'text';
	return `${open ? 'may-be' : 'form'}:${name(was)}→${name(now)}`;
}

function toldLook({ mark, was, now, open }: Look): string {
	return `[${open ? 'may-' : ''}${now === null ? 'no-' : ''}${mark}${was && now ? ` ${was}→${now}` : ''}]`;
}
