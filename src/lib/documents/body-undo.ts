/**
 * Undo of what one did oneself in a body, decisions on suggestions among it. That a paragraph came as a suggestion is kept
 * while the paragraph is, even when its coming is undone: another person may have written in it, and it must still be known.
 * So is it of which suggestions letters were that come back (`brought-back.ts`); and of text that was moved only that comes
 * back which nobody has deleted since (`moved-text.ts`). A join that two accepted stands again as a suggestion when it is
 * taken back (`accepted-joins.ts`). What was suggested and has been accepted stays: it is in the place
 * of what was struck, which went with the decision of somebody else.
 * Each decision is taken back by itself, however quickly it came behind another, or behind what was typed. One that was taken
 * in several bodies at once is one step in all of them (`together.ts`).
 * It needs no editor: a decision in a body that is not open waits for one, and outlives the one it was made beside.
 */
import * as Y from 'yjs';
import { joinsAccepted, openAgain, type AcceptedJoin } from './accepted-joins.ts';
import { acceptedOf } from './accepted-work.ts';
import { broughtBackOrigin, markBroughtBack, suggestedLettersTaken, type Taken } from './brought-back.ts';
import { renewed } from './erase-text.ts';
import { leaveWhatWent, movedText, takeOut, type Moved } from './moved-text.ts';
import { reviewOrigin, suggests } from './suggestion.ts';

/** What others may have written in goes only when it is empty. */
const protectedNodes = new Set(['paragraph', 'table', 'row', 'cell']);

/** Of each body, whose undo is the latest. */
const present = new WeakMap<Y.XmlFragment, BodyUndo>();
/** Those of bodies without an editor. */
const waiting = new WeakSet<BodyUndo>();

/** An editor that comes later takes it over. */
export function undoOf(body: Y.XmlFragment): BodyUndo {
	const known = present.get(body);
	if (known) return known;
	const made = new BodyUndo(body);
	waiting.add(made);
	return made;
}

/** For an editor. @param origin of what is written in it */
export function openUndo(body: Y.XmlFragment, origin: unknown): BodyUndo {
	const known = present.get(body);
	const undo = known && waiting.delete(known) ? known : new BodyUndo(body);
	undo.addTrackedOrigin(origin);
	return undo;
}

/** What is known of a step beside what it deleted and inserted. */
type Known = {
	taken: Taken[];
	moved: Moved[];
	joins: AcceptedJoin[];
	/** What it inserted was suggested. */
	suggested: boolean;
};
const nothing: Known = { taken: [], moved: [], joins: [], suggested: false };
const known = new WeakMap<Step, Known>();
export type Step = Y.UndoManager['undoStack'][number];
export type Way = 'undo' | 'redo';
/** What a step is a part of. @returns null where there was nothing to do */
type Whole = (way: Way) => Step | null;
const wholes = new WeakMap<Step, Whole>();
type StepEvent = { origin: unknown; stackItem: Step };

export class BodyUndo extends Y.UndoManager {
	readonly #body: Y.XmlFragment;
	#last: Known = nothing;
	#renewed: readonly Y.ID[] = [];
	/** What the step that is taken back, or one before it, suggested and somebody has accepted. */
	#accepted: ((item: Y.Item) => boolean)[] = [];

	constructor(body: Y.XmlFragment) {
		super(body, {
			trackedOrigins: new Set<unknown>([reviewOrigin]),
			deleteFilter: (item) => !isComing(item) && !isProtected(item) && !this.#accepted.some((holds) => holds(item)),
			captureTransaction: (transaction) => this.#capture(body, transaction),
		});
		this.#body = body;
		present.set(body, this);
		this.on('stack-item-added', ({ origin, stackItem }: StepEvent) => {
			if (origin === reviewOrigin) this.stopCapturing();
			known.set(stackItem, this.#last);
			this.#keepRenewed(stackItem);
		});
		this.on('stack-item-updated', ({ stackItem }: StepEvent) => {
			learn(stackItem, this.#last);
			this.#keepRenewed(stackItem);
		});
		this.on('stack-item-popped', ({ stackItem }: StepEvent) => {
			const { taken, moved, joins } = knownOf(stackItem);
			this.doc.transact(() => {
				markBroughtBack(this.doc, taken, moved.length > 0);
				openAgain(this.doc, joins);
			}, broughtBackOrigin);
		});
	}

	override undo(): Step | null {
		const step = this.undoStack.at(-1);
		return (step && wholes.get(step)?.('undo')) ?? this.turn('undo');
	}

	override redo(): Step | null {
		const step = this.redoStack.at(-1);
		return (step && wholes.get(step)?.('redo')) ?? this.turn('redo');
	}

	/** What was decided in several bodies goes on in the others, and takes its part here along. */
	override destroy(): void {
		super.destroy();
		if (present.get(this.#body) === this) present.delete(this.#body);
		const [undo, redo] = [this.undoStack, this.redoStack].map((steps) => steps.filter((step) => wholes.has(step)));
		if (this.doc.isDestroyed || !undo || !redo || undo.length + redo.length === 0) return;
		const heir = undoOf(this.#body);
		heir.undoStack.unshift(...undo);
		heir.redoStack.unshift(...redo);
	}

	/** The last step alone, be it a part of a whole. */
	turn(way: Way): Step | null {
		this.#prepare(this.steps(way));
		return way === 'undo' ? super.undo() : super.redo();
	}

	steps(way: Way): Step[] {
		return way === 'undo' ? this.undoStack : this.redoStack;
	}

	#capture(body: Y.XmlFragment, transaction: Y.Transaction): boolean {
		const { meta, origin } = transaction;
		if (origin === reviewOrigin) this.stopCapturing();
		const isOurs = this.trackedOrigins.has(origin);
		this.#last = {
			taken: isOurs ? suggestedLettersTaken(transaction) : [],
			moved: isOurs ? movedText(body, transaction) : [],
			joins: isOurs ? joinsAccepted(transaction) : [],
			// A step that comes of taking another back is as that was.
			suggested: origin === this ? knownOf(this.currStackItem).suggested : meta.get(suggests) === true,
		};
		this.#renewed = (meta.get(renewed) as Y.ID[] | undefined) ?? [];
		return meta.get('addToHistory') !== false;
	}

	/** Who writes on between two marks, unseen, keeps writing between them, be what was erased there brought back or not. */
	#keepRenewed(step: Step): void {
		if (this.#renewed.length === 0) return;
		// The transaction has the same set, and is still to be sent.
		step.deletions = Y.mergeDeleteSets([step.deletions]);
		for (const id of this.#renewed) for (const set of [step.deletions, step.insertions]) takeOut(set, id, 1);
	}

	/** In all steps: where one has nothing to do, the one before it is taken back. */
	#prepare(steps: readonly Step[]): void {
		steps.forEach((step, index) => {
			const { moved } = knownOf(step);
			if (moved.length > 0) leaveWhatWent(this.doc, moved, [step, ...steps.slice(index + 1)]);
		});
		const suggested = steps.filter((step) => knownOf(step).suggested);
		this.#accepted = suggested.flatMap((step) => {
			const holds = acceptedOf(this.doc, step.insertions);
			// What it took of a suggestion was there instead of what now stays.
			if (holds) for (const { id, length } of knownOf(step).taken) takeOut(step.deletions, id, length);
			return holds ?? [];
		});
	}
}

export function makePart(step: Step, whole: Whole): void {
	wholes.set(step, whole);
}

/** What belongs to the step besides. */
export function learn(step: Step, more: Known): void {
	const { taken, moved, joins, suggested } = knownOf(step);
	known.set(step, {
		taken: [...taken, ...more.taken],
		moved: [...moved, ...more.moved],
		joins: [...joins, ...more.joins],
		suggested: suggested || more.suggested,
	});
}

function knownOf(step: Step | null): Known {
	return (step && known.get(step)) ?? nothing;
}

function isProtected({ content }: Y.Item): boolean {
	if (!(content instanceof Y.ContentType) || content.type._length === 0) return false;
	const { type } = content;
	return type instanceof Y.Text || (type instanceof Y.XmlElement && protectedNodes.has(type.nodeName));
}

function isComing({ parent, parentSub }: Y.Item): boolean {
	return parentSub === 'ins' && (parent as Y.XmlElement).nodeName === 'paragraph';
}
