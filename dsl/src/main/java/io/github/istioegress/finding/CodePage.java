package io.github.istioegress.finding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the page of a code, which is shipped beside this class. */
final class CodePage {

  private CodePage() {}

  static String of(String code) {
    try (InputStream page = CodePage.class.getResourceAsStream(code + ".md")) {
      if (page == null) {
        throw new IllegalStateException("there is no page of " + code);
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the page of " + code, e);
    }
  }
}
