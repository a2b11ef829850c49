package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.resource.ResourceKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes resources as YAML: the same resources give the same text, on every machine and in every
 * release. An instance may be shared between threads.
 */
public final class ManifestWriter {

  /** One for all: it learns each type once, which takes longer than writing a document. */
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A writer. */
  public ManifestWriter() {}

  /**
   * The text of resources, one document each, in the order given.
   *
   * @return lines that end in a newline; empty for no resources
   * @throws IllegalArgumentException when a value holds half a character (a lone surrogate), which
   *     no UTF-8 file can hold
   */
  public String write(List<? extends HasMetadata> objects) {
    return objects.stream()
        .map(object -> write(object, Map.of()))
        .collect(Collectors.joining("---\n"));
  }

  /**
   * The text of a Helm values file; keys stay in the order of the map.
   *
   * @param values maps, lists, strings, numbers and booleans
   * @throws IllegalArgumentException when a value holds half a character, or is no finite number
   */
  public String writeValues(Map<String, Object> values) {
    return YamlText.of(MAPPER.valueToTree(values));
  }

  /**
   * The text of one resource with annotations that it does not have by itself.
   *
   * @throws IllegalArgumentException when a value holds half a character
   */
  public String write(HasMetadata object, Map<String, String> annotations) {
    ObjectNode tree = tree(object);
    if (!annotations.isEmpty()) {
      ObjectNode said = tree.withObjectProperty("metadata").withObjectProperty("annotations");
      annotations.forEach(said::put);
    }
    ResourceKind kind = ResourceKind.of(object.getApiVersion(), object.getKind());
    return YamlText.of(FieldOrder.of(kind, tree));
  }

  private static ObjectNode tree(HasMetadata object) {
    TreeGenerator generator = new TreeGenerator(MAPPER);
    try {
      MAPPER.writeValue(generator, object);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be written: %s".formatted(object.getKind(), e.getMessage()), e);
    }
    return (ObjectNode) generator.tree();
  }
}
