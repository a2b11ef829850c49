package io.github.istioegress.fleet;

import io.github.istioegress.manifest.DataFile;
import io.github.istioegress.manifest.PlacedValue;
import io.github.istioegress.manifest.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names that tenants files give, whichever profile holds, each with the line that gives it
 * first. From them Java code can have constants, so that a name that is gone does not compile.
 */
public final class FleetNames {

  /** What a name is of. */
  public enum Kind {
    /** A tenant. */
    TENANT,
    /** A host outside. */
    HOST,
    /** A group of tenants. */
    GROUP,
    /** A ring that a tenant asks for. */
    RING,
    /** A profile. */
    PROFILE,
    /** A value that a template reads. */
    VALUE
  }

  /**
   * A destination that a tenant may have.
   *
   * @param name what the tenant calls it, else its host
   * @param host its host
   * @param place the line of the host
   */
  public record Destination(String name, String host, String place) {}

  private final Map<Kind, SortedMap<String, String>> places = new TreeMap<>();
  private final SortedMap<String, List<Destination>> destinations = new TreeMap<>();
  private final List<Destination> everybodys = new ArrayList<>();

  private FleetNames() {
    for (Kind kind : Kind.values()) {
      places.put(kind, new TreeMap<>());
    }
  }

  /**
   * Reads them from files, or folders of files.
   *
   * @param base the folder that the paths are seen from
   * @throws IllegalArgumentException when a file is missing or not of the documented form
   */
  public static FleetNames read(Path base, List<String> paths) {
    return read(paths.stream().flatMap(path -> TenantFiles.read(base, path).stream()).toList());
  }

  /**
   * Reads them from the text of files.
   *
   * @throws IllegalArgumentException when a file is not of the documented form
   */
  public static FleetNames read(List<SourceFile> files) {
    Tenants.read(files); // Refuses what is no fleet, so that all below may trust the tree.
    FleetNames names = new FleetNames();
    for (SourceFile file : files) {
      Optional<PlacedValue> root =
          file.name().endsWith(".csv") ? CsvTenants.read(file) : DataFile.read(file);
      root.flatMap(PlacedValue::fields).ifPresent(names::file);
    }
    return names;
  }

  /** The names of a kind in order, each with its place, {@code tenants.yaml:3}. */
  public SortedMap<String, String> all(Kind kind) {
    return new TreeMap<>(places.getOrDefault(kind, new TreeMap<>()));
  }

  /** What each tenant may reach, by its name; what all may reach is among it. */
  public SortedMap<String, List<Destination>> destinations() {
    SortedMap<String, List<Destination>> all = new TreeMap<>();
    destinations.forEach(
        (tenant, own) -> {
          List<Destination> both = new ArrayList<>(own);
          both.addAll(everybodys);
          all.put(tenant, both);
        });
    return all;
  }

  private void file(Map<String, PlacedValue> root) {
    if (root.containsKey("name")) {
      tenant(root);
      return;
    }
    root.forEach(
        (key, value) -> {
          switch (key) {
            case "defaults" -> layer(value, everybodys);
            case "profiles" -> profiles(value, everybodys);
            default -> value.items().orElseThrow().forEach(one -> tenant(fields(one)));
          }
        });
  }

  private void tenant(Map<String, PlacedValue> fields) {
    PlacedValue name = fields.get("name");
    if (name != null) {
      note(Kind.TENANT, name);
      List<Destination> own = new ArrayList<>();
      destinations.put(name.value().toString(), own);
      layer(fields, own);
      Optional.ofNullable(fields.get("profiles")).ifPresent(value -> profiles(value, own));
    }
  }

  private void profiles(PlacedValue value, List<Destination> to) {
    fields(value)
        .forEach(
            (name, layer) -> {
              places(Kind.PROFILE).putIfAbsent(name, layer.place());
              layer(layer, to);
            });
  }

  private void layer(PlacedValue value, List<Destination> to) {
    layer(fields(value), to);
  }

  private void layer(Map<String, PlacedValue> fields, List<Destination> to) {
    fields.forEach(
        (key, value) -> {
          switch (key) {
            case "group" -> note(Kind.GROUP, value);
            case "ring" -> note(Kind.RING, value);
            case "values" ->
                fields(value)
                    .forEach((name, one) -> places(Kind.VALUE).putIfAbsent(name, one.place()));
            case "destinations" ->
                value.items().orElseThrow().forEach(one -> destination(fields(one), to));
            default -> {
              // Labels and quotas are no names that Java refers to.
            }
          }
        });
  }

  private void destination(Map<String, PlacedValue> fields, List<Destination> to) {
    PlacedValue host = fields.get("host");
    if (host != null) {
      note(Kind.HOST, host);
      String name = host.value().toString();
      String called =
          Optional.ofNullable(fields.get("name")).map(one -> one.value().toString()).orElse(name);
      to.add(new Destination(called, name, host.place()));
    }
  }

  private void note(Kind kind, PlacedValue name) {
    places(kind).putIfAbsent(name.value().toString(), name.place());
  }

  private SortedMap<String, String> places(Kind kind) {
    return places.computeIfAbsent(kind, any -> new TreeMap<>());
  }

  private static Map<String, PlacedValue> fields(PlacedValue value) {
    return value.fields().orElseThrow();
  }
}
