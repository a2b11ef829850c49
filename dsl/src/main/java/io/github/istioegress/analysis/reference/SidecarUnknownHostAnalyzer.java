package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.Sidecar;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR112: a host that a Sidecar imports is not there, or not in the namespace that it names. */
final class SidecarUnknownHostAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Hosts hosts = new Hosts(context);
    Map<String, Set<String>> routed = new HashMap<>();
    for (RouteRule rule : context.model().routeRules()) {
      rule.hosts()
          .forEach(
              host -> routed.computeIfAbsent(host, h -> new HashSet<>()).add(rule.namespace()));
    }
    for (Manifest<Sidecar> sidecar : context.sidecars()) {
      for (int i = 0; i < sidecar.spec().getEgress().size(); i++) {
        List<String> imported = sidecar.spec().getEgress().get(i).getHosts();
        for (int j = 0; j < imported.size(); j++) {
          String path = "spec.egress[%s].hosts[%s]".formatted(i, j);
          judge(context, hosts, routed, sidecar, imported.get(j), path, out);
        }
      }
    }
  }

  private static void judge(
      AnalysisContext context,
      Hosts hosts,
      Map<String, Set<String>> routed,
      Manifest<Sidecar> sidecar,
      String said,
      String path,
      Consumer<Finding> out) {
    String[] parts = said.split("/", 2);
    if (parts.length < 2 || parts[0].equals("~") || parts[1].startsWith("*")) {
      return;
    }
    String namespace = parts[0].equals(".") ? sidecar.namespace() : parts[0];
    String host = parts[1];
    Set<String> homes = new TreeSet<>(routed.getOrDefault(host, Set.of()));
    Map<String, RegistryService> services = context.model().registry().byNamespace(host);
    homes.addAll(services.keySet());
    if (homes.isEmpty()) {
      hosts
          .missing(host)
          .ifPresent(
              missing ->
                  out.accept(
                      sidecar.finding(
                          ReferenceCode.IMPORTS_NOTHING,
                          path,
                          sidecar.key(),
                          said,
                          missing.why(),
                          missing.remedy())));
    } else if (!namespace.equals("*") && !homes.contains(namespace)) {
      String there = homes.iterator().next();
      out.accept(
          sidecar.finding(
              ReferenceCode.IMPORTS_NOTHING,
              path,
              sidecar.key(),
              said,
              "for the host is in namespace %s".formatted(there),
              "Write %s/%s".formatted(there, host)));
    }
  }
}
