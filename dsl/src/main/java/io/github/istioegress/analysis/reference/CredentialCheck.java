package io.github.istioegress.analysis.reference;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import java.util.Set;
import java.util.function.Consumer;

/** Holds one credential after the other against the Secrets. */
record CredentialCheck(AnalysisContext context, Secrets secrets, Consumer<Finding> out) {

  CredentialCheck(AnalysisContext context, Consumer<Finding> out) {
    this(context, Secrets.of(context.resources()), out);
  }

  void judge(
      Manifest<?> manifest,
      String path,
      String said,
      Set<String> homes,
      boolean needsPair,
      boolean needsCa) {
    String name = said.startsWith("kubernetes://") ? said.substring(13) : said;
    if (name.contains("/")) {
      return;
    }
    for (String home : homes) {
      String fault = fault(name, home, needsPair, needsCa);
      if (!fault.isEmpty()) {
        out.accept(
            manifest.finding(
                ReferenceCode.CREDENTIAL_NOT_FOUND, path, manifest.key(), name, home, fault));
        return;
      }
    }
  }

  private String fault(String name, String home, boolean needsPair, boolean needsCa) {
    if (!secrets.has(home, name)) {
      boolean elsewhere = !secrets.namespaces(name).isEmpty();
      boolean known = context.knows().secrets(home) && !secrets.areMade(home);
      return elsewhere
          ? "it is in namespace " + secrets.namespaces(name).get(0)
          : known ? "there is none of this name" : "";
    }
    Set<String> keys = secrets.keys(home, name);
    if (!secrets.isShown(home, name) || keys.isEmpty()) {
      return "";
    }
    boolean pair =
        keys.containsAll(Set.of("tls.crt", "tls.key")) || keys.containsAll(Set.of("cert", "key"));
    boolean ca =
        keys.contains("ca.crt") || keys.contains("cacert") || secrets.has(home, name + "-cacert");
    return needsPair && !pair
        ? "it lacks tls.crt and tls.key"
        : needsCa && !ca ? "it lacks ca.crt, and there is no %s-cacert".formatted(name) : "";
  }
}
