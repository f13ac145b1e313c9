/**
 * Which parts of the interface are one file. Many small files compress badly, cost a request each, and each is put aside
 * by the service worker on its own; one large file costs a first visit what it never needs. What Start and a roster load
 * is held to bounds by `tests/browser/budget.test.ts`.
 */

/** A module by its id. */
type Test = RegExp | ((id: string) => boolean);
/** As rolldown's `codeSplitting.groups` takes it; the first that fits has a module. */
export type ChunkGroup = { name: string; test: Test; priority?: number; minShareCount?: number };

const someUse =
	/src\/lib\/(ui\/(Dialog|Checkbox|\w*Field|\w*Select|\w*Picker|Segmented|Avatars?|Menu|menu-keys|live-\w+|text-change|person-colour)|(documents|domain)\/(change-)?(agenda|minutes|outcome)|state\/(meeting|presence|failure-text|entry|entry-link|readiness|role-name)|protocol\/entry-code|i18n\/paraglide\/messages\/(access_(failure|role)|passkeys|checks|facts|meetings_(kind|state|resolution_status))|(editor|domain)\/(facts|checker)\/[\w-]+)[./_]|lib0\/hash/;

/** Texts and what is done with them: one file for all places where somebody writes or reads one. */
const texts =
	/src\/lib\/(documents\/(body(?!-diff|-rewrite)|rich-body|removal|suggestion|read-suggestions|mark-writers|kept-reading|erase-text|facts-in-text|left-as-is|comment|bulletin)|domain\/href)/;

/** How a text is compared with another and made into one: for its history and for what comes from a file, not for writing. */
const rewriting =
	/src\/lib\/(text\/block-suggestion|documents\/(full-rows|body-diff|body-rewrite|sequence-diff|restore|others-work))\./;

/** What pages have that something can be done on; Start has none of it. */
const tools =
	/lucide\/svelte\/dist\/icons\/(plus|pencil|printer|trash|chevron-down)[./-]|protocol\/limits|documents\/change-(record|directory)|ui\/(IconButton|Menu|menu-keys|Segmented)\b/;

/** A place among other records, for those who add or move one. */
const order = /src\/lib\/documents\/order\.|node_modules\/fractional-indexing/;

/** What one plans a roster with, a new one or one that is there. */
const planning =
	/messages\/rosters_(field_|branch_|station_|contact_hint|note_hint|date_missing|add\.|done\.|cancel\.)|documents\/change-roster|state\/roster-changes/;

/** What belongs together and is small, and which two places or more have. */
const together: [name: string, parts: RegExp][] = [
	// What neither Start nor a roster has.
	['rare', /icons\/(x|check)\.|routes\/Notice|documents\/(talks|removed-entry)\./],
	// Whoever writes on a laptop needs none.
	['dialogs', /lib\/ui\/Dialog\./],
	['cards', /src\/lib\/ui\/Card\./],
	// Of the frame around every page, and of few pages besides.
	[
		'frame',
		/icons\/(newspaper|users)[./-]|ui\/NotLoaded|messages\/(shell_not_loaded|place_bulletins|guests_meeting|sync_(?!fetched|waiting))|routes\/status-words|state\/(install|readiness|load-later)\.|protocol\/messages\.|ui\/after-paint\.|sync\/(document-rows|last-words|device-index)|y-protocols|y-websocket|lib0\/(broadcastchannel|url)/,
	],
	// What Start tells of a roster, and what only a roster says.
	[
		'places',
		/messages\/(rosters_(full|places|still|until|all_taken|open_places|untitled|free_shift|no_shifts_yet)|start_loading)\.|rosters\/Places(Bar|Tag)\./,
	],
	[
		'rosters',
		/messages\/rosters_|documents\/change-roster|state\/rosters?\.svelte|rosters\/\[id\]\/(shift-words|ShiftNames|ShiftHints)/,
	],
	['failures', /state\/failure-text\.|messages\/(access|passkeys)_failure/],
	// Who is at it, and what several fill in at once.
	[
		'live',
		/ui\/(Avatars?|person-colour|live-\w+|text-change|keep-focus|staying)\.|state\/(presence|present-name)|documents\/(fact-sources|closed-items)|facts\/fact-book|icons\/(file-up|file-down|history|list-ordered|mail|globe|link)\.|messages\/(history_title|bulletins_(articles?|untitled)|comments_button|publishing_say_\w+|exchange_(failed|copied|copy))\.|routes\/history\/VisitNotice\./,
	],
	// Where an issue is on its way, in the list and on its page.
	[
		'issues',
		/state\/bulletin\.svelte|domain\/issue-way|routes\/bulletins\/(status|\[id\]\/publishing-words)\.|messages\/(publishing_(step_|changed|withdrawn)|bulletins_(status_|bulletin\.|all\.|undo))/,
	],
	['titles', /state\/(document-title|role-name)\.|messages\/shell_document_|icons\/(key-round|copy)\./],
	// What a text is made of, for reading and for writing, and what stands around one.
	[
		'prose',
		/node_modules\/(prosemirror-\w+|y-prosemirror|orderedmap)\/|src\/lib\/(editor\/(schema|marks|nodes|commands|suggest\/(marks|mode|writing)|comments\/desk|facts\/words|table\/in-table|review\/review-keys)|state\/(comment-drafts|fact-names)|domain\/facts\/(fact|forms|calendar-words)|documents\/(import-limits|body-undo|brought-back|moved-text|copies)\.|ui\/keyboard-height)|icons\/(calendar-sync|type|message-square)\.|messages\/(checks_|facts_|review_mode_|(review_title|comments_comment|editor_(undo|redo|bold|italic|link|bullet|ordered|check|heading\w*|table))\.)|routes\/bulletins\/\[id\]\/go-to-article\./,
	],
	['fields', /src\/lib\/ui\/(Dialog|Checkbox|\w*Field|\w*Select|\w*Picker|FileDrop)\./],
	[
		'access',
		/src\/routes\/(\w+\/)*(EntryPage|EntryField|SignOutDialog|InvitationLink|DeviceInvitation|PersonDialog|RemovePasskey|PasskeyList)\.|state\/(entry|entry-link|passkeys)\.|messages\/(access_(?!install|failure|role)|passkeys_|devices_|association_|audit_|erase_)/,
	],
	[
		'meeting',
		/routes\/meetings\/|state\/(meeting|presence|people)\.svelte|messages\/meetings_|ui\/(Avatar|DragHandle|live-\w+)/,
	],
];

/** What is loaded when it is asked for, and goes with what is asked for in the same moment. */
const askedFor: [name: string, parts: RegExp][] = [
	[
		'exchange',
		/src\/routes\/exchange\/|src\/lib\/(state\/(exchange|text-worker|title-changes)|text\/(imported|facts-to-text|named-in))\./,
	],
	['roster-dialogs', /src\/routes\/rosters\/\[id\]\/(ShiftDialog|PlacesDialog|FactsDialog|RosterSheet)\./],
	// What an editor underlines, and what is said of a whole issue a moment later.
	['checker', /src\/lib\/(domain\/checker\/[\w-]+|state\/issue-check)\./],
	['publishing', /src\/routes\/bulletins\/\[id\]\/(PublishDialog|PublicPage|FactCaveats|publishing-failure)\./],
	[
		'later',
		/src\/lib\/(ui\/Toaster|sync\/(background|forget|stored-documents|foreign-client|split-frame)|state\/(departure|unsent-file))\.|src\/routes\/(\w+\/)*(UpdatePrompt|UnsentDialog|UnsentOffer|PasskeyDue|PasskeyNeeded|ExampleRemoval)\./,
	],
];

/** Not for everyone, though many use it. */
const apart = ['rare', 'dialogs', 'cards', 'frame', 'live', 'prose', 'titles'];
const rare = [...together.filter(([name]) => apart.includes(name)), ...askedFor].map(([, parts]) => parts);

export const chunkGroups: ChunkGroup[] = [
	// All styles are 15 kB: one file instead of eighty.
	{ name: 'styles', priority: 1, test: /[?&]type=style|\.css$/ },
	{
		name: 'shared',
		minShareCount: 5,
		test: (id) => ![someUse, rewriting, texts, tools, order, planning, ...rare].some((parts) => parts.test(id)),
	},
	{ name: 'tools', minShareCount: 3, test: tools },
	{ name: 'order', minShareCount: 2, test: order },
	{ name: 'planning', minShareCount: 2, test: planning },
	{ name: 'texts', minShareCount: 3, test: texts },
	// A group takes along what it needs: behind the texts, whose bodies it changes.
	{ name: 'rewriting', minShareCount: 2, test: rewriting },
	...together.map(([name, test]) => ({ name, minShareCount: 2, test })),
	...askedFor.map(([name, test]) => ({ name, test })),
];
