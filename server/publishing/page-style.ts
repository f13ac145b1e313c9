/**
 * How a published page looks: paper and ink as the app's, in the reader's own fonts, so that a page is one small answer.
 * The one style of all public pages: their policy lets in what has its hash, and nothing else.
 */
import { createHash } from 'node:crypto';
import { markup, toText } from './markup.ts';

export const pageStyle = markup`
:root{color-scheme:light dark;--paper:light-dark(#fbfaf7,#171614);--sheet:light-dark(#fff,#201f1c);--ink:light-dark(#1d1c1a,#edeae4);--ink-2:light-dark(#5d5a54,#b4afa5);--line:light-dark(#e4e0d8,#35322d);--accent:light-dark(#b3261e,#ff8a7a);--note:light-dark(#fdf1db,#332914);--note-ink:light-dark(#704800,#f0c36d);--ui:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;--text:Charter,"Bitstream Charter","Source Serif 4","Sitka Text",Cambria,Georgia,serif}
*{box-sizing:border-box;margin:0}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{background:var(--paper);color:var(--ink);font:1.0625rem/1.6 var(--text);overflow-wrap:break-word}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;padding:.5rem .75rem;background:var(--sheet);z-index:1}
header,main,footer{max-width:41rem;margin-inline:auto;padding-inline:max(1.25rem,env(safe-area-inset-left)) max(1.25rem,env(safe-area-inset-right))}
.mast{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1.5rem;padding-block:1.5rem .625rem;border-block-end:2px solid currentColor;font:600 .875rem/1.4 var(--ui)}
.mast a{color:inherit;text-decoration:none}
.mast a:hover{text-decoration:underline}
.mast time{font-weight:400;color:var(--ink-2)}
h1{margin-block:1.75rem 1rem;font:700 clamp(1.75rem,1.3rem + 2.2vw,2.5rem)/1.15 var(--text);letter-spacing:-.015em;text-wrap:balance}
h2{margin-block:0 .75rem;font:700 1.4375rem/1.25 var(--text);letter-spacing:-.01em;text-wrap:balance;scroll-margin-block:1rem}
h3,h4,h5{margin-block:1.5rem .5rem;font:650 1.125rem/1.3 var(--text)}
h4{font-size:1.0625rem}
h5{font-size:1rem;font-style:italic}
h1,h2,h3,h4,h5,.mast,nav a,.issues a{overflow-wrap:anywhere;hyphens:auto;hyphenate-limit-chars:10 4 4}
p,ul,ol,.table{margin-block:0 .875rem}
p{text-wrap:pretty}
ul,ol{padding-inline-start:1.5rem}
li{margin-block-end:.25rem}
li>ul,li>ol,li>p{margin-block:.25rem}
li:has(>[role=img]){list-style:none;margin-inline-start:-1.25rem}
a{color:var(--accent);text-underline-offset:.18em}
a:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
hr{width:4rem;margin:1.75rem auto;border:0;border-block-start:1px solid var(--ink-2)}
article{padding-block:1.75rem;border-block-start:1px solid var(--line)}
article:first-of-type{border:0;padding-block-start:.5rem}
.table{overflow-x:auto}
table{border-collapse:collapse;font-size:.9375rem;line-height:1.4}
th,td{padding:.375rem .625rem;border:1px solid var(--line);text-align:start;vertical-align:top}
th{font-weight:650}
nav,.about{font:.9375rem/1.5 var(--ui)}
nav{margin-block:0 1.5rem;padding:.875rem 1.125rem;background:var(--sheet);border:1px solid var(--line);border-radius:10px}
nav h2{margin:0 0 .25rem;font:600 .8125rem/1.4 var(--ui);letter-spacing:0;color:var(--ink-2)}
nav ol{margin:0;padding-inline-start:1.25rem}
nav li{margin:0}
nav a{display:block;padding-block:.375rem;color:var(--ink)}
.note{margin-block:1rem;padding:.75rem 1rem;border-radius:10px;background:var(--note);color:var(--note-ink);font:.9375rem/1.5 var(--ui)}
.note a{color:inherit}
.note p{margin:0}
footer{margin-block:1rem 3rem}
.about{padding-block-start:1rem;border-block-start:2px solid var(--ink);color:var(--ink-2)}
.about p{margin-block:0 .25rem}
.about a{display:inline-block;padding-block:.375rem}
.about ul{list-style:none;padding:0;margin:0}
.issues{list-style:none;padding:0}
.issues li{padding-block:1rem;margin:0;border-block-start:1px solid var(--line)}
.issues li:first-child{border:0}
.issues a{display:block;color:var(--ink);font:700 1.25rem/1.3 var(--text);text-decoration:none}
.issues a:hover{text-decoration:underline}
.issues time{font:.875rem/1.4 var(--ui);color:var(--ink-2)}
.i1{margin-inline-start:1.5rem}.i2{margin-inline-start:3rem}.i3{margin-inline-start:4.5rem}.i4,.i5,.i6,.i7,.i8{margin-inline-start:6rem}
@media(pointer:coarse){nav a,.about a{padding-block:.6875rem}.mast a,.issues a{padding-block:.75rem;margin-block:-.75rem}.issues a{margin-block:0 -.75rem;padding-block-start:.25rem}}
@media(min-width:48rem){body{font-size:1.125rem}.mast{padding-block-start:2.5rem}h1{margin-block-start:2.5rem}}
@page{size:A4;margin:20mm 22mm 22mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt system-ui,sans-serif;color:#555}}
@media print{:root{color-scheme:light;--paper:#fff;--sheet:#fff;--ink:#000;--ink-2:#3d3b37;--line:#8b867c;--accent:#000;--note:#fff;--note-ink:#000}body{font-size:11pt;line-height:1.45}header,main,footer{max-width:none;padding:0}.mast{padding-block-start:0}h1{font-size:24pt;margin-block:8mm 5mm}h2{font-size:15pt;margin-block-end:2mm}h1,h2,h3,h4,h5{break-after:avoid}article{padding-block:6mm}nav,.skip,.screen{display:none}.note{border:.75pt solid currentColor;border-radius:0}main a{color:inherit;text-decoration:none}main article a[href^=http]::after{content:" (" attr(href) ")";font-size:9pt;overflow-wrap:anywhere}p,li{orphans:3;widows:3}tr,li{break-inside:avoid}.table{overflow:visible}.about{break-inside:avoid;font-size:9.5pt}}
`;

export const styleHash = createHash('sha256').update(toText(pageStyle)).digest('base64');

/** Nothing runs, nothing is loaded but the icon, nothing is sent, and nobody frames it. */
export const pagePolicy = [
	"default-src 'none'",
	`style-src 'sha256-${styleHash}'`,
	"img-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');
