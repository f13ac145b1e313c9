/**
 * Who is erased leaves what was published, too, where their name was put in by a fact: an office's holder. What somebody
 * typed stays, as in every text.
 */
import type { Accounts } from '../accounts/accounts.ts';
import { withoutName, type IssueContent } from './issue-content.ts';

/** @returns takes a person's name out of every version, of withdrawn pages too, and says whether it stood there */
export function createNameEraser({ publications }: Pick<Accounts, 'publications'>) {
	return (personId: string): boolean =>
		publications.rewrite((content) => {
			const next = withoutName(JSON.parse(content) as IssueContent, personId);
			return next && JSON.stringify(next);
		});
}
