/** Approval and publication over a store and accounts, as the server puts them together; there is no relay between. */
import type { Accounts } from '../../server/accounts/accounts.ts';
import { createDirectoryNote, createFactsOfPage } from '../../server/publishing/directory-note.ts';
import { createNameEraser } from '../../server/publishing/forget-names.ts';
import { createIssueReader } from '../../server/publishing/issue-reader.ts';
import { createPublicSite } from '../../server/publishing/public-site.ts';
import { createPublishing } from '../../server/publishing/publishing.ts';
import type { UpdateStore } from '../../server/storage/contract.ts';

type Parts = { accounts: Accounts; store: Pick<UpdateStore, 'load' | 'append'>; now: () => number };

export function openPublishing({ accounts, store, now }: Parts) {
	const { note } = createDirectoryNote({
		store,
		pageOf: accounts.publications.page,
		factsOf: createFactsOfPage(accounts.publications),
		pages: accounts.publications.pages,
		contribute: (name, update) => store.append([{ name, updates: [update] }]).durable,
		later: () => {},
		log: () => {},
	});
	const read = createIssueReader({ store, personName: accounts.people.presentNameOf });
	return {
		forgetName: createNameEraser(accounts),
		publishing: createPublishing({ accounts, read, note }),
		site: createPublicSite({ accounts, now, timeZone: () => 'Europe/Berlin' }),
	};
}
