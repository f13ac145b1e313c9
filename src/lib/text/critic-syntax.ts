/**
 * The signs of CriticMarkup as part of Markdown's own syntax, so that code, addresses, escapes and references mean here
 * what they mean everywhere in Markdown. A sign that belongs to none is text, see `critic-signs.ts`.
 */
import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import type { Extension, State, TokenizeContext, Tokenizer } from 'micromark-util-types';

declare module 'micromark-util-types' {
	interface TokenTypeMap {
		criticSign: 'criticSign';
		criticNote: 'criticNote';
		criticNoteData: 'criticNoteData';
	}
}

/** `{>>a note<<}` stands whole in one of them. */
export type CriticSign = { type: 'criticSign'; value: string; position?: SignPosition; at?: number };
type SignPosition = { start: { offset?: number }; end: { offset?: number } };

declare module 'mdast' {
	interface RootContentMap {
		criticSign: CriticSign;
	}
	interface PhrasingContentMap {
		criticSign: CriticSign;
	}
}

const signs = ['{++', '++}', '{--', '--}', '{~~', '~>', '~~}', '{==', '==}'];

/** How far a substitution has come in a line: only there do its other signs mean anything. */
const substitutions = new WeakMap<TokenizeContext, '{~~' | '~>'>();
/** Lines that end no further note: else each beginning of one would look through all that follows. */
const withoutEnd = new WeakSet<TokenizeContext>();

const tokenizeSign: Tokenizer = function (this: TokenizeContext, effects, ok, nok) {
	let value = '';
	const step: State = (code) => {
		const next = code !== null && code > 0 ? value + String.fromCodePoint(code) : '';
		if (next === '' || !signs.some((sign) => sign.startsWith(next))) return nok(code);
		if (next === '~>' && substitutions.get(this) !== '{~~') return nok(code);
		if (next === '~~}' && substitutions.get(this) !== '~>') return nok(code);
		value = next;
		effects.consume(code);
		if (!signs.includes(value)) return step;
		if (value === '{~~' || value === '~>') substitutions.set(this, value);
		else if (value === '~~}') substitutions.delete(this);
		effects.exit('criticSign');
		return ok;
	};
	return (code) => {
		effects.enter('criticSign');
		return step(code);
	};
};

const tokenizeNote: Tokenizer = function (this: TokenizeContext, effects, ok, nok) {
	let begun = '';
	let angles = 0;
	const begin: State = (code) => {
		if (code !== '{>>'.codePointAt(begun.length)) return nok(code);
		begun += String.fromCodePoint(code);
		effects.consume(code);
		if (begun !== '{>>') return begin;
		effects.exit('criticNoteData');
		return between;
	};
	const between: State = (code) => {
		if (code === null) {
			withoutEnd.add(this);
			return nok(code);
		}
		if (code < -2) {
			effects.enter('lineEnding');
			effects.consume(code);
			effects.exit('lineEnding');
			return between;
		}
		effects.enter('criticNoteData');
		return inside(code);
	};
	const inside: State = (code) => {
		if (code === null || code < -2) {
			angles = 0;
			effects.exit('criticNoteData');
			return between(code);
		}
		effects.consume(code);
		if (code === 125 && angles >= 2) {
			effects.exit('criticNoteData');
			effects.exit('criticNote');
			return ok;
		}
		angles = code === 60 ? angles + 1 : 0;
		return inside;
	};
	return (code) => {
		if (withoutEnd.has(this)) return nok(code);
		effects.enter('criticNote');
		effects.enter('criticNoteData');
		return begin(code);
	};
};

const sign = { name: 'criticSign', tokenize: tokenizeSign };
const note = { name: 'criticNote', tokenize: tokenizeNote };

export const criticSyntax: Extension = {
	text: { 123: [note, sign], 43: sign, 45: sign, 61: sign, 126: sign },
};

export const criticFromMarkdown: TreeExtension = {
	enter: {
		criticSign(token) {
			this.enter({ type: 'criticSign', value: this.sliceSerialize(token) }, token);
		},
		criticNote(token) {
			this.enter({ type: 'criticSign', value: this.sliceSerialize(token) }, token);
		},
	},
	exit: {
		criticSign(token) {
			this.exit(token);
		},
		criticNote(token) {
			this.exit(token);
		},
	},
};
