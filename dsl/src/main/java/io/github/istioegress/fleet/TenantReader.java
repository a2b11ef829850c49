package io.github.istioegress.fleet;

import io.github.istioegress.intent.Origin;
import io.github.istioegress.manifest.DataFile;
import io.github.istioegress.manifest.PlacedValue;
import io.github.istioegress.manifest.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads tenants files: what all tenants have, what each says, and profiles over both. */
final class TenantReader {

  private static final String DEFAULTS = "defaults";
  private static final String PROFILES = "profiles";
  private static final String TENANTS = "tenants";
  private static final String NAME = "name";
  private static final String NAMESPACE = "namespace";
  private static final String GROUP = "group";
  private static final String RING = "ring";
  private static final String LABELS = "labels";
  private static final String VALUES = "values";
  private static final String DESTINATIONS = "destinations";
  private static final String QUOTA = "quota";
  private static final List<String> LAYER =
      List.of(GROUP, RING, LABELS, VALUES, DESTINATIONS, QUOTA);
  private static final List<String> TENANT =
      Stream.concat(Stream.of(NAME, NAMESPACE, PROFILES), LAYER.stream()).toList();
  private static final String A_NAME =
      "use 1 to 63 lower-case letters, digits and dashes, without a dash at either end";

  /**
   * A tenant as it stands in a file.
   *
   * @param profiles what it says for single profiles
   */
  private record Said(
      String name, String namespace, Layer own, Map<String, Layer> profiles, Origin origin) {}

  private final List<String> active;
  private final Map<String, Layer> profiles = new LinkedHashMap<>();
  private final Deque<Said> said = new ArrayDeque<>();
  private Layer defaults = Layer.NOTHING;
  private String sharedAt = "";

  private TenantReader(List<String> active) {
    this.active = active;
  }

  /**
   * Reads files of one fleet.
   *
   * @param active the profiles that lie over the tenants, each over those before it
   */
  static List<Tenant> read(List<SourceFile> files, List<String> active) {
    TenantReader reader = new TenantReader(active);
    for (SourceFile file : files) {
      Optional<PlacedValue> root =
          file.name().endsWith(".csv")
              ? CsvTenants.read(file)
              : DataFile.read(
                  file, new DataFile.Listed(TENANTS, one -> reader.said.add(reader.tenant(one))));
      root.ifPresent(reader::file);
    }
    return reader.tenants();
  }

  private void file(PlacedValue root) {
    boolean one = root.fields().filter(fields -> fields.containsKey(NAME)).isPresent();
    if (one) {
      said.add(tenant(root));
      return;
    }
    Fields fields = Fields.of("a tenants file", root, List.of(DEFAULTS, PROFILES, TENANTS));
    if (fields.field(DEFAULTS).isPresent() || fields.field(PROFILES).isPresent()) {
      if (!sharedAt.isEmpty()) {
        throw Fields.refused(
            root,
            "defaults and profiles stand at %s already".formatted(sharedAt),
            "keep one file of them");
      }
      sharedAt = root.place();
    }
    fields.field(DEFAULTS).ifPresent(value -> defaults = layer(DEFAULTS, value, LAYER));
    profiles.putAll(profiles("a tenants file", fields));
    said.addAll(fields.list(TENANTS, this::tenant));
  }

  private Map<String, Layer> profiles(String owner, Fields fields) {
    Map<String, Layer> read = new LinkedHashMap<>();
    fields
        .field(PROFILES)
        .ifPresent(
            value ->
                Fields.of("profiles of " + owner, value, List.of())
                    .all()
                    .forEach(
                        (name, layer) -> {
                          if (!Words.isName(name)) {
                            throw Fields.refused(
                                layer, "profile '%s' is not valid".formatted(name), A_NAME);
                          }
                          read.put(name, layer("profile " + name, layer, LAYER));
                        }));
    return read;
  }

  private Said tenant(PlacedValue value) {
    Fields fields = Fields.of("a tenant", value, TENANT);
    PlacedValue named = fields.needed(NAME, "name: shop");
    String name = fields.text(NAME, named, Words::isName, A_NAME);
    return new Said(
        name,
        fields.text(NAMESPACE, Words::isName, A_NAME).orElse(name),
        layer("tenant " + name, value, TENANT),
        profiles("tenant " + name, fields),
        Origin.file(value.file(), named.line()));
  }

  private static Layer layer(String owner, PlacedValue value, List<String> known) {
    Fields fields = Fields.of(owner, value, known);
    List<TenantDestination> destinations =
        fields.list(DESTINATIONS, one -> DestinationReader.read(owner, one));
    Map<String, TenantDestination> byKey = new LinkedHashMap<>();
    for (TenantDestination one : destinations) {
      TenantDestination first = byKey.putIfAbsent(one.key(), one);
      if (first != null) {
        throw new IllegalArgumentException(
            "%s: %s names %s twice, first at %s: keep one"
                .formatted(one.origin().place(), owner, one.key(), first.origin().place()));
      }
    }
    return new Layer(
        fields.text(GROUP, Words::isName, A_NAME),
        fields.text(RING, Words::isName, A_NAME),
        labels(owner, fields),
        fields.map(VALUES, TenantReader::free),
        destinations,
        fields.field(QUOTA).map(quota -> quota(owner, quota)));
  }

  private static Map<String, String> labels(String owner, Fields fields) {
    fields
        .field(LABELS)
        .flatMap(PlacedValue::fields)
        .ifPresent(
            labels ->
                labels.forEach(
                    (key, value) -> {
                      if (Words.isSteering(key)) {
                        throw Fields.refused(
                            value,
                            "label '%s' of %s steers Istio, the API server or a tool of delivery (EGR514)"
                                .formatted(key, owner),
                            "leave it out; the platform sets it in namespaces(...) of the fleet");
                      }
                      if (!Words.isLabelKey(key)) {
                        throw Fields.refused(
                            value,
                            "label key '%s' of %s is not valid".formatted(key, owner),
                            "use up to 63 letters, digits, '-', '_' and '.', with an optional DNS prefix and '/'");
                      }
                    }));
    return fields.map(
        LABELS,
        value ->
            fields.text(
                LABELS,
                value,
                Words::isLabelValue,
                "use up to 63 letters, digits, '-', '_' and '.'"));
  }

  private static Layer.Quota quota(String owner, PlacedValue value) {
    Fields fields = Fields.of("quota of " + owner, value, List.of(DESTINATIONS));
    fields.needed(DESTINATIONS, "destinations: 10");
    return new Layer.Quota(
        fields.number(DESTINATIONS, 0, Integer.MAX_VALUE).orElseThrow(), value.place());
  }

  /** A value as Java has it. */
  private static Object free(PlacedValue value) {
    if (value.isNull()) {
      throw Fields.refused(value, "a value is empty", "write \"\", or leave it out");
    }
    if (value.items().isPresent()) {
      return value.items().get().stream().map(TenantReader::free).toList();
    }
    if (value.fields().isPresent()) {
      Map<String, Object> inside = new LinkedHashMap<>();
      value.fields().get().forEach((key, item) -> inside.put(key, free(item)));
      return inside;
    }
    return value.value();
  }

  private List<Tenant> tenants() {
    checkProfiles();
    Layer below = defaults;
    for (String profile : active) {
      below = below.under(profiles.getOrDefault(profile, Layer.NOTHING));
    }
    List<Tenant> tenants = new ArrayList<>();
    while (!said.isEmpty()) {
      // Gone as soon as it is a tenant: a fleet is not held twice.
      Said one = said.remove();
      Layer whole = below.under(one.own());
      for (String profile : active) {
        whole = whole.under(one.profiles().getOrDefault(profile, Layer.NOTHING));
      }
      tenants.add(whole.tenant(one.name(), one.namespace(), one.origin()));
    }
    return tenants;
  }

  private void checkProfiles() {
    List<String> known =
        Stream.concat(
                profiles.keySet().stream(),
                said.stream().flatMap(one -> one.profiles().keySet().stream()))
            .distinct()
            .sorted()
            .toList();
    for (String profile : active) {
      if (!known.contains(profile)) {
        throw new IllegalArgumentException(
            "profile '%s' is in no tenants file: %s"
                .formatted(
                    profile,
                    known.isEmpty()
                        ? "none has profiles"
                        : "they have " + String.join(", ", known)));
      }
    }
  }
}
