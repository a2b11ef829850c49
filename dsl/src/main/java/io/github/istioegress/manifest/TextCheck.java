package io.github.istioegress.manifest;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.InputCode;
import io.github.istioegress.finding.Location;
import java.util.Optional;
import org.yaml.snakeyaml.reader.StreamReader;

/** Refuses text that no parser should see. */
final class TextCheck {

  /** What a decoder leaves in place of bytes that are no UTF-8. */
  private static final int REPLACEMENT = 0xFFFD;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextCheck() {}

  /** The text without the mark that some editors put before it. */
  static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** What is wrong with the text; nothing where it may be parsed. */
  static Optional<Finding> check(SourceFile file, String text) {
    if (text.length() > ReaderLimits.CHARACTERS) {
      return Optional.of(
          InputCode.OVER_LIMIT.at(
              Location.file(file.name()), text.length() + " characters", ReaderLimits.CHARACTERS));
    }
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '\n') {
        line++;
        column = 0;
      } else if (!StreamReader.isPrintable(c) || c == REPLACEMENT) {
        Location location = new Location(file.name(), line, column);
        return Optional.of(InputCode.CONTROL_CHARACTER.at(location, "U+%04X".formatted(c)));
      }
      column++;
      i += Character.charCount(c);
    }
    return Optional.empty();
  }
}
