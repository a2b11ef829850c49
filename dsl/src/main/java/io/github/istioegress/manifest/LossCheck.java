package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.istioegress.resource.ResourceKind;
import java.util.Map;

/**
 * Compares what was read with what the typed resource writes back. The types come from elsewhere
 * and lose without a word what they do not know; here it gets its word.
 */
final class LossCheck {

  private final boolean typed;
  private final ResourceFindings findings;

  private LossCheck(boolean typed, ResourceFindings findings) {
    this.typed = typed;
    this.findings = findings;
  }

  /**
   * Tells of every field and value that is in the first tree and not in the second.
   *
   * @param kind says whether strings are known to be meant outside the metadata
   */
  static void check(ResourceKind kind, JsonNode read, JsonNode written, ResourceFindings findings) {
    boolean typed = kind.type() != GenericKubernetesResource.class;
    new LossCheck(typed, findings).object(read, written, "");
  }

  private void value(JsonNode read, JsonNode written, String path) {
    if (findings.isTold(path)) {
      return;
    }
    if (read.isObject() && written.isObject()) {
      object(read, written, path);
    } else if (read.isArray() && written.isArray()) {
      list(read, written, path);
    } else if (!isSame(read, written)) {
      changed(read, written, path);
    } else if (written.isTextual() && (typed || path.startsWith("metadata."))) {
      String bare = findings.ambiguous(path);
      if (!bare.isEmpty()) {
        findings.ambiguous(path, bare);
      }
    }
  }

  private void object(JsonNode read, JsonNode written, String path) {
    for (Map.Entry<String, JsonNode> field : read.properties()) {
      String inside = FieldPath.field(path, field.getKey());
      JsonNode there = written.get(field.getKey());
      if (there != null) {
        value(field.getValue(), there, inside);
      } else if (!saysNothing(field.getValue()) && !inside.equals("status")) {
        lost(inside);
      }
    }
  }

  private void list(JsonNode read, JsonNode written, String path) {
    for (int i = 0; i < read.size(); i++) {
      String inside = FieldPath.item(path, i);
      if (i < written.size()) {
        value(read.get(i), written.get(i), inside);
      } else if (!read.get(i).isNull()) {
        lost(inside);
      }
    }
  }

  private void lost(String path) {
    if (!findings.isTold(path)) {
      findings.unknown(
          path,
          "is not understood here and plays no part in what is judged",
          "Correct the field if it is misspelt; else judge it by hand");
    }
  }

  private void changed(JsonNode read, JsonNode written, String path) {
    String bare = findings.ambiguous(path);
    if (written.isTextual() && !bare.isEmpty()) {
      findings.ambiguous(path, bare);
    } else {
      String wanted =
          switch (written.getNodeType()) {
            case STRING -> "a string; put it in quotes if that is meant";
            case NUMBER -> "a number without quotes";
            case BOOLEAN -> "true or false without quotes";
            case ARRAY -> "a list";
            default -> "a mapping";
          };
      findings.wrong(path, FieldPath.shown(read), wanted);
    }
  }

  private boolean isSame(JsonNode read, JsonNode written) {
    if (read.isNumber() && written.isNumber()) {
      return read.decimalValue().compareTo(written.decimalValue()) == 0;
    }
    return read.equals(written) || (saysNothing(read) && saysNothing(written));
  }

  /** Absent, null and empty are one to the API server, but for empty lists of rules. */
  private static boolean saysNothing(JsonNode value) {
    if (value.isContainerNode()) {
      for (JsonNode inside : value) {
        if (!saysNothing(inside)) {
          return false;
        }
      }
      return true;
    }
    return value.isNull();
  }
}
