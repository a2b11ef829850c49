package io.github.istioegress.analysis.host;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HostCode;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR602: a host in letters beyond ASCII, which Istio refuses, or in their encoding where it says
 * nothing, or what looks like another name.
 */
final class ForeignHostAnalyzer implements Analyzer {

  private static final String ENCODED = "xn--";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (HostField field : HostField.of(context)) {
      (field.isForeign() ? Optional.of(foreign(field.host())) : encoded(field.host()))
          .map(
              why ->
                  field
                      .manifest()
                      .finding(
                          HostCode.FOREIGN_LETTERS,
                          field.path(),
                          field.manifest().key(),
                          shown(field.host()),
                          why.split("\\|", 2)[0],
                          why.split("\\|", 2)[1]))
          .ifPresent(out);
    }
  }

  /** Characters that nobody sees are shown by their number. */
  private static String shown(String host) {
    StringBuilder shown = new StringBuilder();
    host.codePoints()
        .forEach(
            c -> {
              if (Deceit.isInvisible(c)) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static String foreign(String host) {
    Optional<String> deceit = Deceit.in(host);
    if (deceit.isPresent()) {
      return deceit.get();
    }
    try {
      return "has letters beyond ASCII, which Istio refuses|Write %s"
          .formatted(
              (host.startsWith("*.") ? "*." : "")
                  + IDN.toASCII(host.startsWith("*.") ? host.substring(2) : host)
                      .toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return "has letters beyond ASCII that no name has|Write the name as its owner registered it";
    }
  }

  private static Optional<String> encoded(String host) {
    for (String label : host.toLowerCase(Locale.ROOT).split("\\.", -1)) {
      if (label.startsWith(ENCODED)) {
        Optional<String> text = Punycode.decode(label.substring(ENCODED.length()));
        boolean itself =
            text.filter(
                    t ->
                        Normalizer.normalize(t, Normalizer.Form.NFC)
                            .toLowerCase(Locale.ROOT)
                            .equals(t))
                .filter(t -> t.chars().anyMatch(c -> c > 0x7e))
                .isPresent();
        if (!itself) {
          return Optional.of(
              "has the label %s, which encodes no name|Write the name as its owner registered it"
                  .formatted(label));
        }
        Optional<String> deceit = Deceit.in(text.orElseThrow());
        if (deceit.isPresent()) {
          return deceit;
        }
      }
    }
    return Optional.empty();
  }
}
