import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

/** Something wrong in a JSON text, and the characters it is about. */
export interface Mistake {
  detail: string;
  /** JSON pointer, where the text could be read. */
  pointer?: string;
  from: number;
  to: number;
  line: number;
}

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

const WORDS: Record<string, string> = {
  InvalidSymbol: "JSON has no such word. Texts need double quotes.",
  InvalidNumberFormat: "This is not a number as JSON writes it.",
  PropertyNameExpected: "A key in double quotes is expected here.",
  ValueExpected: "A value is expected here.",
  ColonExpected: "A colon is missing.",
  CommaExpected: "A comma is missing.",
  CloseBraceExpected: "A closing } is missing.",
  CloseBracketExpected: "A closing ] is missing.",
  EndOfFileExpected: "Something follows after the end of the document.",
  InvalidCommentToken: "JSON has no comments.",
  UnexpectedEndOfString: "This text has no closing quote.",
  InvalidEscapeCharacter: "This backslash sequence is not known.",
  InvalidUnicode: "\\u needs four hexadecimal digits.",
  InvalidCharacter: "This character must be written with a backslash.",
};

export const lineOf = (text: string, offset: number) => text.slice(0, offset).split("\n").length;

/** Where a text is not JSON; empty for JSON. */
export function mistakesOfSyntax(text: string): Mistake[] {
  const errors: ParseError[] = [];
  parseTree(text, errors, STRICT);
  const first = errors.filter(({ offset }, place) => errors.findIndex((other) => other.offset === offset) === place);
  return first.slice(0, 20).map(({ error, offset, length }) => ({
    detail: WORDS[printParseErrorCode(error)] ?? "This is not JSON.",
    from: Math.min(offset, text.length),
    to: Math.min(offset + Math.max(length, 1), text.length),
    line: lineOf(text, offset),
  }));
}

/** What the server says of places in a JSON text, with those places. */
export function mistakesAt(text: string, errors: { detail: string; pointer?: string }[]): Mistake[] {
  const tree = parseTree(text, [], STRICT);
  return errors.map(({ detail, pointer }) => {
    const [from, to] = placeOf(tree, pointer ?? "");
    return { detail, pointer, from, to, line: lineOf(text, from) };
  });
}

/** The characters of what a pointer names, or of the nearest thing above it that is there. */
function placeOf(tree: Node | undefined, pointer: string): [number, number] {
  let node = tree;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const inner = node && findNodeAtLocation(node, [node.type === "array" ? Number(key) : key]);
    if (!inner) break;
    node = inner;
  }
  if (!node) return [0, 0];
  const named = node.parent?.type === "property" ? node.parent : node;
  const long = node.type === "object" || node.type === "array";
  return [named.offset, long ? node.offset + 1 : node.offset + node.length];
}
