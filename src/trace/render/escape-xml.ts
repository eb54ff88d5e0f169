const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Safe as text and inside of double quotes, in SVG and HTML alike. Control characters are dropped. */
export function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- what XML does not allow
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, "")
      .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? "")
  );
}
