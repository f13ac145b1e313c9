/** Two or three people who suggest in one body, with a clock that each test moves on by itself. */
import { decide, type Verdict } from '#lib/documents/review.ts';
import { settleBody } from '#lib/documents/settle.ts';
import type { Authored } from '#lib/documents/suggestion.ts';
import type { Mode } from '#lib/editor/suggest/mode.ts';
import { setMode, suggesting } from '#lib/editor/suggest/suggesting.ts';
import type * as Y from 'yjs';
import { BareEditor } from './bare-editor.ts';
import { Device } from './writers.ts';

export const bodyName = 'body:a';

export class Suggester extends Device {
	readonly name: string;
	readonly editor: BareEditor;
	#ids = 0;

	constructor(name: string, clientId: number, clock: { now: number }) {
		super(clientId);
		this.name = name;
		const author = { id: name, now: () => clock.now, newId: () => `${name}${this.#ids++}` };
		this.editor = new BareEditor(this.doc, bodyName, [suggesting(author, 'edit')]);
	}

	mode(mode: Mode): void {
		setMode(this.editor.state, this.editor.dispatch, mode);
	}

	decide(verdict: Verdict, chosen: (of: Authored) => boolean = () => true): void {
		decide(this.doc, bodyName, verdict, chosen);
	}

	settle(): void {
		settleBody(this.doc, bodyName);
	}

	get body(): Y.XmlFragment {
		return this.doc.getXmlFragment(bodyName);
	}
}

/** People on devices that know each other. */
export function gather(names: readonly string[], clock: { now: number }): Suggester[] {
	const people = names.map((name, index) => new Suggester(name, index + 1, clock));
	for (const person of people) person.meet(people);
	return people;
}
