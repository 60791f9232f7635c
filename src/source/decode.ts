/** Bytes of a file as text, or why they are not text. */
export type Decoded = { readonly text: string } | { readonly problem: string };

/** Files larger than this are not read (bytes). */
export const largestFile = 32 * 1024 * 1024;

/** Decodes UTF-8. A byte order mark becomes one space; NUL bytes and invalid UTF-8 are a problem that names the byte's place. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > largestFile) return { problem: `The file has ${bytes.length} bytes; files over ${largestFile} are not read.` };
  const nul = bytes.indexOf(0);
  if (nul >= 0) return { problem: `The file is not text: byte ${nul} is NUL.` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text: text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text };
  } catch {
    return { problem: `The file is not valid UTF-8 (first at byte ${invalidAt(bytes)}).` };
  }
}

function invalidAt(bytes: Uint8Array): number {
  const lossy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const mark = lossy.indexOf('\uFFFD');
  return mark < 0 ? 0 : new TextEncoder().encode(lossy.slice(0, mark)).length;
}
