/**
 * Carries out what was accepted, on one device (`who-settles.ts`). Two must never do it in one body at once, and who is there
 * is heard of later than what was written. So a body waits until nothing has changed for a while in its being this device's;
 * a device that has come, or come back, until it has heard of the others. What this device decided it does not carry out
 * before the relay has acknowledged it: on a line that stalls, another may decide and carry out without having heard of it.
 * A device that has slept may have been taken for gone; it hears of the relay first.
 *
 * Of an accepted join nothing is to be seen until then, unlike of an accepted break. Who accepts one where nothing waits
 * carries it out at once, as soon as the relay has acknowledged it: whatever others had said to the relay before has come
 * by then, and of two who decide at once, unseen by each other, the second hears of the first before its own is acknowledged.
 */
import { bodyRoots, bodyRoot } from '#lib/documents/body.ts';
import { BodyUndo } from '#lib/documents/body-undo.ts';
import { isUnsettled, settleBody } from '#lib/documents/settle.ts';
import { reviewOrigin } from '#lib/documents/suggestion.ts';
import { hasTwins, removeTwins } from '#lib/documents/twins.ts';
import type * as Y from 'yjs';
import type { BodyHandle } from '../body-handle.ts';
import { sayDecided, Settlers } from './who-settles.ts';

const afterMs = 1500;
/** Whoever accepts several accepts them together. Milliseconds. */
const togetherMs = 30;
/** News may be gathered here (50 ms), and come over from another relay, after the acknowledgement. */
const newsMs = 150;
/** Later than that others may take it that it is not done at once. Milliseconds. */
const atOnceMs = 500;
/** A look that comes so much too late was slept through. Others take nobody for gone sooner. Milliseconds. */
const sleptMs = 5000;

/** @returns a function that stops it */
export function attachSettling(handle: BodyHandle): () => void {
	if (handle.access !== 'write') return () => undefined;
	const settling = new Settling(handle);
	return () => settling.stop();
}

class Settling {
	readonly #handle: BodyHandle;
	readonly #offStatus: (() => void) | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#due = Infinity;
	/** The same by the wall clock: the other may stand still while a device sleeps. */
	#dueAt = Infinity;
	/** Whether the last look came too late, and whether anything has come of the relay since. */
	#slept: 'no' | 'unheard' | 'heard' = 'no';
	#online: { is: boolean; since: number };
	#acknowledged: { since: number } | null = null;
	#others: string;
	/** Roots in which nothing waits; looked at only before one decides. */
	readonly #settled = new Set<string>();
	/** Roots in which was decided here what is not carried out; whether the relay has acknowledged it. */
	readonly #decided = new Map<string, boolean>();
	#told = '[]';
	/** Since when nothing waits there but a join that was accepted here. */
	readonly #atOnce = new Map<string, number>();
	/** Since when what waits there is this device's. */
	readonly #own = new Map<string, number>();

	constructor(handle: BodyHandle) {
		this.#handle = handle;
		const { doc, awareness } = handle;
		this.#online = { is: this.#isOnline, since: performance.now() };
		this.#others = this.#settlers.key;
		awareness.setLocalStateField('decided', []);
		awareness.setLocalStateField('settles', true);
		this.#later();
		doc.on('update', this.#later);
		doc.on('beforeTransaction', this.#before);
		doc.on('afterTransaction', this.#after);
		awareness.on('change', this.#hear);
		this.#offStatus = handle.onStatus?.(this.#turn);
	}

	stop(): void {
		const { doc, awareness } = this.#handle;
		clearTimeout(this.#timer);
		this.#offStatus?.();
		doc.off('update', this.#later);
		doc.off('beforeTransaction', this.#before);
		doc.off('afterTransaction', this.#after);
		awareness.off('change', this.#hear);
		awareness.setLocalStateField('settles', null);
		awareness.setLocalStateField('decided', null);
	}

	get #isOnline(): boolean {
		return this.#handle.status?.connection === 'online';
	}

	get #settlers(): Settlers {
		const { awareness, doc } = this.#handle;
		return new Settlers(awareness.getStates(), doc.clientID);
	}

	#isOwn(root: string, settlers = this.#settlers): boolean {
		return settlers.isOwn(root, this.#decided.has(root));
	}

	#hasTwins(root: string): boolean {
		return hasTwins(this.#handle.doc.getXmlFragment(root));
	}

	#isUnsettled(root: string): boolean {
		return isUnsettled(this.#handle.doc.getXmlFragment(root));
	}

	readonly #later = (): void => {
		if (this.#timer === undefined) this.#begin(afterMs);
	};

	#begin(wait: number): void {
		const due = performance.now() + wait;
		if (this.#timer !== undefined && this.#due <= due) return;
		clearTimeout(this.#timer);
		this.#due = due;
		this.#dueAt = Date.now() + wait;
		this.#timer = setTimeout(this.#look, wait);
	}

	readonly #turn = (): void => {
		const [now, is] = [performance.now(), this.#isOnline];
		if (this.#online.is !== is) {
			this.#online = { is, since: now };
			this.#slept = 'no';
			for (const root of this.#decided.keys()) this.#decided.set(root, false);
			this.#doubt();
			this.#look();
		} else if (this.#atOnce.size + this.#decided.size > 0) this.#look();
	};

	/** Whose what waits is has to be found out anew. */
	#doubt(): void {
		this.#own.clear();
		this.#atOnce.clear();
	}

	#heard(): void {
		if (this.#slept !== 'unheard') return;
		this.#slept = 'heard';
		this.#begin(togetherMs);
	}

	/** Who is always late, as a page in the background is, may do it when it has heard of the relay in between. */
	#noteSleep(): void {
		if (this.#timer === undefined) return;
		const isLate = Date.now() - this.#dueAt > sleptMs;
		if (isLate && this.#slept === 'no') {
			this.#slept = 'unheard';
			this.#doubt();
		} else if (!isLate && this.#slept === 'heard') this.#slept = 'no';
	}

	readonly #hear = (): void => {
		const settlers = this.#settlers;
		if (settlers.key === this.#others) return;
		this.#others = settlers.key;
		for (const root of this.#own.keys()) if (!this.#isOwn(root, settlers)) this.#own.delete(root);
		this.#begin(togetherMs);
	};

	readonly #before = ({ origin, local }: Y.Transaction): void => {
		if (!local || !isDecision(origin)) return;
		for (const root of this.#roots()) if (!this.#settled.has(root) && !this.#isUnsettled(root)) this.#settled.add(root);
	};

	readonly #after = (transaction: Y.Transaction): void => {
		const { changedParentTypes, origin, local } = transaction;
		if (!local) this.#heard();
		const decides = local && isDecision(origin);
		if (!decides && this.#settled.size + this.#decided.size + this.#own.size === 0) return;
		for (const root of this.#roots()) {
			const body = this.#handle.doc.getXmlFragment(root);
			if (!changedParentTypes.has(body as never)) continue;
			const wasSettled = this.#settled.delete(root);
			const joins = changesJoin(transaction, body);
			if (!local && joins) this.#atOnce.delete(root);
			// To look through all of the text with every letter that is typed would be too much.
			if (!decides && !this.#decided.has(root) && !this.#own.has(root)) continue;
			if (!isUnsettled(body)) this.#forget(root);
			else if (decides) this.#note(root, wasSettled && joins);
		}
	};

	#note(root: string, atOnce: boolean): void {
		this.#decided.set(root, false);
		if (atOnce) this.#atOnce.set(root, performance.now());
		this.#acknowledged = null;
		this.#begin(togetherMs);
	}

	#forget(root: string): void {
		for (const each of [this.#decided, this.#atOnce, this.#own]) each.delete(root);
		this.#begin(togetherMs);
	}

	readonly #look = (): void => {
		this.#noteSleep();
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#isOnline && this.#slept !== 'unheard') this.#settle(performance.now());
		this.#tell();
		const waits = [...this.#own.values()].map((since) => Math.max(since, this.#online.since) + afterMs);
		if (this.#acknowledged && this.#atOnce.size > 0) waits.push(this.#acknowledged.since + newsMs);
		if (waits.length > 0) this.#begin(Math.max(togetherMs, Math.min(...waits) - performance.now()));
	};

	#settle(now: number): void {
		const settlers = this.#settlers;
		const saved = this.#handle.status?.saved === true;
		this.#acknowledged = saved ? (this.#acknowledged ?? { since: now }) : null;
		if (saved) for (const root of this.#decided.keys()) this.#decided.set(root, true);
		for (const [root, since] of this.#atOnce) if (now > since + atOnceMs) this.#atOnce.delete(root);
		for (const root of this.#roots()) {
			if (!this.#isOwn(root, settlers) || !(this.#hasTwins(root) || this.#isUnsettled(root))) {
				for (const each of [this.#own, this.#atOnce]) each.delete(root);
				continue;
			}
			if (this.#decided.get(root) === false) {
				this.#own.delete(root);
				continue;
			}
			const since = this.#own.get(root) ?? now;
			this.#own.set(root, since);
			if (now < this.#online.since + afterMs) continue;
			if (now >= since + afterMs || this.#isDueAtOnce(root, settlers, now)) this.#carryOut(root);
		}
	}

	#carryOut(root: string): void {
		const { doc } = this.#handle;
		removeTwins(doc.getXmlFragment(root));
		settleBody(doc, root);
	}

	#isDueAtOnce(root: string, settlers: Settlers, now: number): boolean {
		if (!this.#atOnce.has(root)) return false;
		return !settlers.areOthers || (this.#acknowledged !== null && now >= this.#acknowledged.since + newsMs);
	}

	#tell(): void {
		const said = sayDecided([...this.#decided.keys()]);
		if (JSON.stringify(said) === this.#told) return;
		this.#told = JSON.stringify(said);
		this.#handle.awareness.setLocalStateField('decided', said);
	}

	#roots(): string[] {
		return bodyRoots(this.#handle.doc).map(bodyRoot);
	}
}

/** Taking back, and making again, decide as well. */
function isDecision(origin: unknown): boolean {
	return origin === reviewOrigin || origin instanceof BodyUndo;
}

function changesJoin({ changed }: Y.Transaction, body: Y.XmlFragment): boolean {
	return [...changed].some(([type, keys]) => type.parent === body && keys.has('join'));
}
