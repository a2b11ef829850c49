package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tells whether two resources say the same, whatever their words: the version of the API, what the
 * API server writes, defaults that are written out and the order of what has none do not count.
 */
public final class ManifestComparison {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SHOWN = 80;

  /**
   * Where two resources differ first.
   *
   * @param path the field, {@code spec.ports[0].name}
   * @param made what it is in the one that was made; {@code nothing} where absent
   * @param found what it is in the one that was read; {@code nothing} where absent
   */
  public record Difference(String path, String made, String found) {
    @Override
    public String toString() {
      return "%s is %s, not %s".formatted(path, found, made);
    }
  }

  private ManifestComparison() {}

  /**
   * The first difference between a resource that was made and one that was read.
   *
   * @return empty where both say the same
   */
  public static Optional<Difference> first(HasMetadata made, HasMetadata found) {
    return first("", CanonicalForm.of(tree(made)), CanonicalForm.of(tree(found)));
  }

  /**
   * Labels and annotations by which tools keep books of a resource, such as Helm's. They are no
   * part of the comparison, and no sentence writes them.
   *
   * @return their paths, {@code metadata.labels.helm.sh/chart}
   */
  public static List<String> books(HasMetadata found) {
    List<String> paths = new ArrayList<>();
    JsonNode metadata = tree(found).path("metadata");
    for (String field : List.of("labels", "annotations")) {
      metadata
          .path(field)
          .fieldNames()
          .forEachRemaining(
              key -> {
                if (CanonicalForm.isBookkeeping(found.getKind(), key)) {
                  paths.add("metadata." + field + "." + key);
                }
              });
    }
    return paths;
  }

  private static ObjectNode tree(HasMetadata object) {
    return MAPPER.valueToTree(object);
  }

  private static Optional<Difference> first(String path, JsonNode made, JsonNode found) {
    if (made.equals(found)) {
      return Optional.empty();
    }
    if (made.isObject() && found.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      made.fieldNames().forEachRemaining(names::add);
      found.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        Optional<Difference> inside =
            first(FieldPath.field(path, name), made.path(name), found.path(name));
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    if (made.isArray() && found.isArray()) {
      for (int i = 0; i < Math.max(made.size(), found.size()); i++) {
        Optional<Difference> inside = first(FieldPath.item(path, i), made.path(i), found.path(i));
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    return made.isNumber() && found.isNumber() && made.asDouble() == found.asDouble()
        ? Optional.empty()
        : Optional.of(new Difference(path, shown(made), shown(found)));
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
