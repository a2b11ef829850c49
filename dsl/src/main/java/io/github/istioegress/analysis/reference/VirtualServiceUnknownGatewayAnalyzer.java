package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.VirtualService;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.registry.ResolvedNames;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR101: a VirtualService is bound to a Gateway that is not among the manifests. */
final class VirtualServiceUnknownGatewayAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, List<String>> namespacesByName = new HashMap<>();
    TreeSet<String> known = new TreeSet<>();
    // Those that istiod makes of the Gateway API's count, too.
    for (Resource gateway : context.model().resources().of(ResourceKind.GATEWAY)) {
      ResourceKey key = gateway.key();
      known.add(key.namespace() + "/" + key.name());
      namespacesByName.computeIfAbsent(key.name(), name -> new ArrayList<>()).add(key.namespace());
    }
    Map<String, String> nearest = new HashMap<>();
    EgressHosts hosts = EgressHosts.of(context);
    for (Manifest<VirtualService> rule : context.virtualServices()) {
      Set<String> told = new HashSet<>();
      named(rule)
          .forEach(
              (path, said) -> {
                String gateway = ResolvedNames.gateway(said, rule.namespace());
                if (gateway.equals(RouteRule.MESH) || known.contains(gateway)) {
                  return;
                }
                String[] key = gateway.split("/", 2);
                List<String> elsewhere = namespacesByName.getOrDefault(key[1], List.of());
                String near =
                    nearest.computeIfAbsent(gateway, g -> NearMiss.of(g, known).orElse(""));
                boolean isKnown =
                    !elsewhere.isEmpty()
                        || !near.isEmpty()
                        || context.knows().gateways(key[0])
                        || rule.spec().getHosts().stream().anyMatch(hosts::declares);
                if (isKnown && told.add(gateway)) {
                  out.accept(
                      rule.finding(
                          ReferenceCode.GATEWAY_NOT_FOUND,
                          path,
                          rule.key(),
                          gateway,
                          remedy(key, elsewhere, near)));
                }
              });
    }
  }

  /** The gateways that it names, by the field. */
  private static Map<String, String> named(Manifest<VirtualService> rule) {
    Map<String, String> named = new TreeMap<>();
    all("spec", rule.spec().getGateways(), named);
    for (int i = 0; i < rule.spec().getHttp().size(); i++) {
      for (int j = 0; j < rule.spec().getHttp().get(i).getMatch().size(); j++) {
        all(
            match("http", i, j),
            rule.spec().getHttp().get(i).getMatch().get(j).getGateways(),
            named);
      }
    }
    for (int i = 0; i < rule.spec().getTls().size(); i++) {
      for (int j = 0; j < rule.spec().getTls().get(i).getMatch().size(); j++) {
        all(match("tls", i, j), rule.spec().getTls().get(i).getMatch().get(j).getGateways(), named);
      }
    }
    for (int i = 0; i < rule.spec().getTcp().size(); i++) {
      for (int j = 0; j < rule.spec().getTcp().get(i).getMatch().size(); j++) {
        all(match("tcp", i, j), rule.spec().getTcp().get(i).getMatch().get(j).getGateways(), named);
      }
    }
    return named;
  }

  private static String match(String field, int route, int match) {
    return "spec.%s[%s].match[%s]".formatted(field, route, match);
  }

  private static void all(String path, List<String> gateways, Map<String, String> named) {
    for (int i = 0; i < gateways.size(); i++) {
      named.put(path + ".gateways[" + i + "]", gateways.get(i));
    }
  }

  private static String remedy(String[] key, List<String> elsewhere, String near) {
    if (!elsewhere.isEmpty()) {
      return "Write %s/%s, where a Gateway of this name is".formatted(elsewhere.get(0), key[1]);
    }
    return near.isEmpty()
        ? "Add Gateway %s to namespace %s, or bind to one that is there".formatted(key[1], key[0])
        : "Write %s, which is there".formatted(near);
  }
}
