package io.github.istioegress.trace.gatewayapi;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The namespaces that the manifests know, and their labels. */
public final class Namespaces {

  /** The label that Kubernetes gives to every namespace. */
  private static final String NAME = "kubernetes.io/metadata.name";

  private final Map<String, Map<String, String>> labels = new TreeMap<>();

  /** Reads them: those that have a manifest, and those that something lies in. */
  public Namespaces(ResourceSet resources) {
    for (Resource resource : resources.all()) {
      String namespace = ResourceSet.home(resource);
      if (!namespace.isEmpty()) {
        labels
            .computeIfAbsent(namespace, n -> new HashMap<>(Map.of(NAME, n)))
            .putAll(
                resource.kind() == ResourceKind.NAMESPACE
                    ? Objects.requireNonNullElse(
                        resource.object().getMetadata().getLabels(), Map.of())
                    : Map.of());
      }
    }
  }

  /** The labels of a namespace. */
  public Map<String, String> labels(String namespace) {
    return Map.copyOf(labels.getOrDefault(namespace, Map.of()));
  }

  /** The namespaces whose labels fit, by name. */
  public List<String> matching(LabelSelector selector) {
    return labels.entrySet().stream()
        .filter(namespace -> fits(selector, namespace.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean fits(LabelSelector selector, Map<String, String> labels) {
    Map<String, String> wanted = Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
    return labels.entrySet().containsAll(wanted.entrySet())
        && Objects.requireNonNullElse(
                selector.getMatchExpressions(), List.<LabelSelectorRequirement>of())
            .stream()
            .allMatch(requirement -> fits(requirement, labels));
  }

  private static boolean fits(LabelSelectorRequirement requirement, Map<String, String> labels) {
    String value = labels.get(requirement.getKey());
    return switch (requirement.getOperator()) {
      case "In" -> value != null && requirement.getValues().contains(value);
      case "NotIn" -> value == null || !requirement.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
