/**
 * Undo of what one did oneself, decisions on suggestions among it. That a paragraph came as a suggestion is kept while the
 * paragraph is, even when its coming is undone: another person may have written in it, and it must still be known. So is it
 * of which suggestions letters were that come back (`documents/brought-back.ts`); and of text that was moved only that comes
 * back which nobody has deleted since (`documents/moved-text.ts`). What was suggested and has been accepted stays: it is in the
 * place of what was struck, which went with the decision of somebody else.
 * Each decision is taken back by itself, however quickly it came behind another, or behind what was typed.
 */
import { acceptedOf, markBroughtBack, suggestedLettersTaken, type Taken } from '#lib/documents/brought-back.ts';
import { leaveWhatWent, movedText, type Moved } from '#lib/documents/moved-text.ts';
import { reviewOrigin } from '#lib/documents/review.ts';
import type { Plugin } from 'prosemirror-state';
import { defaultDeleteFilter, ySyncPluginKey, yUndoPlugin } from 'y-prosemirror';
import * as Y from 'yjs';
import { suggests } from './binding/binding.ts';

const protectedNodes = new Set(['paragraph', 'table', 'row', 'cell']);

export function undoing(body: Y.XmlFragment): Plugin {
	return yUndoPlugin({ undoManager: new BodyUndo(body) });
}

/** What is known of a step beside what it deleted and inserted. */
type Known = {
	taken: Taken[];
	moved: Moved[];
	/** What it inserted was suggested. */
	suggested: boolean;
};
const nothing: Known = { taken: [], moved: [], suggested: false };
type Step = Y.UndoManager['undoStack'][number];
type StepEvent = { origin: unknown; stackItem: Step };

class BodyUndo extends Y.UndoManager {
	readonly #known = new WeakMap<Step, Known>();
	#last: Known = nothing;
	/** What the step that is taken back, or one before it, suggested and somebody has accepted. */
	#accepted: ((item: Y.Item) => boolean)[] = [];

	constructor(body: Y.XmlFragment) {
		super(body, {
			trackedOrigins: new Set<unknown>([ySyncPluginKey, reviewOrigin]),
			deleteFilter: (item) =>
				!isComing(item) && !this.#accepted.some((holds) => holds(item)) && defaultDeleteFilter(item, protectedNodes),
			captureTransaction: (transaction) => this.#capture(body, transaction),
		});
		this.on('stack-item-added', ({ origin, stackItem }: StepEvent) => {
			if (origin === reviewOrigin) this.stopCapturing();
			this.#known.set(stackItem, this.#last);
		});
		this.on('stack-item-updated', ({ stackItem }: StepEvent) => {
			const { taken, moved, suggested } = this.#of(stackItem);
			this.#known.set(stackItem, {
				taken: [...taken, ...this.#last.taken],
				moved: [...moved, ...this.#last.moved],
				suggested: suggested || this.#last.suggested,
			});
		});
		this.on('stack-item-popped', ({ stackItem }: StepEvent) => {
			const { taken, moved } = this.#of(stackItem);
			markBroughtBack(this.doc, taken, moved.length > 0);
		});
	}

	override undo(): Step | null {
		this.#prepare(this.undoStack);
		return super.undo();
	}

	override redo(): Step | null {
		this.#prepare(this.redoStack);
		return super.redo();
	}

	#capture(body: Y.XmlFragment, transaction: Y.Transaction): boolean {
		const { meta, origin } = transaction;
		if (origin === reviewOrigin) this.stopCapturing();
		const isOurs = this.trackedOrigins.has(origin);
		this.#last = {
			taken: isOurs ? suggestedLettersTaken(transaction) : [],
			moved: isOurs ? movedText(body, transaction) : [],
			// A step that comes of taking another back is as that was.
			suggested: origin === this ? this.#of(this.currStackItem).suggested : meta.get(suggests) === true,
		};
		return meta.get('addToHistory') !== false;
	}

	#of(step: Step | null): Known {
		return (step && this.#known.get(step)) ?? nothing;
	}

	/** In all steps: where one has nothing to do, the one before it is taken back. */
	#prepare(steps: readonly Step[]): void {
		steps.forEach((step, index) => {
			const { moved } = this.#of(step);
			if (moved.length > 0) leaveWhatWent(this.doc, moved, [step, ...steps.slice(index + 1)]);
		});
		const suggested = steps.filter((step) => this.#of(step).suggested);
		this.#accepted = suggested.map(({ insertions }) => acceptedOf(this.doc, insertions));
	}
}

function isComing({ parent, parentSub }: Y.Item): boolean {
	return parentSub === 'ins' && (parent as Y.XmlElement).nodeName === 'paragraph';
}
