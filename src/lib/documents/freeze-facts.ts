/**
 * At publication facts become text: what is printed on a day must not change after it. Pure, so that the server and a
 * preview make the same.
 */
import { holderIn, readFact, type Fact, type FactSources } from '#lib/domain/facts/fact.ts';
import type { Block, Cell, Span } from './body.ts';

export type Frozen = {
	blocks: Block[];
	/** Facts whose value changed and that nobody has acknowledged; the present value is in the text. */
	changed: Fact[];
	/** Facts whose source was deleted or cannot be read; what they read as last is in the text. */
	lost: Fact[];
	/** Meetings and actions in the text that were cancelled. */
	cancelled: Fact[];
};

/** Spans of facts lose what they were made from and keep their place, marks and suggestions. */
export function freezeFacts(blocks: readonly Block[], sources: FactSources): Frozen {
	const frozen: Frozen = { blocks: [], changed: [], lost: [], cancelled: [] };
	const toText = (span: Span): Span => {
		const { fact, ...plain } = span;
		if (!fact) return span;
		const reading = readFact(fact, sources);
		if (reading.state !== 'live') frozen.lost.push(fact);
		else if (reading.old !== null) frozen.changed.push(fact);
		if (reading.state === 'live' && reading.doubts.includes('cancelled')) frozen.cancelled.push(fact);
		const holder = holderIn(fact, sources);
		return { ...plain, text: reading.text, ...(holder && { holder }) };
	};
	frozen.blocks = blocks.map((block) => mapSpans(block, toText));
	return frozen;
}

/** The facts of a body, in order. */
export function factsIn(blocks: readonly Block[]): Fact[] {
	const found: Fact[] = [];
	for (const block of blocks)
		mapSpans(block, (span) => {
			if (span.fact) found.push(span.fact);
			return span;
		});
	return found;
}

export function mapSpans(block: Block, change: (span: Span) => Span): Block {
	if (block.kind === 'rule') return block;
	if (block.kind === 'text') return { ...block, spans: block.spans.map(change) };
	const inCell = (cell: Cell): Cell => ({
		...cell,
		blocks: cell.blocks.map((each) => ({ ...each, spans: each.spans.map(change) })),
	});
	return { ...block, rows: block.rows.map((row) => row.map(inCell)) };
}
