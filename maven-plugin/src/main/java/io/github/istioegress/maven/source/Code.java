package io.github.istioegress.maven.source;

import com.palantir.javapoet.CodeBlock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blocks of code in which every text is a literal of ASCII on one line: JavaPoet breaks the line at
 * separators that its own literals leave as they are.
 */
final class Code {

  private static final Pattern PART = Pattern.compile("\\$(.)");

  private Code() {}

  /** As {@link CodeBlock#of}; {@code $S} is a text. */
  static CodeBlock of(String format, Object... args) {
    Object[] safe = args.clone();
    StringBuilder formats = new StringBuilder();
    Matcher part = PART.matcher(format);
    int next = 0;
    while (part.find()) {
      String kind = part.group(1);
      if (kind.equals("S")) {
        safe[next] = literal(String.valueOf(args[next]));
      }
      part.appendReplacement(formats, Matcher.quoteReplacement("$" + kind.replace('S', 'L')));
      next += "LSTN".contains(kind) ? 1 : 0;
    }
    part.appendTail(formats);
    return CodeBlock.of(formats.toString(), safe);
  }

  /** A text as a line of comment: none of it can end the line, or be a letter by its number. */
  static CodeBlock comment(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean shown = c >= ' ' && c != 127 && c != '\\' && Character.isDefined(c);
              boolean hidden = c > 127 && !Character.isLetterOrDigit(c);
              safe.appendCodePoint(shown && !hidden ? c : ' ');
            });
    return CodeBlock.of("// $L\n", safe.toString().strip());
  }

  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default ->
            literal.append(
                c < ' ' || c == 127
                    ? "\\%03o".formatted((int) c)
                    : c < 127 ? Character.toString(c) : "\\u%04x".formatted((int) c));
      }
    }
    return literal.append('"').toString();
  }
}
