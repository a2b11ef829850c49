package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * EGR105: the selector of a Gateway selects no pod, though a gateway is shown that it is meant for:
 * one to which routes of the same hosts lead, or one whose label differs by a slip.
 */
final class GatewayUnmatchedSelectorAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, Set<String>> labels = routerLabels(context);
    Map<String, Workload> meant = meant(context);
    for (Manifest<Gateway> gateway : context.gateways()) {
      Map<String, String> selector = gateway.spec().getSelector();
      if (selector == null || selector.isEmpty()) {
        continue;
      }
      if (!context.model().podsOf(gateway.key()).isEmpty()) {
        continue;
      }
      Optional<String> pods =
          Optional.ofNullable(meant.get(gateway.namespace() + "/" + gateway.name()))
              .map(
                  pod -> "%s/%s have %s".formatted(pod.namespace(), pod.name(), said(pod.labels())))
              .or(() -> near(selector, labels));
      pods.ifPresent(
          have ->
              out.accept(
                  gateway.finding(
                      ReferenceCode.SELECTOR_MATCHES_NO_POD,
                      "spec.selector",
                      gateway.key(),
                      said(selector),
                      have)));
    }
  }

  /** What labels of gateway pods are there, by key. */
  private static Map<String, Set<String>> routerLabels(AnalysisContext context) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (Workload pod : context.model().registry().workloads()) {
      if (pod.router()) {
        pod.labels()
            .forEach((key, value) -> labels.computeIfAbsent(key, k -> new TreeSet<>()).add(value));
      }
    }
    return labels;
  }

  private static Optional<String> near(
      Map<String, String> selector, Map<String, Set<String>> labels) {
    return selector.entrySet().stream()
        .flatMap(
            one ->
                NearMiss.of(one.getValue(), labels.getOrDefault(one.getKey(), Set.of())).stream()
                    .map(value -> "a gateway has %s=%s".formatted(one.getKey(), value)))
        .findFirst();
  }

  /** By Gateway a pod to which the mesh's routes lead for hosts that the Gateway's routes have. */
  private static Map<String, Workload> meant(AnalysisContext context) {
    Map<String, Workload> byHost = new HashMap<>();
    for (Leg leg : context.legs()) {
      if (leg.isOfMesh()) {
        for (Leg.Target target : leg.targets()) {
          shownPod(context, target.host())
              .ifPresent(pod -> leg.rule().hosts().forEach(host -> byHost.put(host, pod)));
        }
      }
    }
    Map<String, Workload> meant = new HashMap<>();
    for (RouteRule rule : context.model().routeRules()) {
      for (String host : rule.hosts()) {
        Workload pod = byHost.get(host);
        if (pod != null) {
          rule.gateways().forEach(gateway -> meant.putIfAbsent(gateway, pod));
        }
      }
    }
    return meant;
  }

  private static Optional<Workload> shownPod(AnalysisContext context, String host) {
    if (context.knows().isAssumed(host)) {
      return Optional.empty();
    }
    Optional<RegistryService> service = context.model().registry().kubernetes(host);
    List<Workload> pods = service.map(context.model().registry()::pods).orElse(List.of());
    return pods.stream().findFirst();
  }

  private static String said(Map<String, String> labels) {
    return String.join(
        ",",
        new TreeMap<>(labels)
            .entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList());
  }
}
