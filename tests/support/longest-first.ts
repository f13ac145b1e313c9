/**
 * Which test file begins when: those that take long first, so that at the end no core waits for one that began last; and the
 * parts of a ring take equally long. Nothing but the time depends on it.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestSequencer, TestSpecification, Vitest } from 'vitest/node';

const root = path.resolve(import.meta.dirname, '../..');

/** What a file took, in seconds, on two cores with another one beside it. Whatever takes less than ten is not listed. */
const seconds = new Map<string, number>([
	['tests/browser/accessibility.test.ts', 101],
	['tests/browser/bulletin-screens.test.ts', 90],
	['tests/browser/going-out.test.ts', 81],
	['tests/browser/facts.test.ts', 66],
	['tests/browser/ways-in.test.ts', 61],
	['tests/browser/erasing.test.ts', 60],
	['tests/browser/calm.test.ts', 53],
	['tests/relay/backup.test.ts', 52],
	['tests/browser/update.test.ts', 50],
	['tests/browser/entry.test.ts', 50],
	['tests/browser/meetings.test.ts', 46],
	['tests/sync/suggesting.test.ts', 41],
	['tests/browser/passkeys.test.ts', 40],
	['tests/relay/strangers.test.ts', 39],
	['tests/browser/publishing.test.ts', 39],
	['tests/browser/example-evening.test.ts', 37],
	['tests/browser/unsent-back.test.ts', 31],
	['tests/browser/server-killed.test.ts', 31],
	['tests/browser/issue-walk.test.ts', 30],
	['tests/browser/offline.test.ts', 28],
	['tests/browser/writing.test.ts', 27],
	['tests/browser/guests.test.ts', 24],
	['tests/browser/issue-from-meeting.test.ts', 22],
	['tests/browser/comments.test.ts', 21],
	['tests/browser/history.test.ts', 19],
	['tests/browser/cold-start.test.ts', 19],
	['tests/browser/member-offline.test.ts', 17],
	['tests/relay/room-lifetime.test.ts', 17],
	['tests/relay/two-relays.test.ts', 14],
	['tests/relay/erase-deleted.test.ts', 14],
	['tests/relay/server-process.test.ts', 14],
	['tests/browser/two-people.test.ts', 14],
	['tests/browser/suggesting.test.ts', 14],
	['tests/browser/installed.test.ts', 14],
	['tests/relay/killed-relay.test.ts', 13],
	['tests/browser/missing-part.test.ts', 12],
	['tests/browser/budget.test.ts', 12],
	['tests/sync/markdown-round-trip.test.ts', 11],
	['tests/browser/exchange.test.ts', 11],
	['tests/browser/device-storage.test.ts', 11],
	['server/http/acting-person.test.ts', 11],
	['tests/sync/convergence.test.ts', 10],
	['tests/relay/mutated-frames.test.ts', 10],
	['server/http/own-answers.test.ts', 10],
]);
const ofOthers = 5;

/** Only where tests are run: whoever builds loads this file too, and is not to fail for a test. */
function refuseGone(): void {
	for (const file of seconds.keys())
		if (!existsSync(path.join(root, file))) throw new Error(`${file} is gone: take it out of ${import.meta.filename}`);
}

const lengthOf = ({ moduleId }: TestSpecification) =>
	seconds.get(path.relative(root, moduleId).replaceAll(path.sep, '/')) ?? ofOthers;

export class LongestFirst implements TestSequencer {
	readonly #vitest: Vitest;

	constructor(vitest: Vitest) {
		this.#vitest = vitest;
	}

	async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		refuseGone();
		// Not above: whoever only builds loads this file too.
		const { BaseSequencer } = await import('vitest/node');
		const usual = await new BaseSequencer(this.#vitest).sort(files);
		const byProject = Map.groupBy(usual, ({ project }) => project.name);
		return [...byProject.values()].flatMap((of) => of.sort((a, b) => lengthOf(b) - lengthOf(a)));
	}

	/** Each file, the longest first, to the part that has least to do so far. */
	async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
		const { index, count } = this.#vitest.config.shard ?? { index: 1, count: 1 };
		const parts = Array.from({ length: count }, () => ({ length: 0, files: [] as TestSpecification[] }));
		// In an order of its own: each part is dealt by a run of its own.
		const dealt = files.toSorted((a, b) => lengthOf(b) - lengthOf(a) || (a.moduleId < b.moduleId ? -1 : 1));
		for (const file of dealt) {
			const least = parts.reduce((one, other) => (other.length < one.length ? other : one));
			least.files.push(file);
			least.length += lengthOf(file);
		}
		return parts[index - 1]?.files ?? [];
	}
}
