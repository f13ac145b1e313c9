/** What three people do at random to one body that they suggest in, offline and online, and what must be true in the end. */
import { Fragment, Slice } from 'prosemirror-model';
import type { Command } from 'prosemirror-state';
import * as Y from 'yjs';
import { readBody, type Block } from '#lib/documents/body.ts';
import {
	backspace,
	enter,
	forwardDelete,
	shiftIndent,
	toggleFormat,
	toggleLevel,
	toggleList,
} from '#lib/editor/commands.ts';
import { decide } from '#lib/documents/review.ts';
import { settleBody } from '#lib/documents/settle.ts';
import { plainParagraph, schema } from '#lib/editor/schema.ts';
import type { Random } from '../support/random.ts';
import { bodyName, gather, type Suggester } from '../support/suggesters.ts';

export type SuggestingKind = {
	name: string;
	/** How many of a hundred actions are done directly. */
	direct: number;
	/** How many of a hundred actions decide suggestions. */
	review: number;
	/** Whether paragraphs are also split and joined directly. */
	structure: boolean;
	/** Whether headings, lists and rules are pasted, too. */
	pasted?: true;
	/** Whether facts are put among the words. */
	facts?: true;
};

/** No letter stands twice in it, so that each can be followed. */
const original = ['abcdef ghijkl mnop', 'qrstuv wxyz 0123', '456 789 ÄÖÜ'];

export class SuggestingHistory {
	readonly people: Suggester[];
	/** Letters of the original that somebody took away directly, or by undo. */
	readonly #taken = new Set<string>();
	/** Whether somebody split or joined directly while not everyone was connected. */
	#contended = false;
	readonly #before: string;
	readonly #kind: SuggestingKind;
	readonly #random: Random;
	readonly #clock = { now: 1_700_000_000_000 };

	constructor(kind: SuggestingKind, random: Random) {
		this.#kind = kind;
		this.#random = random;
		this.people = gather(['A', 'B', 'C'], this.#clock);
		this.#writeOriginal();
		this.#before = this.content;
		for (const person of this.people) person.mode('suggest');
	}

	run(steps: number): void {
		for (let step = 0; step < steps; step++) {
			const person = this.#random.pick(this.people) as Suggester;
			if (this.#random.chance(0.12)) (person.online ? () => person.goOffline() : () => person.comeBack())();
			else this.#act(person);
		}
		for (let round = 0; round < 2; round++) for (const person of this.people) person.comeBack();
	}

	/**
	 * Whether a fault is one that is inherent in direct editing: who splits or joins a paragraph moves text by writing it anew, so
	 * that of two who do it at once, unseen by each other, one's text may come twice or go.
	 */
	isInherent(fault: string): boolean {
		return /^(twice|lost)/.test(fault) && this.#contended;
	}

	/** @returns what is not true, or null */
	fault(): string | null {
		this.people[0]?.settle();
		return this.#difference() ?? this.#closed() ?? this.#afterRejecting();
	}

	get content(): string {
		return JSON.stringify(readBody((this.people[0] as Suggester).doc, bodyName, true).filter(isShown));
	}

	close(): void {
		for (const person of this.people) {
			person.editor.close();
			person.doc.destroy();
		}
	}

	#writeOriginal(): void {
		const { editor } = this.people[0] as Suggester;
		original.forEach((line, index) => {
			if (index > 0) editor.run(enter);
			editor.type(line);
		});
		editor.selectWords('ghi');
		editor.run(toggleFormat(schema.marks.strong));
		editor.goTo('456');
		editor.run(toggleList('bullet'));
		editor.undoManager.clear();
	}

	#act(person: Suggester): void {
		const random = this.#random;
		this.#clock.now += random.nat(90_000);
		const lot = random.nat(100);
		const direct = lot < this.#kind.direct;
		person.mode(direct ? 'edit' : 'suggest');
		const had = lettersOf(person);
		const undone = random.chance(0.12);
		const blocks = person.editor.state.doc.childCount;
		const back = undone && random.chance(0.7);
		if (undone) (back ? () => person.editor.undo() : () => person.editor.redo())();
		else if (lot >= 100 - this.#kind.review) this.#review(person);
		else this.#edit(person, direct);
		if (!direct && !undone) return;
		if (person.editor.state.doc.childCount !== blocks) this.#noteStructure();
		const has = lettersOf(person);
		// What others wrote is not taken away by taking something back.
		if (!back) for (const letter of had) if (!has.has(letter)) this.#taken.add(letter);
	}

	#noteStructure(): void {
		if (!this.#everyoneOnline) this.#contended = true;
	}

	get #everyoneOnline(): boolean {
		return this.people.every(({ online }) => online);
	}

	#review(person: Suggester): void {
		const by = this.#random.pick(['A', 'B', 'C']);
		person.decide(this.#random.chance(0.5) ? 'accept' : 'reject', (of) => of.by === by);
	}

	#edit(person: Suggester, direct: boolean): void {
		const random = this.#random;
		const { editor } = person;
		const { doc } = editor.state;
		const from = 1 + random.nat(doc.content.size - 1);
		const to = Math.min(doc.content.size - 1, from + (random.chance(0.7) ? 0 : 1 + random.nat(9)));
		if (![from, to].every((each) => doc.resolve(each).parent.isTextblock)) return;
		const whole = doc.resolve(from).sameParent(doc.resolve(to)) || this.#kind.structure || !direct;
		editor.select(from, whole ? to : from);
		if (random.chance(0.5)) editor.type((direct ? 'D' : 'S').repeat(1 + random.nat(3)));
		else editor.run(random.pick(this.#commands(direct)) as Command);
	}

	#commands(direct: boolean): Command[] {
		const facts = this.#kind.facts ? [putFact, putFact] : [];
		const inside: Command[] = [
			...facts,
			toggleFormat(schema.marks.strong),
			toggleLevel(2),
			toggleList('bullet'),
			shiftIndent(1),
			erase,
		];
		if (direct && !this.#kind.structure) return inside;
		const pasted = this.#kind.pasted ? [pasteForms, pasteForms] : [];
		return [...inside, enter, enter, backspace, backspace, forwardDelete, ...pasted];
	}

	#difference(): string | null {
		const bodies = this.people.map(({ body }) => body.toJSON());
		return new Set(bodies).size === 1 ? null : `not the same:\n${bodies.join('\n')}`;
	}

	#closed(): string | null {
		const closed = this.people.find(({ editor }) => editor.closed !== null)?.editor.closed;
		return closed ? `an editor closed: ${closed.why === 'fault' ? String(closed.error) : closed.unknown.name}` : null;
	}

	#afterRejecting(): string | null {
		const first = this.people[0] as Suggester;
		const told = first.body.toJSON();
		const left = this.#kind.direct + this.#kind.review === 0 ? leftByAccepting(first) : null;
		if (left) return `${left}\nwas: ${told}`;
		first.decide('reject');
		first.settle();
		const { content } = this;
		const fault =
			this.#difference() ??
			(this.#kind.direct + this.#kind.review === 0 ? this.#restored(content) : this.#sound(content));
		return fault && `${fault}\nwas: ${told}`;
	}

	#restored(content: string): string | null {
		return content === this.#before ? null : `rejecting all does not restore:\n${content}\n${this.#before}`;
	}

	/** With direct edits: nothing suggested stays, and of the original what nobody took away, once and in its order. */
	#sound(content: string): string | null {
		if (this.#kind.review > 0) return /"(ins|del)":true|¶/.test(content) ? `left over: ${content}` : null;
		if (/[S¶]|"(ins|del)":true/.test(content)) return `a suggestion stays: ${content}`;
		const text = textOf(content);
		const expected = [...original.join('')].filter((letter) => letter !== ' ' && !this.#taken.has(letter));
		const lost = expected.filter((letter) => !text.includes(letter));
		if (lost.length > 0) return `lost: ${lost.join('')} of ${content}`;
		const twice = expected.filter((letter) => text.indexOf(letter) !== text.lastIndexOf(letter));
		return twice.length > 0 ? `twice: ${twice.join('')} in ${content}` : null;
	}
}

/** On a copy: of what is only suggested, accepting all leaves nothing that is still to be decided or carried out. */
function leftByAccepting({ doc }: Suggester): string | null {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	decide(copy, bodyName, 'accept', () => true);
	settleBody(copy, bodyName);
	const content = JSON.stringify(readBody(copy, bodyName));
	copy.destroy();
	return /¶|"(ins|del)":true/.test(content) ? `accepting all leaves: ${content}` : null;
}

const erase: Command = (state, dispatch) => {
	const { head, $head, empty } = state.selection;
	if (!empty || $head.parentOffset === 0) return false;
	dispatch?.(state.tr.delete(head - 1, head));
	return true;
};

const pasteForms: Command = (state, dispatch) => {
	const { paragraph, rule } = schema.nodes;
	const line = (text: string, form: object) => paragraph.create({ ...plainParagraph, ...form }, [schema.text(text)]);
	const blocks = [
		line('SS', {}),
		line('S', { list: 'bullet' }),
		rule.create(),
		line('SSS', { level: 2 }),
		line('S', {}),
	];
	dispatch?.(state.tr.replaceSelection(Slice.maxOpen(Fragment.from(blocks))));
	return true;
};

const putFact: Command = (state, dispatch) => {
	const fact = schema.nodes.fact.create({ kind: 'meeting', of: 'm', form: 'de.date', text: '§', was: '' });
	dispatch?.(state.tr.replaceWith(state.selection.from, state.selection.to, fact));
	return true;
};

function lettersOf({ editor }: Suggester): Set<string> {
	return new Set(editor.state.doc.textContent);
}

function textOf(content: string): string {
	const blocks = JSON.parse(content) as Block[];
	return blocks.map((block) => (block.kind === 'text' ? block.spans.map(({ text }) => text).join('') : '')).join('');
}

/** Spans are cut by marks that are gone: what counts is how the text looks. */
function isShown(block: Block): boolean {
	if (block.kind !== 'text') return true;
	block.spans = block.spans.reduce<typeof block.spans>((spans, span) => {
		const last = spans.at(-1);
		const alike = last && JSON.stringify({ ...last, text: '' }) === JSON.stringify({ ...span, text: '' });
		if (alike) last.text += span.text;
		else spans.push({ ...span });
		return spans;
	}, []);
	return true;
}
