package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares a resource with the table of known fields: unknown fields, unknown words. */
final class FieldCheck {

  private static final int NEAR = 2;

  private final ResourceFindings findings;
  private final String author;

  private FieldCheck(ResourceFindings findings, String author) {
    this.findings = findings;
    this.author = author;
  }

  /** Checks a resource of the table. */
  static void check(String specType, JsonNode resource, ResourceFindings findings) {
    boolean kubernetes = resource.path("apiVersion").asText().contains(".k8s.io/");
    FieldCheck check = new FieldCheck(findings, kubernetes ? "Kubernetes" : "Istio");
    check.object("Resource", resource, "");
    check.value(specType, resource.path("spec"), "spec");
  }

  private void value(String type, JsonNode value, String path) {
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        value(type, value.get(i), FieldPath.item(path, i));
      }
    } else if (value.isObject() && !type.isEmpty()) {
      object(type, value, path);
    }
  }

  private void object(String type, JsonNode object, String path) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      String inside = FieldPath.field(path, name);
      Optional<IstioFields.Field> field = IstioFields.field(type, name);
      if (field.isEmpty()) {
        unknown(type, name, inside);
      } else if (field.get().table()) {
        entry
            .getValue()
            .properties()
            .forEach(
                e -> value(field.get().type(), e.getValue(), FieldPath.field(inside, e.getKey())));
      } else if (!field.get().values().isEmpty()) {
        word(field.get().values(), entry.getValue(), inside);
      } else {
        value(field.get().type(), entry.getValue(), inside);
      }
    }
  }

  private void word(List<String> values, JsonNode value, String path) {
    if (!value.isNull() && !(value.isTextual() && values.contains(value.asText()))) {
      findings.wrong(path, FieldPath.shown(value), "one of " + String.join(", ", values));
    }
  }

  private void unknown(String type, String name, String path) {
    String meant =
        IstioFields.fields(type).stream()
            .map(IstioFields.Field::name)
            .filter(known -> distance(name, known) <= NEAR)
            .min(Comparator.comparingInt(known -> distance(name, known)))
            .map(known -> "Perhaps %s is meant: ".formatted(known))
            .orElse("");
    findings.unknown(
        path,
        author + " does not know: the API server drops or refuses it",
        meant + "correct the field or remove it");
  }

  /** 0 for snake case or another case, 1 for a letter more, less or other, 2 for two swapped. */
  private static int distance(String name, String known) {
    String a = name.replace("_", "").toLowerCase(Locale.ROOT);
    String b = known.toLowerCase(Locale.ROOT);
    int shorter = Math.min(a.length(), b.length());
    int begin = 0;
    while (begin < shorter && a.charAt(begin) == b.charAt(begin)) {
      begin++;
    }
    int end = 0;
    while (end < shorter - begin
        && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
      end++;
    }
    int differing = Math.max(a.length(), b.length()) - begin - end;
    return differing == NEAR && a.length() != b.length() ? NEAR + 1 : differing;
  }
}
