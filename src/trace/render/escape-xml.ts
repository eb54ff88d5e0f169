const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Escapes text for SVG and HTML, between tags and inside double quotes. Drops control characters. */
export function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- XML forbids them
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, "")
      .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? "")
  );
}
