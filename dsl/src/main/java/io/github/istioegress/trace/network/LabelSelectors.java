package io.github.istioegress.trace.network;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Label selectors as Kubernetes reads them: one without requirements selects everything. */
final class LabelSelectors {

  private LabelSelectors() {}

  /** True where labels fulfil every requirement. */
  static boolean selects(@Nullable LabelSelector selector, Map<String, String> labels) {
    return selector == null
        || (labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
            && selector.getMatchExpressions().stream().allMatch(it -> fulfils(it, labels)));
  }

  /** True where nothing but this label is asked for. */
  static boolean asksOnlyFor(String label, LabelSelector selector) {
    return selector.getMatchLabels().keySet().stream().allMatch(label::equals)
        && selector.getMatchExpressions().stream()
            .map(LabelSelectorRequirement::getKey)
            .allMatch(label::equals);
  }

  private static boolean fulfils(LabelSelectorRequirement required, Map<String, String> labels) {
    String value = labels.get(required.getKey());
    return switch (Objects.requireNonNullElse(required.getOperator(), "")) {
      case "In" -> value != null && required.getValues().contains(value);
      case "NotIn" -> value == null || !required.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
