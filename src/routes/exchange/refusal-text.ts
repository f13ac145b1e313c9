import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { importLimits, type RefusalReason } from '#lib/state/exchange.ts';

const sentences: Record<RefusalReason, () => string> = {
	broken: m.exchange_refused_broken,
	'too-large': m.exchange_refused_too_large,
	'too-long': () => {
		const { characters, paragraphs, articles } = importLimits;
		return m.exchange_refused_too_long({
			characters: formatNumber(characters),
			paragraphs: formatNumber(paragraphs),
			articles: formatNumber(articles),
		});
	},
	'too-deep': m.exchange_refused_too_deep,
	encrypted: m.exchange_refused_encrypted,
	macros: m.exchange_refused_macros,
	'not-known': m.exchange_refused_not_known,
	empty: m.exchange_refused_empty,
	cancelled: m.exchange_refused_cancelled,
	'not-loaded': m.exchange_not_loaded,
};

/** Why a file was not taken in, and what to do. */
export function refusalText(reason: RefusalReason): string {
	return sentences[reason]();
}
