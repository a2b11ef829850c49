package io.github.istioegress.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One plan in three flavours: the same calls arrive, by a proxy of the way, in the same TLS. */
class EqualReachTest {

  private static final List<String> FLAVORS =
      List.of("flavor-istio-api", "flavor-gateway-api", "flavor-ambient");

  /**
   * What a call comes to, whatever the flavour.
   *
   * @param name the call
   * @param arrives true where it leaves to the declared host
   * @param byTheWay true where it passes the gateway or waypoint
   * @param lastHost the host that the last proxy asks, with its port
   * @param lastTls the TLS that the last proxy adds
   */
  private record Reach(
      String name, boolean arrives, boolean byTheWay, String lastHost, Object lastTls) {}

  @Test
  void theThreeAreAskedTheSame() throws IOException {
    String calls = Files.readString(Path.of("calls", FLAVORS.get(0) + ".yaml"));
    for (String flavor : FLAVORS) {
      assertThat(Path.of("calls", flavor + ".yaml")).content().isEqualTo(calls);
    }
  }

  @Test
  void theSameCallsArriveInTheSameTls() throws IOException {
    List<Reach> classic = reach(FLAVORS.get(0));
    assertThat(classic).filteredOn(Reach::arrives).hasSize(4).allMatch(Reach::byTheWay);
    assertThat(classic).filteredOn(call -> !call.arrives()).hasSize(8);
    for (String flavor : FLAVORS) {
      assertThat(reach(flavor)).as(flavor).isEqualTo(classic);
    }
  }

  private static List<Reach> reach(String flavor) throws IOException {
    Object report =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(Path.of("traces", flavor + ".json")));
    return list(report, "calls").stream().map(EqualReachTest::reach).toList();
  }

  private static Reach reach(Object call) {
    List<?> hops = list(list(call, "branches").get(0), "hops");
    Object last = hops.get(hops.size() - 1);
    boolean arrives = value(call, "outcome").equals("EXTERNAL");
    return new Reach(
        value(call, "name").toString(),
        arrives,
        List.of("via-gateway", "via-waypoint").contains(value(call, "path")),
        arrives ? value(last, "host") + ":" + value(last, "port") : "",
        arrives ? value(last, "upstreamTLS") : "");
  }

  private static Object value(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
  }

  private static List<?> list(Object map, String key) {
    return (List<?>) value(map, key);
  }
}
