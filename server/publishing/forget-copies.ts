/** What approving and publishing keep of an issue's content goes when it is erased, unless everybody can see it still. */
import { type DocumentName, parseDocumentName } from '#lib/protocol/document-name.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { IssueReader } from './issue-reader.ts';

/** Approvals of another content than the present one, and what a withdrawn page showed. */
export function createCopyEraser(
	{ approvals, publications }: Pick<Accounts, 'approvals' | 'publications'>,
	read: IssueReader,
) {
	return async (name: DocumentName): Promise<void> => {
		const parsed = parseDocumentName(name);
		if (parsed?.kind !== 'bulletin') return;
		const issue = await read(parsed.id);
		approvals.forgetOthers(parsed.id, issue?.hash ?? null);
		publications.forgetWithdrawn(parsed.id);
	};
}
