/** The audit log as its page shows it: what the server said, page after page, the latest first. */
import { flag, listOf, orNull, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { AuditAnswer, AuditEntry } from '#lib/protocol/audit.ts';
import type { Failure } from './api.ts';
import type { Session } from './session.svelte.ts';

export type { AuditEntry };

const isRecord = (value: unknown): value is Record<string, never> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const entry = record({ id: text, at: text, kind: text, by: orNull(text), about: orNull(text), detail: isRecord });
const auditAnswer: Shape<AuditAnswer> = record({ entries: listOf(entry), more: flag, names: isRecord });

export class AuditLog {
	readonly #session: Session;
	#entries = $state.raw<readonly AuditEntry[] | null>(null);
	#names = $state.raw<Readonly<Record<string, string>>>({});
	#more = $state.raw(false);
	#failure = $state.raw<Failure | null>(null);
	#asking = $state.raw(false);

	constructor(session: Session) {
		this.#session = session;
	}

	/** Null until the server answered. */
	get entries(): readonly AuditEntry[] | null {
		return this.#entries;
	}

	get more(): boolean {
		return this.#more;
	}

	get asking(): boolean {
		return this.#asking;
	}

	get failure(): Failure | null {
		return this.#failure;
	}

	/** Null for somebody who was erased. Two who have one name are told apart: anybody may call themselves what they like. */
	nameOf(personId: string): string | null {
		const name = this.#names[personId];
		if (name === undefined) return null;
		const alike = Object.values(this.#names).filter((other) => other === name);
		return alike.length > 1 ? `${name} (${personId.slice(0, 4)})` : name;
	}

	/** The first page, or the next one. */
	async load(): Promise<void> {
		if (this.#asking) return;
		this.#asking = true;
		const last = this.#entries?.at(-1)?.id;
		const path = last === undefined ? '/api/audit' : `/api/audit?before=${encodeURIComponent(last)}`;
		const result = await this.#session.api.send('GET', path, auditAnswer);
		this.#asking = false;
		this.#failure = result.ok ? null : result.error;
		if (!result.ok) return;
		this.#entries = [...(this.#entries ?? []), ...result.value.entries];
		this.#names = { ...this.#names, ...result.value.names };
		this.#more = result.value.more;
	}
}
