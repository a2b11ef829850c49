package io.github.istioegress.analysis.exposure;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR412: a wildcard at or above a suffix below which anybody registers names. Where a provider
 * lends them, and not a registry, it is a warning. Other wildcards are nobody's fault by
 * themselves.
 */
final class ServiceEntryWideWildcardAnalyzer implements Analyzer {

  /** What registries of countries put before the country. */
  private static final Set<String> SECOND =
      Set.of("ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ne", "net", "or", "org");

  /** Suffixes below which a provider's customers have names. */
  private static final List<String> LENT =
      List.of(
          "appspot.com",
          "azureedge.net",
          "azurewebsites.net",
          "blob.core.windows.net",
          "cloudapp.net",
          "cloudfront.net",
          "firebaseapp.com",
          "github.io",
          "gitlab.io",
          "herokuapp.com",
          "netlify.app",
          "ngrok.io",
          "onrender.com",
          "pages.dev",
          "run.app",
          "s3.amazonaws.com",
          "vercel.app",
          "web.app",
          "workers.dev");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      for (int i = 0; i < entry.spec().getHosts().size(); i++) {
        String host = entry.spec().getHosts().get(i);
        if (!host.startsWith("*.")) {
          continue;
        }
        String suffix = host.substring(2);
        boolean lent =
            LENT.stream().anyMatch(one -> one.equals(suffix) || one.endsWith("." + suffix));
        if (isOfRegistry(suffix) || lent) {
          Finding finding =
              entry.finding(ExposureCode.WIDE_WILDCARD, "spec.hosts[" + i + "]", entry.key(), host);
          out.accept(isOfRegistry(suffix) ? finding : finding.as(Severity.WARNING));
        }
      }
    }
  }

  private static boolean isOfRegistry(String suffix) {
    String[] labels = suffix.split("\\.", -1);
    boolean top = labels.length == 1 && !Set.of("local", "internal", "lan").contains(suffix);
    boolean ofCountry = labels.length == 2 && labels[1].length() == 2 && SECOND.contains(labels[0]);
    return top || ofCountry;
  }
}
