package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.istioegress.resource.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the fields of a resource into the order in which people write them. */
final class FieldOrder {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FieldOrder() {}

  /** The same tree with its fields in order. */
  static JsonNode of(ResourceKind kind, JsonNode resource) {
    ObjectNode ordered = byType("Resource", resource);
    JsonNode spec = ordered.path("spec");
    Optional<String> type = IstioFields.specType(kind);
    if (type.isPresent() && spec.isObject()) {
      ordered.set("spec", ordered(type.get(), spec));
    }
    return ordered;
  }

  /** Known fields by the table, then all others by name. */
  private static ObjectNode byType(String type, JsonNode object) {
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
    fields.sort(
        Comparator.comparingInt(
                (Map.Entry<String, JsonNode> field) -> IstioFields.rank(type, field.getKey()))
            .thenComparing(Map.Entry::getKey));
    ObjectNode ordered = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : fields) {
      JsonNode value = field.getValue();
      ordered.set(
          field.getKey(),
          IstioFields.field(type, field.getKey()).map(known -> inside(known, value)).orElse(value));
    }
    return ordered;
  }

  private static JsonNode inside(IstioFields.Field field, JsonNode value) {
    if (!field.table()) {
      return field.type().isEmpty() ? value : ordered(field.type(), value);
    }
    ObjectNode table = NODES.objectNode();
    sorted(value).forEach((key, entry) -> table.set(key, ordered(field.type(), entry)));
    return table;
  }

  private static JsonNode ordered(String type, JsonNode value) {
    if (value.isArray()) {
      ArrayNode list = NODES.arrayNode(value.size());
      value.forEach(item -> list.add(ordered(type, item)));
      return list;
    }
    return value.isObject() && !type.isEmpty() ? byType(type, value) : value;
  }

  private static Map<String, JsonNode> sorted(JsonNode object) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      sorted.put(field.getKey(), field.getValue());
    }
    return sorted;
  }
}
