package io.github.istioegress.fleet;

import io.github.istioegress.manifest.PlacedValue;
import io.github.istioegress.manifest.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads tenants as a table: a row a destination, rows of one name are one tenant. Columns are named
 * by the fields, {@code labels.team}, {@code values.size} and {@code quota.destinations} among
 * them; addresses are separated by blanks.
 */
final class CsvTenants {

  private static final Set<String> OF_DESTINATION =
      Set.of("host", "port", "protocol", "addresses", "originateTls", "destination");

  private static final Set<String> OF_TENANT = Set.of("name", "namespace", "group", "ring");

  private static final Set<String> INSIDE = Set.of("labels", "values", "quota");

  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,8})");

  private final SourceFile file;

  private CsvTenants(SourceFile file) {
    this.file = file;
  }

  /** The table as the tree that the same tenants have in YAML. */
  static Optional<PlacedValue> read(SourceFile file) {
    List<CsvRows.Row> rows = CsvRows.read(file);
    return rows.isEmpty() ? Optional.empty() : Optional.of(new CsvTenants(file).tree(rows));
  }

  private PlacedValue tree(List<CsvRows.Row> rows) {
    List<String> columns = rows.get(0).cells();
    columns.forEach(column -> checkColumn(column, columns));
    Map<String, Map<String, PlacedValue>> byName = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (CsvRows.Row row : rows.subList(1, rows.size())) {
      if (row.cells().size() != columns.size()) {
        throw refused(
            row.line(),
            "a row has %s cells and the header has %s"
                .formatted(row.cells().size(), columns.size()),
            "put quotes around cells with commas");
      }
      Map<String, PlacedValue> cells = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        if (!row.cells().get(i).isEmpty()) {
          cells.put(columns.get(i), cell(columns.get(i), row.cells().get(i), row.line()));
        }
      }
      PlacedValue name = cells.get("name");
      if (name == null) {
        throw refused(row.line(), "a row has no name", "say whose row it is");
      }
      String key = name.value().toString();
      lines.putIfAbsent(key, row.line());
      add(byName.computeIfAbsent(key, k -> new LinkedHashMap<>()), cells, row.line());
    }
    List<PlacedValue> tenants = new ArrayList<>();
    byName.forEach((name, fields) -> tenants.add(at(fields, lines.getOrDefault(name, 1))));
    return at(Map.of("tenants", at(tenants, 1)), 1);
  }

  private void checkColumn(String column, List<String> columns) {
    String group = column.contains(".") ? column.substring(0, column.indexOf('.')) : "";
    boolean known =
        OF_TENANT.contains(column)
            || OF_DESTINATION.contains(column)
            || (INSIDE.contains(group) && column.length() > group.length() + 1);
    if (!known) {
      throw refused(
          1,
          "the column '%s' is not known".formatted(column),
          "use name, namespace, group, ring, labels.NAME, values.NAME, quota.destinations, destination, host, port, protocol, addresses, originateTls");
    }
    if (columns.indexOf(column) != columns.lastIndexOf(column)) {
      throw refused(1, "the column '%s' stands twice".formatted(column), "keep one");
    }
  }

  private void add(Map<String, PlacedValue> tenant, Map<String, PlacedValue> cells, int line) {
    Map<String, PlacedValue> destination = new LinkedHashMap<>();
    cells.forEach(
        (column, value) -> {
          if (OF_DESTINATION.contains(column)) {
            destination.put(column.equals("destination") ? "name" : column, value);
          } else if (OF_TENANT.contains(column)) {
            put(tenant, column, value, column);
          } else {
            int dot = column.indexOf('.');
            PlacedValue inside =
                tenant.computeIfAbsent(
                    column.substring(0, dot), k -> at(new LinkedHashMap<>(), line));
            put(inside.fields().orElseThrow(), column.substring(dot + 1), value, column);
          }
        });
    if (!destination.isEmpty()) {
      tenant
          .computeIfAbsent("destinations", k -> at(new ArrayList<>(), line))
          .items()
          .orElseThrow()
          .add(at(destination, line));
    }
  }

  private static void put(
      Map<String, PlacedValue> into, String key, PlacedValue value, String column) {
    PlacedValue first = into.putIfAbsent(key, value);
    if (first != null && !first.value().equals(value.value())) {
      throw Fields.refused(
          value,
          "%s '%s' is '%s' at %s".formatted(column, value.value(), first.value(), first.place()),
          "a tenant has one; leave it empty in all rows but the first");
    }
  }

  private PlacedValue cell(String column, String text, int line) {
    if (column.equals("addresses")) {
      return at(
          new ArrayList<>(
              Arrays.stream(text.strip().split(" +")).map(one -> at(one, line)).toList()),
          line);
    }
    boolean number =
        column.equals("port")
            || column.equals("originateTls")
            || column.startsWith("quota.")
            || column.startsWith("values.");
    if (number && WHOLE.matcher(text).matches()) {
      return at(Integer.parseInt(text), line);
    }
    boolean truth = column.startsWith("values.") && (text.equals("true") || text.equals("false"));
    return truth ? at(Boolean.parseBoolean(text), line) : at(text, line);
  }

  private PlacedValue at(Object value, int line) {
    return new PlacedValue(value, file.name(), line);
  }

  private IllegalArgumentException refused(int line, String problem, String remedy) {
    return Fields.refused(at("", line), problem, remedy);
  }
}
