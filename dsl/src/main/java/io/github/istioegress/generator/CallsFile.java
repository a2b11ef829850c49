package io.github.istioegress.generator;

import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.manifest.YamlValues;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of calls to explain, and of gateways that the manifests do not show.
 *
 * @param gateways the gateways
 * @param calls the calls, in order
 */
record CallsFile(List<GatewayWorkload> gateways, List<Call> calls) {

  /** The ports of an egress gateway that does not say its own. */
  static final List<GatewayWorkload.Port> USUAL_PORTS =
      List.of(new GatewayWorkload.Port(80, 8080), new GatewayWorkload.Port(443, 8443));

  /**
   * Reads a calls file.
   *
   * @throws IllegalArgumentException when it is not of the documented form, naming the file
   */
  static CallsFile read(SourceFile file) {
    Map<String, Object> values = YamlValues.read(file);
    List<GatewayWorkload> gateways = new ArrayList<>();
    for (Map<String, Object> said : tables(values.get("gateways"), file, "gateways")) {
      gateways.add(gateway(said, file));
    }
    List<Call> calls = new ArrayList<>();
    for (Map<String, Object> said : tables(values.get("calls"), file, "calls")) {
      calls.add(call(said, file));
    }
    if (calls.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no calls: write a list 'calls' of entries with 'from' and 'to'"
              .formatted(file.name()));
    }
    return new CallsFile(List.copyOf(gateways), List.copyOf(calls));
  }

  private static GatewayWorkload gateway(Map<String, Object> said, SourceFile file) {
    String name = text(said, "name", file);
    Map<String, String> labels = texts(said.get("labels"));
    List<GatewayWorkload.Port> ports = new ArrayList<>();
    for (Map<String, Object> port : tables(said.get("ports"), file, "ports")) {
      int number = number(port.get("port"), file);
      Object target = port.get("targetPort");
      ports.add(new GatewayWorkload.Port(number, target == null ? number : number(target, file)));
    }
    return new GatewayWorkload(
        name,
        text(said, "namespace", file),
        labels.isEmpty() ? Map.of("app", name, "istio", "egressgateway") : labels,
        ports.isEmpty() ? USUAL_PORTS : ports);
  }

  private static Call call(Map<String, Object> said, SourceFile file) {
    Map<String, Object> from = table(said.get("from"));
    Caller caller =
        new Caller(
            text(from, "namespace", file),
            texts(from.get("labels")),
            String.valueOf(from.getOrDefault("serviceAccount", "default")),
            texts(from.get("annotations")),
            Boolean.TRUE.equals(from.get("hostNetwork")));
    return Call.to(caller, text(said, "to", file))
        .withMethod(optional(said, "method"))
        .with(
            optional(said, "name"),
            optional(said, "address"),
            optional(said, "sni"),
            texts(said.get("headers")));
  }

  private static String optional(Map<String, Object> said, String key) {
    Object value = said.get(key);
    return value == null ? "" : value.toString();
  }

  private static String text(Map<String, Object> said, String key, SourceFile file) {
    Object value = said.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s: an entry has no '%s': %s".formatted(file.name(), key, said));
    }
    return value.toString();
  }

  private static int number(@Nullable Object said, SourceFile file) {
    if (said instanceof Integer number && number > 0 && number < 65536) {
      return number;
    }
    throw new IllegalArgumentException(
        "%s: '%s' is no port: use 1 to 65535".formatted(file.name(), said));
  }

  private static Map<String, String> texts(@Nullable Object said) {
    Map<String, String> texts = new TreeMap<>();
    table(said).forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }

  private static Map<String, Object> table(@Nullable Object said) {
    Map<String, Object> table = new TreeMap<>();
    if (said instanceof Map<?, ?> map) {
      map.forEach((key, value) -> table.put(String.valueOf(key), value));
    }
    return table;
  }

  private static List<Map<String, Object>> tables(
      @Nullable Object said, SourceFile file, String key) {
    if (said == null) {
      return List.of();
    }
    if (!(said instanceof List<?> list)) {
      throw new IllegalArgumentException("%s: '%s' is not a list".formatted(file.name(), key));
    }
    return list.stream().map(CallsFile::table).toList();
  }
}
