package io.github.istioegress.manifest;

/**
 * The form of a document: its text, in which words that mean nothing else to any reader stand for
 * each other, and so do digits. Keys are of the form, and so is what stands at the left edge, such
 * as the kind.
 */
final class DocumentForm {

  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  /** More digits than one reader takes for a number are told from fewer. */
  private static final int LONGEST_NUMBER = 7;

  private DocumentForm() {}

  /** A number that two documents share only if they are of one form. */
  static long of(String text) {
    // An array, for every character of every document is looked at.
    char[] chars = text.toCharArray();
    long form = BASIS;
    int line = 0;
    while (line < chars.length) {
      int end = line;
      while (end < chars.length && chars[end] != '\n') {
        end++;
      }
      form = line(chars, line, end, form);
      line = end + 1;
    }
    return form;
  }

  private static long line(char[] text, int start, int end, long before) {
    long form = add(before, '\n');
    int value = value(text, start, end);
    for (int i = start; i < value; i++) {
      form = add(form, text[i]);
    }
    boolean leftEdge = start < end && text[start] != ' ';
    if (leftEdge || value == end) {
      return literal(text, value, end, form);
    }
    if (isWord(text, value, end)) {
      return add(form, 'w');
    }
    if (isDigits(text, value, end)) {
      return add(form, 'n');
    }
    return isQuoted(text, value, end) ? add(form, 'q') : literal(text, value, end, form);
  }

  /** Where the value of a line begins: behind dashes, and behind a key with its colon. */
  private static int value(char[] text, int start, int end) {
    int at = start;
    while (at < end && (text[at] == ' ' || text[at] == '-')) {
      at++;
    }
    if (at < end && text[at] == '"') {
      return at;
    }
    for (int i = at; i + 1 < end; i++) {
      if (text[i] == ':' && text[i + 1] == ' ') {
        return i + 2;
      }
    }
    return end > start && text[end - 1] == ':' ? end : at;
  }

  private static long literal(char[] text, int start, int end, long before) {
    long form = before;
    for (int i = start; i < end; i++) {
      form = add(form, text[i]);
    }
    return form;
  }

  private static long add(long form, char c) {
    return (form ^ c) * PRIME;
  }

  private static boolean isWord(char[] text, int start, int end) {
    if (!PlainStyle.isLetter(text[start])) {
      return false;
    }
    for (int i = start; i < end; i++) {
      char c = text[i];
      if (!PlainStyle.isLetter(c)
          && !PlainStyle.isDigit(c)
          && c != '-'
          && c != '.'
          && c != '/'
          && c != '_') {
        return false;
      }
    }
    return !PlainStyle.meansElse(text, start, end);
  }

  private static boolean isDigits(char[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!PlainStyle.isDigit(text[i])) {
        return false;
      }
    }
    // Not so many that one reader stops taking them for a number, and no base but ten.
    return end - start <= LONGEST_NUMBER && (text[start] != '0' || end - start == 1);
  }

  private static boolean isQuoted(char[] text, int start, int end) {
    if (end - start < 2 || text[start] != '"' || text[end - 1] != '"') {
      return false;
    }
    for (int i = start + 1; i < end - 1; i++) {
      char c = text[i];
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
