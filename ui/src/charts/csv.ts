/** A cell as RFC 4180 has it. What a spreadsheet would take for a formula gets a ' in front, as in the server's exports. */
export function cell(value: string | number | undefined): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csv = (rows: (string | number | undefined)[][]) =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
