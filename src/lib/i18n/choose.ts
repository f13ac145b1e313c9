import { getLocale } from './paraglide/runtime.js';

type Say<Inputs> = (inputs: Inputs) => string;
type Locale = ReturnType<typeof getLocale>;

/** A message of two languages: which one is said is decided when it is said. */
export function choose<Inputs>(de: Say<Inputs>, en: Say<Inputs>) {
	return (inputs: Inputs, options?: { locale?: Locale }): string =>
		((options?.locale ?? getLocale()) === 'en' ? en : de)(inputs);
}
