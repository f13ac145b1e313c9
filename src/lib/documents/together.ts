/**
 * What is decided in several bodies of a document with one press is one step: whoever takes it back, in any of them or from
 * outside, takes all of it back, and nothing else; and so it is made again. In a body in which one has written since, the
 * later steps stay. What this device did to carry it out goes along. What somebody else has brought back already is not
 * brought back twice.
 */
import * as Y from 'yjs';
import { learn, makePart, undoOf, type BodyUndo, type Step, type Way } from './body-undo.ts';
import { suggestedLettersTaken } from './brought-back.ts';
import { movedText } from './moved-text.ts';
import { readSuggestions, type Part, type Suggestion } from './read-suggestions.ts';
import { decide, type Verdict } from './review.ts';
import { isUnsettled, settleOrigin } from './settle.ts';
import { breakSign, readJoin, suggestionKey, type Authored } from './suggestion.ts';
import type * as Twins from './twins.ts';

export type Decided = {
	/** How many were still open. */
	count: number;
	/** Takes it back, unless it has been. */
	undo: () => CameBack;
	/** Once there is nothing more to take back: it was, or the document was left. */
	onover: (listener: () => void) => void;
};

/** What was changed since does not come back. `accepted-too`: nothing, for somebody else accepted it, too. */
export type CameBack = 'all' | 'some' | 'none' | 'accepted-too';

type Chosen = Authored & { root: string };

/** Loaded with the first decision: to decide, nobody needs it, and who cannot have it then decides without. */
let twins: typeof Twins | null = null;

export function decideTogether(doc: Y.Doc, chosen: readonly Chosen[], verdict: Verdict): Decided {
	void import('./twins.ts').then(
		(loaded) => (twins = loaded),
		() => null,
	);
	const whole = new Together(doc);
	for (const [root, ones] of Map.groupBy(chosen, ({ root }) => root)) {
		const keys = new Set(ones.map(suggestionKey));
		whole.decide(root, verdict, (of) => keys.has(suggestionKey(of)));
	}
	return whole;
}

/** Steps in whose body something is not carried out yet, which will belong to one of them. */
const waitingSteps = new WeakMap<Y.XmlFragment, Set<Step>>();
/** Has the step wait for what is to be carried out. */
const waits = new WeakMap<Step, () => void>();

function waitingIn(body: Y.XmlFragment): Set<Step> {
	const known = waitingSteps.get(body) ?? new Set();
	waitingSteps.set(body, known);
	return known;
}

function lastOf(body: Y.XmlFragment, steps: ReadonlySet<Step>): Step | undefined {
	return undoOf(body).undoStack.findLast((step) => steps.has(step));
}

/** What was carried out for this step too went with a later one, and is not done any more when that is taken back. */
function waitAgain(body: Y.XmlFragment): void {
	const last = undoOf(body).undoStack.findLast((step) => waits.has(step));
	if (last) waits.get(last)?.();
}

class Together implements Decided {
	readonly #doc: Y.Doc;
	/** By the body's root. */
	readonly #decided = new Map<string, Suggestion[]>();
	#steps = new Map<string, Step>();
	#isOver = false;
	/** Of the joins among them; of anything else it cannot be told. */
	#acceptedToo = false;
	readonly #listeners: (() => void)[] = [];

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		doc.once('destroy', () => this.#end());
	}

	decide(root: string, verdict: Verdict, chosen: (of: Authored) => boolean): void {
		this.#decided.set(root, readSuggestions(this.#doc, root).filter(chosen));
		const { undoStack } = undoOf(this.#doc.getXmlFragment(root));
		const last = undoStack.at(-1);
		decide(this.#doc, root, verdict, chosen);
		const step = undoStack.at(-1);
		if (step && step !== last) this.#add(root, step);
	}

	get count(): number {
		return [...this.#decided.values()].reduce((sum, { length }) => sum + length, 0);
	}

	undo(): CameBack {
		if (this.#isOver) return 'all';
		this.#turn('undo');
		const roots = [...this.#decided.keys()];
		if (roots.every((root) => this.#isBack(root))) return 'all';
		if (roots.some((root) => this.#isSomeBack(root))) return 'some';
		return this.#acceptedToo ? 'accepted-too' : 'none';
	}

	onover(listener: () => void): void {
		this.#listeners.push(listener);
	}

	#add(root: string, step: Step): void {
		this.#steps.set(root, step);
		makePart(step, (way) => this.#turn(way));
		const body = this.#doc.getXmlFragment(root);
		const isLast = () => this.#steps.get(root) === step;
		waits.set(step, () => this.#takeInWhatIsCarriedOut(body, step, isLast, true));
		this.#takeInWhatIsCarriedOut(body, step, isLast);
	}

	/** What another device carries out is that one's; what is carried out for several steps at once goes with the last. */
	#takeInWhatIsCarriedOut(body: Y.XmlFragment, step: Step, isLast: () => boolean, again = false): void {
		const waiting = waitingIn(body);
		if (!isUnsettled(body) || waiting.has(step)) return;
		waiting.add(step);
		const take = (transaction: Y.Transaction) => {
			const { changedParentTypes, local, meta, origin } = transaction;
			if (!changedParentTypes.has(body as never)) return;
			if (!local) this.#acceptedToo ||= acceptsJoin(transaction, this.#keys);
			if (isLast() && origin !== settleOrigin && (local || isUnsettled(body))) return;
			// The first that is told finds out whose it is.
			if (!meta.has(waiting)) meta.set(waiting, lastOf(body, waiting));
			this.#doc.off('afterTransaction', take);
			waiting.delete(step);
			if (!isLast() || origin !== settleOrigin || meta.get(waiting) !== step) return;
			takeIn(step, body, transaction);
			// What was taken back would do it a second time.
			if (again) undoOf(body).clear(false, true);
		};
		this.#doc.on('afterTransaction', take);
	}

	/** @returns null where nothing of it was left */
	#turn(way: Way): Step | null {
		const parts = [...this.#steps].map(([root, step]) => ({
			root,
			step,
			undo: undoOf(this.#doc.getXmlFragment(root)),
		}));
		this.#steps = new Map();
		// Who writes in one of them makes nothing again there: nor in the others, by halves.
		const isWhole = parts.every(({ step, undo }) => undo.steps(way).includes(step));
		for (const { root, step, undo } of parts) {
			const goes = isWhole && !(way === 'undo' && this.#isBack(root));
			twins?.leaveWhatIsBack(this.#doc.getXmlFragment(root), step.deletions);
			const made = goes ? turnStep(undo, way, step) : forget(undo, way, step);
			if (made) this.#add(root, made);
			waitAgain(this.#doc.getXmlFragment(root));
		}
		this.#end();
		return [...this.#steps.values()][0] ?? null;
	}

	#isBack(root: string): boolean {
		const present = new Map(readSuggestions(this.#doc, root).map((each) => [suggestionKey(each), each.parts]));
		return (this.#decided.get(root) ?? []).every((each) => holds(present.get(suggestionKey(each)) ?? [], each.parts));
	}

	#isSomeBack(root: string): boolean {
		const present = new Set(readSuggestions(this.#doc, root).map(suggestionKey));
		return (this.#decided.get(root) ?? []).some((each) => present.has(suggestionKey(each)));
	}

	get #keys(): ReadonlySet<string> {
		return new Set([...this.#decided.values()].flat().map(suggestionKey));
	}

	#end(): void {
		if (this.#isOver) return;
		this.#isOver = true;
		for (const listener of this.#listeners) listener();
	}
}

/**
 * Takes one step back, or makes it again, wherever it stands among the others, which stay.
 * @returns what turns it once more; null where there was nothing to do
 */
function turnStep(undo: BodyUndo, way: Way, step: Step): Step | null {
	const [steps, others] = [undo.steps(way), undo.steps(way === 'undo' ? 'redo' : 'undo')];
	const rest = steps.splice(0).filter((each) => each !== step);
	steps.push(step);
	const last = others.at(-1);
	undo.turn(way);
	steps.unshift(...rest);
	const made = others.at(-1);
	return made && made !== last ? made : null;
}

/** Whether somebody else's transaction accepts one of these joins; it need not be theirs that holds. */
function acceptsJoin({ beforeState, doc }: Y.Transaction, keys: ReadonlySet<string>): boolean {
	return [...doc.store.clients].some(([client, structs]) => {
		if (client === doc.clientID) return false;
		const known = beforeState.get(client) ?? 0;
		for (let at = structs.length - 1; at >= 0; at--) {
			const struct = structs[at];
			if (!struct || struct.id.clock < known) return false;
			if (!(struct instanceof Y.Item) || struct.parentSub !== 'join') continue;
			const join = readJoin(struct.content.getContent()[0]);
			if (join?.accepted && keys.has(suggestionKey(join))) return true;
		}
		return false;
	});
}

function insertionsOf({ beforeState, afterState }: Y.Transaction): Y.Transaction['deleteSet'] {
	const insertions = Y.createDeleteSet();
	for (const [client, end] of afterState) {
		const clock = beforeState.get(client) ?? 0;
		if (end > clock) insertions.clients.set(client, [{ clock, len: end - clock }]);
	}
	return insertions;
}

function forget(undo: BodyUndo, way: Way, step: Step): null {
	const steps = undo.steps(way);
	if (steps.includes(step)) steps.splice(steps.indexOf(step), 1);
	return null;
}

function takeIn(step: Step, body: Y.XmlFragment, transaction: Y.Transaction): void {
	step.deletions = Y.mergeDeleteSets([step.deletions, transaction.deleteSet]);
	step.insertions = Y.mergeDeleteSets([step.insertions, insertionsOf(transaction)]);
	keepDeleted(transaction);
	const [taken, moved] = [suggestedLettersTaken(transaction), movedText(body, transaction)];
	learn(step, { taken, moved, joins: [], suggested: false });
}

/** As Yjs does with what it may bring back. */
function keepDeleted(transaction: Y.Transaction): void {
	Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct: unknown) => {
		let item = struct instanceof Y.Item ? struct : null;
		while (item && !item.keep) {
			item.keep = true;
			item = (item.parent as Y.AbstractType<unknown>)._item;
		}
	});
}

/** Others may have written in it meanwhile. */
function holds(parts: readonly Part[], wanted: readonly Part[]): boolean {
	const kinds = new Set(wanted.map(({ kind }) => kind));
	return [...kinds].every((kind) => isWithin(signsOf(wanted, kind), signsOf(parts, kind)));
}

function signsOf(parts: readonly Part[], kind: Part['kind']): string {
	return parts.map((part) => (part.kind !== kind ? '' : 'text' in part ? part.text : breakSign)).join('');
}

/** Whether all letters are there, in their order. */
function isWithin(wanted: string, text: string): boolean {
	let at = 0;
	for (const letter of wanted) {
		at = text.indexOf(letter, at) + letter.length;
		if (at < letter.length) return false;
	}
	return true;
}
