package io.github.istioegress.analysis.hygiene;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HygieneCode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** EGR705: names and labels that the API server does not take. */
final class NameAnalyzer implements Analyzer {

  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");

  private static final String OF_NAMES =
      "lower-case letters, digits, dashes and dots, a letter or digit at both ends, 253 at most";

  private static final String OF_NAMESPACES =
      "lower-case letters, digits and dashes, a letter or digit at both ends, 63 at most";

  private static final String OF_LABELS =
      "letters, digits, dashes, dots and underscores, a letter or digit at both ends, 63 at most";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Resource resource : context.resources().all()) {
      ResourceKey key = resource.key();
      boolean label =
          resource.kind() == ResourceKind.NAMESPACE || resource.kind() == ResourceKind.SERVICE;
      judge(resource, "metadata.name", key.name(), label, out);
      if (!key.namespace().isEmpty()) {
        judge(resource, "metadata.namespace", key.namespace(), true, out);
      }
      Map<String, String> labels =
          Objects.requireNonNullElse(resource.object().getMetadata().getLabels(), Map.of());
      labels.forEach(
          (name, value) -> {
            String said = Objects.requireNonNullElse(value, "");
            if (said.length() > LONGEST_LABEL || !LABEL_VALUE.matcher(said).matches()) {
              tell(resource, "metadata.labels." + name, "label " + name, said, OF_LABELS, out);
            }
          });
    }
  }

  private static void judge(
      Resource resource, String path, String name, boolean label, Consumer<Finding> out) {
    boolean fits =
        label
            ? name.length() <= LONGEST_LABEL && DNS_LABEL.matcher(name).matches()
            : name.length() <= LONGEST_NAME && isName(resource, name);
    if (!fits) {
      tell(
          resource,
          path,
          path.substring(path.indexOf('.') + 1),
          name,
          label ? OF_NAMESPACES : OF_NAMES,
          out);
    }
  }

  /** Roles and their like may have colons, as in {@code system:reader}. */
  private static boolean isName(Resource resource, String name) {
    return SUBDOMAIN.matcher(name).matches()
        || resource.key().group().equals("rbac.authorization.k8s.io");
  }

  private static void tell(
      Resource resource,
      String path,
      String what,
      String value,
      String form,
      Consumer<Finding> out) {
    out.accept(
        Manifest.finding(
            resource, HygieneCode.NAME_NOT_VALID, path, resource.key(), what, value, form));
  }
}
