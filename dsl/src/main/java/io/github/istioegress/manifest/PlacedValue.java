package io.github.istioegress.manifest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A value of a data file and where it stands.
 *
 * @param value a {@code String}, {@code Boolean} or {@code Number}; a list or a map of placed
 *     values; an empty {@code Optional} for null
 * @param file the file as it was named when read
 * @param line the line of its key, or its own where it has none, from 1
 */
public record PlacedValue(Object value, String file, int line) {

  /** Refuses nulls. */
  public PlacedValue {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(file, "file");
  }

  /** True where nothing is said. */
  public boolean isNull() {
    return value instanceof Optional<?>;
  }

  /** The fields in order, where it is a map. */
  @SuppressWarnings("unchecked") // Made here and in the reader alone, as the record says.
  public Optional<Map<String, PlacedValue>> fields() {
    return value instanceof Map<?, ?> map
        ? Optional.of((Map<String, PlacedValue>) map)
        : Optional.empty();
  }

  /** The items, where it is a list. */
  @SuppressWarnings("unchecked") // Made here and in the reader alone, as the record says.
  public Optional<List<PlacedValue>> items() {
    return value instanceof List<?> list ? Optional.of((List<PlacedValue>) list) : Optional.empty();
  }

  /** The place, as messages write it. */
  public String place() {
    return file + ":" + line;
  }
}
