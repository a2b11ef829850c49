package io.github.istioegress.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Judges values by the keywords of JSON Schema that ours uses; any other keyword is refused. */
final class JsonSchema {

  private static final Set<String> SAYS_NOTHING =
      Set.of("$schema", "title", "description", "definitions", "then", "else");

  private final JsonNode root;

  JsonSchema(JsonNode root) {
    this.root = root;
  }

  boolean accepts(JsonNode value) {
    return accepts(root, value);
  }

  private boolean accepts(JsonNode schema, JsonNode value) {
    for (Iterator<String> words = schema.fieldNames(); words.hasNext(); ) {
      String word = words.next();
      if (!SAYS_NOTHING.contains(word) && !accepts(word, schema, value)) {
        return false;
      }
    }
    return true;
  }

  private boolean accepts(String word, JsonNode schema, JsonNode value) {
    JsonNode said = schema.get(word);
    return switch (word) {
      case "$ref" -> accepts(root.at(said.textValue().substring(1)), value);
      case "type" ->
          said.isArray() ? all(said).anyMatch(one -> isOf(one, value)) : isOf(said, value);
      case "enum" -> all(said).anyMatch(value::equals);
      case "const" -> said.equals(value);
      case "anyOf" -> all(said).anyMatch(one -> accepts(one, value));
      case "allOf" -> all(said).allMatch(one -> accepts(one, value));
      case "not" -> !accepts(said, value);
      case "if" -> branch(schema, value);
      case "required" ->
          !value.isObject() || all(said).allMatch(name -> value.has(name.textValue()));
      case "properties" ->
          !value.isObject()
              || names(said).stream()
                  .allMatch(name -> !value.has(name) || accepts(said.get(name), value.get(name)));
      case "additionalProperties" -> additional(schema, said, value);
      case "propertyNames" ->
          !value.isObject()
              || names(value).stream()
                  .allMatch(
                      name ->
                          accepts(said, new com.fasterxml.jackson.databind.node.TextNode(name)));
      case "items" -> !value.isArray() || all(value).allMatch(one -> accepts(said, one));
      case "minItems" -> !value.isArray() || value.size() >= said.intValue();
      case "pattern" ->
          !value.isTextual() || Pattern.compile(said.textValue()).matcher(value.textValue()).find();
      case "maxLength" -> !value.isTextual() || value.textValue().length() <= said.intValue();
      case "minimum" ->
          !value.isNumber() || value.decimalValue().compareTo(said.decimalValue()) >= 0;
      case "maximum" ->
          !value.isNumber() || value.decimalValue().compareTo(said.decimalValue()) <= 0;
      default -> throw new IllegalArgumentException("unknown keyword " + word);
    };
  }

  private boolean branch(JsonNode schema, JsonNode value) {
    JsonNode next = schema.get(accepts(schema.get("if"), value) ? "then" : "else");
    return next == null || accepts(next, value);
  }

  private boolean additional(JsonNode schema, JsonNode said, JsonNode value) {
    if (!value.isObject()) {
      return true;
    }
    Set<String> more = names(value);
    more.removeAll(names(schema.path("properties")));
    return said.isBoolean()
        ? more.isEmpty() || said.booleanValue()
        : more.stream().allMatch(name -> accepts(said, value.get(name)));
  }

  private static boolean isOf(JsonNode type, JsonNode value) {
    return switch (type.textValue()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "number" -> value.isNumber();
      case "integer" -> value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static java.util.stream.Stream<JsonNode> all(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
