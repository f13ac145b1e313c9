/**
 * How much text a file or a paste may bring: four issues of fifty pages, of 3,000 characters and thirty lines a page. More is
 * put into a document for longer than anybody waits, and stays in it for all who open it.
 */
export const importCharacters = 600_000;
export const importParagraphs = 6000;
/** Each has a root type, and a document has no more than `limits.documentRoots`. */
export const importArticles = 200;
