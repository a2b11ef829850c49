package io.github.istioegress.analysis.host;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HostCode;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** EGR609: a host with an upper-case letter, which Istio does not bring to one form. */
final class UpperCaseHostAnalyzer implements Analyzer {

  private static final Map<HostField.Place, String> SEEN =
      Map.of(
          HostField.Place.ENTRY,
          "calls of HTTP end with 503, and TLS goes around routes and gateway",
          HostField.Place.ROUTE,
          "TLS goes around the route, and at a gateway nothing comes to it: 404, or refused",
          HostField.Place.SNI,
          "no connection comes to the route",
          HostField.Place.DESTINATION,
          "the proxy has no cluster of this name: 503",
          HostField.Place.RULE,
          "it holds for no host");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (HostField field : HostField.of(context)) {
      String lower = field.host().toLowerCase(Locale.ROOT);
      String seen = SEEN.get(field.place());
      if (seen != null && !field.isForeign() && !lower.equals(field.host())) {
        out.accept(
            field
                .manifest()
                .finding(
                    HostCode.UPPER_CASE,
                    field.path(),
                    field.manifest().key(),
                    field.host(),
                    seen,
                    lower));
      }
    }
  }
}
