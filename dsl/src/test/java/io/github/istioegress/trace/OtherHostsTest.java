package io.github.istioegress.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How routes change the Host of a call, and how endpoints get their turn. */
final class OtherHostsTest {

  private static final String ENTRY =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: api, namespace: app}
      spec:
        hosts: [api.example]
        ports: [{number: 80, name: http, protocol: HTTP}]
        resolution: %s
        endpoints:
          - {address: %s, labels: {host: second, order: b}}
          - {address: %s, labels: {host: first, order: a}}
      """;

  private static final String NAMES = ENTRY.formatted("DNS", "second.example", "first.example");

  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: api, namespace: app}
      spec:
        hosts: [api.example]
        http:
          - %s
            route:
      %s
      """;

  private static String route(String first, String... destinations) {
    return ROUTE.formatted(first, String.join("\n", destinations).indent(8));
  }

  private static String to(String subset, int weight, String headers) {
    return "- {destination: {host: api.example, subset: %s}, weight: %d, headers: {request: %s}}"
        .formatted(subset, weight, headers);
  }

  private static final String SUBSETS =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: api, namespace: app}
      spec:
        host: api.example
        subsets:
          - {name: first, labels: {host: first}}
          - {name: second, labels: {host: second}}
      """;

  private static List<Branch> branches(String... documents) {
    return TestMesh.of(documents).call("app/app=cart", "http://api.example/").trace().branches();
  }

  private static String authority(Branch branch) {
    return branch.hops().get(0).authority();
  }

  @Test
  void eachShareSetsTheHostOfItsOwn() {
    List<Branch> shares =
        branches(
            NAMES,
            SUBSETS,
            route(
                "timeout: 3s",
                to("first", 90, "{remove: [x-a]}"),
                to("second", 10, "{set: {Host: second.example}}")));
    assertThat(shares).extracting(OtherHostsTest::authority).containsExactly("", "second.example");
    assertThat(shares)
        .extracting(Branch::detail)
        .containsExactly("leaves to first.example:80", "leaves to second.example:80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rewrite: {authority: top.example} | {set: {Host: own.example}} | top.example
          headers: {request: {set: {":authority": top.example}}} | {set: {host: own.example}} | top.example
          headers: {request: {add: {Host: top.example}}} | {set: {x-a: b}} | top.example
          timeout: 3s | {set: {":authority": own.example}} | own.example
          timeout: 3s | {add: {HOST: own.example}} | own.example
          """)
  void theRouteComesBeforeItsDestinations(String route, String headers, String sent) {
    List<Branch> one = branches(NAMES, SUBSETS, route(route, to("first", 100, headers)));
    assertThat(one).extracting(OtherHostsTest::authority).containsExactly(sent);
    List<Branch> two =
        branches(NAMES, SUBSETS, route(route, to("first", 50, headers), to("second", 50, headers)));
    assertThat(two).extracting(OtherHostsTest::authority).containsExactly(sent, sent);
  }

  private static final String PRIORITIES =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: api, namespace: app}
      spec:
        host: api.example
        trafficPolicy:
          loadBalancer: {localityLbSetting: %s}
          outlierDetection: {consecutive5xxErrors: 5}
      """;

  private static final String FIRST = "{failoverPriority: [\"host=first\"]}";

  @Test
  void endpointsWithTheLabelHaveTheFirstTurn() {
    List<Branch> branches = branches(NAMES, PRIORITIES.formatted(FIRST));
    assertThat(branches.get(0).detail()).isEqualTo("leaves to first.example:80");
    Hop hop = branches.get(0).hops().get(0);
    assertThat(hop.failover()).containsExactly("second.example");
    assertThat(hop.decisions())
        .anyMatch(decision -> decision.toString().contains("DestinationRule app/api"));
  }

  @Test
  void aLabelSaidTwiceHasTheLastValueInBothPlaces() {
    String rule = PRIORITIES.formatted("{failoverPriority: [\"host=neither\", \"host=first\"]}");
    assertThat(branches(NAMES, rule).get(0).detail()).isEqualTo("leaves to first.example:80");
  }

  @Test
  void aLabelWithoutValueIsThatOfTheProxy() {
    String rule = PRIORITIES.formatted("{failoverPriority: [order]}");
    assertThat(TestMesh.of(NAMES, rule).call("app/order=a", "http://api.example/").trace().detail())
        .isEqualTo("leaves to first.example:80");
    assertThat(TestMesh.of(NAMES, rule).call("app/order=b", "http://api.example/").trace().detail())
        .isEqualTo("leaves to second.example:80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {enabled: false, failoverPriority: ["host=first"]}
          {failoverPriority: ["order=neither", "host=first"]}
          {distribute: [{from: "*", to: {"*": 100}}]}
          """)
  void otherwiseTheyAreEqual(String setting) {
    List<Branch> branches = branches(NAMES, PRIORITIES.formatted(setting));
    assertThat(branches.get(0).detail()).isEqualTo("leaves to second.example:80");
    assertThat(branches.get(0).hops().get(0).failover()).isEmpty();
  }

  @Test
  void nothingButEjectionReachesTheLaterOnes() {
    String rule =
        PRIORITIES.formatted(FIRST).replace("  outlierDetection: {consecutive5xxErrors: 5}\n", "");
    assertThat(branches(NAMES, rule).get(0).hops().get(0).failover()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DNS, second.example, first.example, 29, ''",
    "DNS, second.example, first.example, 30, second.example",
    "STATIC, 10.1.2.4, 10.1.2.3, 22, 10.1.2.4"
  })
  void namesHavePrioritiesSince130(
      String resolution, String second, String first, int minor, String further) {
    String manifests =
        Manifests.join(ENTRY.formatted(resolution, second, first), PRIORITIES.formatted(FIRST));
    Hop hop =
        Tracer.of(
                new ManifestReader()
                    .read(List.of(new SourceFile("mesh.yaml", manifests)))
                    .resources(),
                List.of(),
                MeshConfig.istioDefault(),
                IstioVersion.of(1, minor))
            .trace(Call.to(Caller.parse("app"), "http://api.example/"))
            .branches()
            .get(0)
            .hops()
            .get(0);
    assertThat(String.join(",", hop.failover())).isEqualTo(further);
  }
}
