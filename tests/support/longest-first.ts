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
	['tests/browser/accessibility.test.ts', 100],
	['tests/browser/bulletin-screens.test.ts', 86],
	['tests/browser/facts.test.ts', 72],
	['tests/sync/suggesting.test.ts', 70],
	['tests/browser/calm.test.ts', 60],
	['tests/browser/going-out.test.ts', 58],
	['tests/browser/erasing.test.ts', 56],
	['tests/relay/backup.test.ts', 55],
	['tests/browser/ways-in.test.ts', 51],
	['tests/browser/entry.test.ts', 46],
	['tests/relay/connections.test.ts', 44],
	['tests/browser/meetings.test.ts', 43],
	['tests/browser/update.test.ts', 42],
	['tests/browser/publishing.test.ts', 41],
	['tests/relay/strangers.test.ts', 40],
	['tests/browser/issue-walk.test.ts', 39],
	['tests/browser/passkeys.test.ts', 38],
	['tests/browser/history.test.ts', 36],
	['tests/browser/guests.test.ts', 35],
	['tests/browser/two-people.test.ts', 35],
	['tests/browser/example-evening.test.ts', 34],
	['tests/browser/unsent-back.test.ts', 34],
	['tests/browser/reviewing.test.ts', 30],
	['tests/browser/exchange.test.ts', 29],
	['tests/browser/server-killed.test.ts', 28],
	['tests/browser/cold-start.test.ts', 27],
	['tests/browser/writing.test.ts', 26],
	['tests/browser/comments.test.ts', 24],
	['tests/browser/issue-from-meeting.test.ts', 23],
	['tests/browser/lost-focus.test.ts', 22],
	['tests/relay/killed-relay.test.ts', 21],
	['tests/browser/offline.test.ts', 20],
	['tests/browser/suggesting.test.ts', 19],
	['tests/relay/server-process.test.ts', 19],
	['tests/browser/member-offline.test.ts', 18],
	['tests/relay/room-lifetime.test.ts', 17],
	['tests/browser/missing-part.test.ts', 16],
	['tests/browser/budget.test.ts', 15],
	['tests/browser/fact-caveats.test.ts', 15],
	['tests/relay/two-relays.test.ts', 15],
	['tests/sync/markdown-round-trip.test.ts', 15],
	['tests/relay/erase-deleted.test.ts', 14],
	['server/http/acting-person.test.ts', 13],
	['tests/browser/installed.test.ts', 13],
	['tests/browser/device-storage.test.ts', 12],
	['tests/sync/convergence.test.ts', 11],
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
