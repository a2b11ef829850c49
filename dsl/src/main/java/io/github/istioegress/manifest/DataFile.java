package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.istioegress.finding.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads YAML and JSON files of data with the care that manifests get: no alias, no tag, no key
 * twice, and a place for each value.
 */
public final class DataFile {

  /**
   * A list of the outermost map whose items are handed on one by one, and are not held.
   *
   * @param field the field of the list
   * @param item takes its items in order; none after one that cannot be read
   */
  public record Listed(String field, Consumer<PlacedValue> item) {}

  private static final Listed NONE = new Listed("", item -> {});

  private DataFile() {}

  /**
   * The one document of a file; empty where the file says nothing.
   *
   * @throws IllegalArgumentException when it cannot be read or has several documents, naming places
   */
  public static Optional<PlacedValue> read(SourceFile file) {
    return read(file, NONE);
  }

  /**
   * The one document of a file; empty where the file says nothing.
   *
   * @param listed a list that may be longer than what one wants to hold; its field is read as an
   *     empty list
   * @throws IllegalArgumentException when it cannot be read or has several documents, naming places
   */
  public static Optional<PlacedValue> read(SourceFile file, Listed listed) {
    List<Finding> findings = new ArrayList<>();
    if (file.name().endsWith(".json")) {
      String text = TextCheck.withoutMark(file.text());
      if (TextCheck.check(file, text).isEmpty() && JsonData.isPlain(text)) {
        return Optional.of(JsonData.read(file.name(), text, listed));
      }
    }
    List<Document> documents =
        DocumentReader.read(
            file,
            ReaderLimits.DATA_NODES,
            findings,
            new DocumentReader.Items(
                listed.field(),
                (tree, place) -> {
                  if (findings.isEmpty()) {
                    listed.item().accept(placed(file.name(), tree, place));
                  }
                }));
    if (!findings.isEmpty()) {
      throw new IllegalArgumentException(
          findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    }
    if (documents.size() > 1) {
      throw new IllegalArgumentException(
          "%s:%s begins a second document: a file of data has one, put the rest into another file"
              .formatted(file.name(), documents.get(1).place().line()));
    }
    return documents.stream().findFirst().map(d -> placed(file.name(), d.tree(), d.place()));
  }

  private static PlacedValue placed(String file, JsonNode tree, Place place) {
    return new PlacedValue(value(file, tree, place), file, place.line());
  }

  private static Object value(String file, JsonNode tree, Place place) {
    if (tree.isObject()) {
      Map<String, PlacedValue> fields = new LinkedHashMap<>();
      place.fields().forEach((key, where) -> fields.put(key, placed(file, tree.path(key), where)));
      return fields;
    }
    if (tree.isArray()) {
      List<PlacedValue> items = new ArrayList<>();
      for (int i = 0; i < tree.size(); i++) {
        items.add(placed(file, tree.get(i), place.items().get(i)));
      }
      return items;
    }
    if (!place.ambiguous().isEmpty()) {
      throw new IllegalArgumentException(
          "%s:%s: %s is one thing to some readers of YAML and another to others: put it in quotes, or write true, false or plain digits"
              .formatted(file, place.line(), place.ambiguous()));
    }
    if (tree.isNull()) {
      return Optional.empty();
    }
    if (tree.isBoolean()) {
      return tree.booleanValue();
    }
    return tree.isNumber() ? tree.numberValue() : tree.textValue();
  }
}
