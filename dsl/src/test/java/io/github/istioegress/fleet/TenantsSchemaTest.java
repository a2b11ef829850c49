package io.github.istioegress.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.istioegress.manifest.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What editors say of a tenants file is what the reader says of it. */
class TenantsSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA = schema();

  /** What a field may hold, good and bad. */
  private static final Map<String, List<Object>> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("name", List.of("shop", "Shop", "a-", 7, true, "", "a".repeat(64)));
    FIELDS.put("namespace", List.of("shop-prod", "Shop", 7, List.of()));
    FIELDS.put("group", List.of("retail", "re tail", 1));
    FIELDS.put("ring", List.of("canary", "-canary", Map.of()));
    FIELDS.put(
        "labels",
        List.of(
            Map.of("team", "web"),
            Map.of("a b", "c"),
            Map.of("team", 7),
            Map.of("x.io/team", ""),
            Map.of("team", "-"),
            "team"));
    FIELDS.put(
        "values",
        List.of(
            Map.of("a", 1),
            Map.of("a", List.of("b", true, 1.5)),
            Map.of("a", Map.of("b", "c")),
            List.of(1),
            "a"));
    FIELDS.put(
        "quota",
        List.of(
            Map.of("destinations", 9),
            Map.of("destinations", -1),
            Map.of(),
            Map.of("hosts", 1),
            3));
    FIELDS.put(
        "profiles",
        List.of(
            Map.of("eu", Map.of("ring", "early")),
            Map.of("EU", Map.of()),
            Map.of("eu", Map.of("name", "x")),
            Map.of("eu", 1)));
    FIELDS.put("unknown", List.of(1));
  }

  private static final Map<String, List<Object>> DESTINATION = new LinkedHashMap<>();

  static {
    DESTINATION.put("name", List.of("api", "A"));
    DESTINATION.put(
        "host",
        List.of(
            "api.example.com",
            "API.example.com",
            "example",
            "*.example.com",
            "1.2.3.4",
            "a.svc",
            "x.cluster.local",
            "http://a.b",
            "a.b:80",
            "a..b",
            "api.example.com.",
            7,
            "a".repeat(64) + ".example",
            ""));
    DESTINATION.put("port", List.of(80, 443, 8080, 0, 65536, 15001, 80.5, "80"));
    DESTINATION.put("protocol", List.of("HTTP", "HTTP2", "GRPC", "TLS", "TCP", "http", "HTTPS", 1));
    DESTINATION.put(
        "addresses",
        List.of(
            List.of("192.0.2.1"),
            List.of(),
            List.of("nowhere"),
            "192.0.2.1",
            List.of("2001:db8::1", "192.0.2.0/24")));
    DESTINATION.put("originateTls", List.of(443, 0, 70000, "443"));
    DESTINATION.put("path", List.of("/"));
  }

  private static JsonSchema schema() {
    try (InputStream text = TenantsSchemaTest.class.getResourceAsStream("tenants.schema.json")) {
      return new JsonSchema(JSON.readTree(Objects.requireNonNull(text)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A map with some of the fields; the first value of a field is a good one, and the likeliest. */
  private static Arbitrary<Map<String, Object>> some(
      Map<String, List<Object>> fields, List<String> likely) {
    Arbitrary<Map<String, Object>> map = Arbitraries.just(Map.of());
    for (Map.Entry<String, List<Object>> field : fields.entrySet()) {
      int often = likely.contains(field.getKey()) ? 20 : 3;
      Arbitrary<List<Object>> value =
          Arbitraries.frequencyOf(
              net.jqwik.api.Tuple.of(often, Arbitraries.of(field.getValue()).map(List::of)),
              net.jqwik.api.Tuple.of(often, Arbitraries.just(List.of(field.getValue().get(0)))),
              net.jqwik.api.Tuple.of(
                  field.getValue().size() == 1 ? 60 : 6, Arbitraries.just(List.of())));
      map =
          net.jqwik.api.Combinators.combine(map, value)
              .as(
                  (before, said) -> {
                    Map<String, Object> more = new LinkedHashMap<>(before);
                    said.forEach(one -> more.put(field.getKey(), one));
                    return more;
                  });
    }
    return map;
  }

  @Provide
  Arbitrary<Object> files() {
    Arbitrary<List<Map<String, Object>>> destinations =
        some(DESTINATION, List.of("host", "port")).list().ofMaxSize(1);
    Arbitrary<Map<String, Object>> tenant =
        net.jqwik.api.Combinators.combine(some(FIELDS, List.of("name")), destinations)
            .as(
                (said, to) -> {
                  Map<String, Object> all = new LinkedHashMap<>(said);
                  if (!to.isEmpty()) {
                    all.put("destinations", to);
                  }
                  return all;
                });
    Arbitrary<Object> one = tenant.map(said -> (Object) said);
    return Arbitraries.oneOf(
        one,
        tenant.map(said -> (Object) Map.of("tenants", List.of(said))),
        tenant.map(said -> (Object) Map.of("defaults", said, "tenants", List.of())),
        Arbitraries.of(
            Map.of("tenants", Map.of()), Map.of("tenants", List.of(1)), Map.of("who", 1)));
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void schemaAndReaderAgree(@ForAll("files") Object file) throws JsonProcessingException {
    String json = JSON.writeValueAsString(file);
    String refusal = refusal(new SourceFile("tenants.json", json));
    assertThat(SCHEMA.accepts(JSON.readTree(json)))
        .as("%s: %s", json, refusal)
        .isEqualTo(refusal.isEmpty());
    assertThat(refusal.isEmpty() || refusal.startsWith("tenants.json:1")).as(refusal).isTrue();
  }

  @Test
  void theExamplesFileIsValid() throws IOException {
    String text = Files.readString(Path.of("../generated-examples/tenants/fleet.yaml"));
    JsonNode tree = new YAMLMapper().readTree(text);
    assertThat(SCHEMA.accepts(tree)).isTrue();
    assertThat(refusal(new SourceFile("fleet.yaml", text))).isEmpty();
    assertThat(text)
        .startsWith(
            "# yaml-language-server: $schema=../../dsl/src/main/resources/io/github/istioegress/fleet/tenants.schema.json");
  }

  private static String refusal(SourceFile file) {
    try {
      Tenants.read(List.of(file));
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
