/**
 * The nested form of a flat body, for print and for other programs: list items gather into lists, deeper ones into their
 * parent's item, and what is indented behind an item belongs to it, so that the numbering goes on.
 */
import type { Block, TextBlock } from './body.ts';
import type { ListKind } from './body-gate.ts';

export type Item = { block: TextBlock; children: Branch[] };
export type ListBranch = { kind: 'list'; list: ListKind; items: Item[] };
export type Branch = ListBranch | { kind: 'block'; block: Block };

export function toTree(blocks: readonly Block[]): Branch[] {
	const root: Branch[] = [];
	const open: { indent: number; branch: ListBranch }[] = [];
	const siblings = () => open.at(-1)?.branch.items.at(-1)?.children ?? root;
	for (const block of blocks) {
		const indent = block.kind === 'text' ? block.indent : 0;
		const list = block.kind === 'text' && block.level === null ? block.list : null;
		closeDownTo(open, indent, list);
		if (block.kind !== 'text' || list === null) {
			siblings().push({ kind: 'block', block });
			continue;
		}
		if (open.at(-1)?.indent !== indent) {
			const branch: ListBranch = { kind: 'list', list, items: [] };
			siblings().push(branch);
			open.push({ indent, branch });
		}
		open.at(-1)?.branch.items.push({ block, children: [] });
	}
	return root;
}

/** Closes what the next block ends: deeper lists, and the list at its own indent unless it goes on. */
function closeDownTo(open: { indent: number; branch: ListBranch }[], indent: number, list: ListKind | null): void {
	for (let last = open.at(-1); last; last = open.at(-1)) {
		if (last.indent < indent || (last.indent === indent && last.branch.list === list)) return;
		open.pop();
	}
}
