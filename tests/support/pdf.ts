import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A piece of text on a page; `y` in points from the foot of the page. */
export interface PdfText {
  text: string;
  y: number;
}

export interface PdfContent {
  /** The texts of each page, in the order of the document. */
  pages: PdfText[][];
  title: string;
  language: string;
  /** The titles of all bookmarks of the first level that the document's headings of sections make, in order. */
  outline: string[];
  /** Names of the fonts, as PostScript knows them. */
  fonts: string[];
}

interface Bookmark {
  title: string;
  items: Bookmark[];
}

/** How many pages a PDF has, and its bookmarks: titles of every level, in order. */
export async function readOutline(pdf: Uint8Array): Promise<{ pageCount: number; outline: string[] }> {
  const task = open(pdf);
  const document = await task.promise;
  const outline = flatten((await document.getOutline()) as Bookmark[]);
  const pageCount = document.numPages;
  await task.destroy();
  return { pageCount, outline };
}

/** What a reader's program finds in a PDF. */
export async function readPdf(pdf: Uint8Array): Promise<PdfContent> {
  const task = open(pdf);
  const document = await task.promise;
  const pages: PdfText[][] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const sheet = await document.getPage(number);
    const { items } = await sheet.getTextContent();
    pages.push(
      items.flatMap((item) => ('str' in item ? [{ text: item.str, y: Number(item.transform[5]) }] : [])),
    );
  }
  const { info } = await document.getMetadata();
  const { Title, Language } = info as { Title?: string; Language?: string };
  const outline = flatten((await document.getOutline()) as Bookmark[]);
  await task.destroy();
  const names = Buffer.from(pdf)
    .toString('latin1')
    .matchAll(/\/BaseFont \/([^\s/]+)/g);
  return {
    pages,
    title: Title ?? '',
    language: Language ?? '',
    outline,
    fonts: [...new Set([...names].map(([, name]) => name ?? ''))],
  };
}

function open(pdf: Uint8Array) {
  return getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 });
}

function flatten(bookmarks: readonly Bookmark[]): string[] {
  return bookmarks.flatMap(({ title, items }) => [title, ...flatten(items)]);
}
