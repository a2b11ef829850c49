package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.at;
import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.destinationRule;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.gateway;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static io.github.istioegress.trace.Manifests.serviceEntry;
import static io.github.istioegress.trace.Manifests.tlsThroughGateway;
import static io.github.istioegress.trace.Manifests.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What Istio makes of one host that stands in several places. */
final class SameHostTest {

  private static final String HTTP =
      "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)";

  @Test
  void entriesOfTwoNamespacesDoNotMerge() {
    TestMesh mesh =
        TestMesh.of(
                at(1, entry("first", "api.example.org", 80, "HTTP")),
                at(2, entry("second", "api.example.org", 8080, "HTTP")))
            .registryOnly();
    mesh.call("third", "http://api.example.org/").leavesDirectly(HTTP);
    mesh.call("third", "http://api.example.org:8080/")
        .fails(Outcome.BLOCKED, "virtualOutbound > tcp > BlackHoleCluster (STATIC)");
    // Its own entry hides the older one's ports.
    mesh.call("second", "http://api.example.org:8080/")
        .leavesDirectly(
            "0.0.0.0_8080 > api.example.org:8080 > outbound|8080||api.example.org (STRICT_DNS)");
    mesh.call("second", "http://api.example.org/").fails(Outcome.BLOCKED, "0.0.0.0_80 > block_all");
  }

  @Test
  void entriesOfOneNamespaceAddUp() {
    TestMesh mesh =
        TestMesh.of(
                at(1, entry("app", "api.example.org", 80, "HTTP")),
                at(2, entry("app", "api.example.org", 8080, "HTTP")))
            .registryOnly();
    mesh.call("app", "http://api.example.org/").leavesDirectly(HTTP);
    mesh.call("app", "http://api.example.org:8080/")
        .leavesDirectly(
            "0.0.0.0_8080 > api.example.org:8080 > outbound|8080||api.example.org (STRICT_DNS)");
  }

  @Test
  void theExactHostWinsOverAWildcard() {
    String wildcard =
        serviceEntry(
            "app/any",
            """
            hosts: ["*.example.org"]
            ports: [{number: 80, name: http, protocol: HTTP}]
            """);
    TestMesh mesh =
        TestMesh.of(at(1, wildcard), at(2, entry("app", "api.example.org", 80, "HTTP")));
    mesh.call("app", "http://api.example.org/").leavesDirectly(HTTP);
    mesh.call("app", "http://www.example.org/")
        .leavesDirectly(
            "0.0.0.0_80 > *.example.org:80 > outbound|80||*.example.org (ORIGINAL_DST)");
  }

  private static String route(String namespace, String timeout, String exportTo) {
    return virtualService(
        namespace + "/api",
        """
        hosts: [api.example.org]
        exportTo: %s
        http:
        - timeout: %s
          route: [{destination: {host: api.example.org, port: {number: 80}}}]
        """
            .formatted(exportTo, timeout));
  }

  private static String timeout(TestMesh mesh, String namespace) {
    return mesh.call(namespace, "http://api.example.org/")
        .leavesDirectly(HTTP)
        .trace()
        .branches()
        .get(0)
        .hops()
        .get(0)
        .timeout();
  }

  @Test
  void ofTwoMeshRoutesTheOlderRulesEverybody() {
    TestMesh mesh =
        TestMesh.of(
            entry("app", "api.example.org", 80, "HTTP"),
            at(2, route("second", "2s", "[\"*\"]")),
            at(1, route("first", "1s", "[\"*\"]")));
    assertThat(timeout(mesh, "first")).isEqualTo("1s");
    assertThat(timeout(mesh, "second")).isEqualTo("1s");
    assertThat(timeout(mesh, "third")).isEqualTo("1s");
  }

  @Test
  void ofTwoPrivateMeshRoutesEachNamespaceHasItsOwn() {
    TestMesh mesh =
        TestMesh.of(
            entry("app", "api.example.org", 80, "HTTP"),
            at(2, route("second", "2s", "[.]")),
            at(1, route("first", "1s", "[.]")));
    assertThat(timeout(mesh, "first")).isEqualTo("1s");
    assertThat(timeout(mesh, "second")).isEqualTo("2s");
    assertThat(timeout(mesh, "third")).isEmpty();
  }

  @Test
  void twoRoutesOnOneGatewayMergeAndTheOlderWinsForOneMatch() {
    String again =
        virtualService(
            "app/again",
            """
            hosts: [api.example.org]
            gateways: [api-example-org]
            http:
            - match: [{port: 80, uri: {prefix: /young}}]
              timeout: 9s
              route: [{destination: {host: api.example.org, port: {number: 80}}}]
            """);
    String specific =
        changed(
            httpThroughGateway("app", "api.example.org"),
            "- {gateways: [api-example-org], port: 80}",
            "- {gateways: [api-example-org], port: 80, uri: {prefix: /old}}");
    TestMesh mesh = TestMesh.of(at(1, specific), at(2, again));
    assertThat(mesh.call("app", "http://api.example.org/old").lastDecisions())
        .contains("VirtualService app/api-example-org spec.http[1]");
    assertThat(mesh.call("app", "http://api.example.org/young").lastDecisions())
        .contains("VirtualService app/again spec.http[0]");
    mesh.call("app", "http://api.example.org/else")
        .fails(
            Outcome.BLOCKED,
            "0.0.0.0_80 > api.example.org:80"
                + " > outbound|80|api-example-org|istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8080 > api.example.org:80");
  }

  @Test
  void theExactMeshRouteWinsOverAWildcardOne() {
    String wildcard =
        changed(
            changed(route("app", "9s", "[\"*\"]"), "[api.example.org]", "[\"*.example.org\"]"),
            "name: api",
            "name: any");
    TestMesh both =
        TestMesh.of(
            entry("app", "api.example.org", 80, "HTTP"),
            at(1, wildcard),
            at(2, route("app", "1s", "[\"*\"]")));
    assertThat(timeout(both, "app")).isEqualTo("1s");
    TestMesh alone = TestMesh.of(entry("app", "api.example.org", 80, "HTTP"), at(1, wildcard));
    assertThat(timeout(alone, "app")).isEqualTo("9s");
  }

  @Test
  void twoRulesOfOneNamespaceMergeAndTheFirstTrafficPolicyStands() {
    String first =
        destinationRule(
            "app/first",
            """
            host: api.example.org
            trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}
            """);
    String second =
        destinationRule(
            "app/second",
            """
            host: api.example.org
            trafficPolicy: {tls: {mode: SIMPLE}}
            """);
    String entry = entry("app", "api.example.org", 80, "HTTP");
    TestMesh.of(entry, at(1, first), at(2, second))
        .call("app", "http://api.example.org/")
        .leavesDirectly(HTTP);
    TestMesh.of(entry, at(2, first), at(1, second))
        .call("app", "http://api.example.org/")
        .leavesDirectly(HTTP + " with SIMPLE api.example.org");
  }

  private static String tls(String namespace, String sni) {
    return destinationRule(
        namespace + "/api",
        """
        host: api.example.org
        trafficPolicy: {tls: {mode: SIMPLE, sni: %s}}
        """
            .formatted(sni));
  }

  @Test
  void aRuleIsTakenFromTheClientsNamespaceThenTheServicesThenTheRoot() {
    String entry = entry("owner", "api.example.org", 80, "HTTP");
    String[] rules = {
      tls("app", "own.example"),
      tls("owner", "service.example"),
      tls("istio-system", "root.example")
    };
    TestMesh.of(entry, rules[0], rules[1], rules[2])
        .call("app", "http://api.example.org/")
        .leavesDirectly(HTTP + " with SIMPLE own.example");
    TestMesh.of(entry, rules[1], rules[2])
        .call("app", "http://api.example.org/")
        .leavesDirectly(HTTP + " with SIMPLE service.example");
    TestMesh.of(entry, rules[2])
        .call("app", "http://api.example.org/")
        .leavesDirectly(HTTP + " with SIMPLE root.example");
    TestMesh.of(entry, tls("elsewhere", "elsewhere.example"))
        .call("app", "http://api.example.org/")
        .leavesDirectly(HTTP);
  }

  @Test
  void twoGatewaysServeOnePortForOtherHosts() {
    TestMesh mesh =
        TestMesh.of(
            tlsThroughGateway("app", "api.example.org"),
            Manifests.originationAtGateway("app", "www.example.org"));
    mesh.call("app", "https://api.example.org/")
        .leavesByGateway(
            "0.0.0.0_443 > tcp"
                + " > outbound|443|api-example-org|istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8443 > tcp > outbound|443||api.example.org (STRICT_DNS)");
    mesh.call("app", "http://www.example.org/")
        .leavesByGateway(
            "0.0.0.0_80 > www.example.org:80"
                + " > outbound|443|www-example-org|istio-egressgateway.istio-system (EDS)"
                + " with ISTIO_MUTUAL www.example.org",
            "0.0.0.0_8443 > www.example.org:443 > outbound|443||www.example.org (STRICT_DNS)"
                + " with SIMPLE www.example.org");
  }

  @Test
  void aServerWhoseHostAnotherGatewayHasOnThePortIsLeftOut() {
    String squatter =
        gateway(
            "app/squatter",
            """
            selector: {istio: egressgateway}
            servers:
            - port: {number: 443, name: tls, protocol: TLS}
              tls: {mode: PASSTHROUGH}
              hosts: [api.example.org]
            """);
    TestMesh.of(at(1, squatter), at(2, tlsThroughGateway("app", "api.example.org")))
        .call("app", "https://api.example.org/")
        .fails(
            Outcome.BLOCKED,
            "0.0.0.0_443 > tcp"
                + " > outbound|443|api-example-org|istio-egressgateway.istio-system (EDS)")
        .because("connection refused");
  }

  private static TestMesh sharedWithTheGatewaysNamespace(String ports) {
    String ofGateway =
        serviceEntry(
            "istio-system/api",
            """
            hosts: [api.example.org]
            ports: [%s]
            resolution: DNS
            """
                .formatted(ports));
    return TestMesh.of(at(1, httpThroughGateway("app", "api.example.org")), at(2, ofGateway));
  }

  @Test
  void whichEntryAGatewayTakesIsChanceWhereItsOwnNamespaceHasOneThatDiffers() {
    sharedWithTheGatewaysNamespace("{number: 8080, name: http, protocol: HTTP}")
        .call("app", "http://api.example.org/")
        .ends(Outcome.UNDETERMINED, Way.NONE)
        .because("if it served a sidecar of that namespace before the gateway");
  }

  @Test
  void andMakesNoDifferenceWhereTheyAreAlike() {
    sharedWithTheGatewaysNamespace("{number: 80, name: http, protocol: HTTP}")
        .call("app", "http://api.example.org/")
        .leavesByGateway(
            "0.0.0.0_80 > api.example.org:80"
                + " > outbound|80|api-example-org|istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8080 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)");
  }
}
