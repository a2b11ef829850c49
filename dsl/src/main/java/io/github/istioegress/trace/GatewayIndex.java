package io.github.istioegress.trace;

import io.fabric8.istio.api.networking.v1.Gateway;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.GatewaySelection;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Gateway resources by one label of their selector, so that a pod is held against few. */
final class GatewayIndex {

  private final List<Resource> byAge;
  private final Map<Map.Entry<String, String>, List<Integer>> byLabel = new HashMap<>();
  private final List<Integer> others = new ArrayList<>();

  private GatewayIndex(List<Resource> byAge) {
    this.byAge = byAge;
    for (int i = 0; i < byAge.size(); i++) {
      Map<String, String> selector = ((Gateway) byAge.get(i).object()).getSpec().getSelector();
      if (selector == null || selector.isEmpty()) {
        others.add(i);
      } else {
        Map.Entry<String, String> any = selector.entrySet().iterator().next();
        byLabel
            .computeIfAbsent(Map.entry(any.getKey(), any.getValue()), label -> new ArrayList<>())
            .add(i);
      }
    }
  }

  static GatewayIndex of(ResourceSet resources) {
    return new GatewayIndex(
        resources.of(ResourceKind.GATEWAY).stream()
            .filter(resource -> ((Gateway) resource.object()).getSpec() != null)
            .sorted(
                Comparator.comparing(
                        (Resource r) ->
                            Objects.requireNonNullElse(
                                r.object().getMetadata().getCreationTimestamp(), ""))
                    .thenComparing(r -> r.key().name())
                    .thenComparing(r -> r.key().namespace()))
            .toList());
  }

  /** Those that open servers in a pod, the oldest first. */
  List<Resource> taking(Workload pod, List<RegistryService> services) {
    TreeSet<Integer> candidates = new TreeSet<>(others);
    pod.labels()
        .entrySet()
        .forEach(
            label ->
                candidates.addAll(
                    byLabel.getOrDefault(Map.entry(label.getKey(), label.getValue()), List.of())));
    return candidates.stream()
        .map(byAge::get)
        .filter(gateway -> GatewaySelection.takes(gateway, pod, services))
        .toList();
  }
}
