import { FormatError, quoted } from "./error.js";

/** Objects are maps, so that no key (`__proto__`, `constructor`) means anything special. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

const DEEPEST = 32;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WHITESPACE = /[ \t\n\r]*/y;

/**
 * Parses JSON (RFC 8259) from a file that is not trusted. Unlike JSON.parse it refuses an object with a key twice,
 * nesting beyond 32 levels, numbers too large for float64, and strings that are not well-formed Unicode.
 * @param what begins every message, such as `model.safetensors: the header`.
 * @throws FormatError naming the character (counted from 1).
 */
export function parseStrictJson(text: string, what: string): JsonValue {
  let at = 0;

  function refuse(problem: string): never {
    throw new FormatError(`${what}, character ${at + 1}: ${problem}; the file is damaged, save or download it again`);
  }

  function skipWhitespace(): void {
    WHITESPACE.lastIndex = at;
    WHITESPACE.test(text);
    at = WHITESPACE.lastIndex;
  }

  /** Steps over `token` and the whitespace behind it, if it is next. */
  function accept(token: string): boolean {
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    skipWhitespace();
    return true;
  }

  function value(depth: number): JsonValue {
    if (depth > DEEPEST) refuse(`more than ${DEEPEST} levels of nesting`);
    if (accept("{")) return object(depth);
    if (accept("[")) return array(depth);
    if (text[at] === '"') return string();
    if (accept("true")) return true;
    if (accept("false")) return false;
    if (accept("null")) return null;
    return number();
  }

  function object(depth: number): JsonObject {
    const entries = new Map<string, JsonValue>();
    if (accept("}")) return entries;
    do {
      if (text[at] !== '"') refuse("a name in double quotes is missing");
      const start = at;
      const key = string();
      if (entries.has(key)) {
        at = start;
        refuse(`the name ${quoted(key)} comes twice in one object`);
      }
      if (!accept(":")) refuse('":" is missing');
      entries.set(key, value(depth + 1));
    } while (accept(","));
    if (!accept("}")) refuse('"," or "}" is missing');
    return entries;
  }

  function array(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    if (accept("]")) return items;
    do items.push(value(depth + 1));
    while (accept(","));
    if (!accept("]")) refuse('"," or "]" is missing');
    return items;
  }

  function string(): string {
    const start = at++;
    for (; text[at] !== '"'; at++) {
      if (at >= text.length) refuse("a string does not end");
      if (text.charCodeAt(at) < 0x20) refuse("a string holds a control character");
      if (text[at] === "\\") at++;
    }
    at++;
    const content = unescaped(start);
    skipWhitespace();
    return content;
  }

  function unescaped(start: number): string {
    let content = "";
    try {
      content = JSON.parse(text.slice(start, at));
    } catch {
      at = start;
      refuse("a string has a wrong escape sequence");
    }
    if (!isWellFormed(content)) {
      at = start;
      refuse("a string is not well-formed Unicode");
    }
    return content;
  }

  function number(): number {
    NUMBER.lastIndex = at;
    const lexeme = NUMBER.exec(text)?.[0];
    if (lexeme === undefined) refuse("a value is missing");
    if (!Number.isFinite(Number(lexeme))) refuse("a number is too large");
    at += lexeme.length;
    skipWhitespace();
    return Number(lexeme);
  }

  skipWhitespace();
  const result = value(1);
  if (at < text.length) refuse("there is more after the end");
  return result;
}

/** Whether no half of a surrogate pair stands alone: such a string has no UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
