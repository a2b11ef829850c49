package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.at;
import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.destinationRule;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.gateway;
import static io.github.istioegress.trace.Manifests.join;
import static io.github.istioegress.trace.Manifests.serviceEntry;
import static io.github.istioegress.trace.Manifests.tlsThroughGateway;
import static io.github.istioegress.trace.Manifests.virtualService;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws 4 to 11: entries of one host, upper case, shared ports. */
final class ServiceEntryLawsTest {

  private static final String OLDER = at(1, entry("app", "api.example.org", 80, "HTTP"));
  private static final String YOUNGER = at(2, entry("app", "api.example.org", 8080, "HTTP"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolution: DNS_ROUND_ROBIN",
        "resolution: DNS\n  exportTo: ['*']",
        "resolution: DNS\n  workloadSelector: {labels: {app: api}}"
      })
  void law4EntriesThatDifferAreNotOneServiceAndTheYoungerHasRoutesWithoutClusters(String spec) {
    String other = changed(YOUNGER, "resolution: DNS", spec);
    TestMesh mesh = TestMesh.of(OLDER, other).registryOnly();
    mesh.call("app", "http://api.example.org/")
        .leavesDirectly(
            "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)");
    mesh.call("app", "http://api.example.org:8080/")
        .fails(
            Outcome.BLOCKED, "0.0.0.0_8080 > api.example.org:8080 > outbound|8080||api.example.org")
        .because("503 NC");
  }

  @Test
  void law4LabelsOfTheResourceCountToo() {
    String labelled =
        changed(YOUNGER, "  namespace: app\n", "  namespace: app\n  labels: {a: b}\n");
    TestMesh.of(OLDER, labelled)
        .call("app", "http://api.example.org:8080/")
        .fails(
            Outcome.BLOCKED,
            "0.0.0.0_8080 > api.example.org:8080 > outbound|8080||api.example.org");
  }

  @Test
  void law4LocationAndAddressesMayDiffer() {
    String other =
        changed(
            YOUNGER,
            "resolution: DNS",
            "resolution: DNS\n  location: MESH_INTERNAL\n  addresses: [10.1.2.3]");
    TestMesh.of(OLDER, other)
        .call("app", "http://api.example.org:8080/")
        .leavesDirectly(
            "0.0.0.0_8080 > api.example.org:8080 > outbound|8080||api.example.org (STRICT_DNS)");
  }

  @Test
  void law5EqualAgeHasNoOrder() {
    String one = at(1, entry("app", "api.example.org", 80, "HTTP"));
    String other =
        at(
            1,
            changed(
                entry("app", "api.example.org", 8080, "HTTP"),
                "resolution: DNS",
                "resolution: DNS_ROUND_ROBIN"));
    TestMesh.of(one, other)
        .call("app", "http://api.example.org/")
        .fails(Outcome.UNDETERMINED)
        .because("no order between them");
  }

  @Test
  void law5DifferentHostsOfEqualAgeAreOrderedByName() {
    TestMesh.of(
            at(1, entry("app", "b.example.org", 5432, "TCP")),
            at(1, entry("app", "a.example.org", 5432, "TCP")))
        .call("app", "tcp://b.example.org:5432")
        .leavesDirectly("0.0.0.0_5432 > tcp > outbound|5432||a.example.org (STRICT_DNS)");
  }

  @Test
  void law6UpperCaseInAnEntryBreaksHttpButNotTls() {
    TestMesh mesh = TestMesh.of(entry("app", "Api.Example.org"));
    mesh.call("app", "http://api.example.org/")
        .fails(Outcome.BLOCKED, "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org")
        .because("503 NC");
    mesh.call("app", "https://api.example.org/")
        .leavesDirectly("0.0.0.0_443 > tcp > outbound|443||Api.Example.org (STRICT_DNS)");
  }

  private static String meshRouteInUpperCase(String manifests) {
    return changed(
        changed(
            manifests,
            "hosts: [api.example.org]\n  gateways",
            "hosts: [Api.Example.org]\n  gateways"),
        "gateways: [mesh, api-example-org]",
        "gateways: [mesh]");
  }

  @Test
  void law6UpperCaseInAMeshRouteWorksForHttpAndLosesTls() {
    String http =
        join(
            Manifests.without(
                "VirtualService", Manifests.httpThroughGateway("app", "api.example.org")),
            virtualService(
                "app/api",
                """
                hosts: [Api.Example.org]
                http:
                - timeout: 9s
                  route: [{destination: {host: api.example.org, port: {number: 80}}}]
                """));
    TracedCall call = TestMesh.of(http).call("app", "http://api.example.org/");
    call.leavesDirectly(
        "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)");
    org.assertj.core.api.Assertions.assertThat(call.lastDecisions())
        .contains("VirtualService app/api spec.http[0]");
    String tls =
        changed(
            meshRouteInUpperCase(tlsThroughGateway("app", "api.example.org")),
            "- {gateways: [mesh], port: 443, sniHosts: [api.example.org]}",
            "- {gateways: [mesh], port: 443, sniHosts: [Api.Example.org]}");
    String onlyMesh = changed(tls, "sniHosts: [api.example.org]", "sniHosts: [Api.Example.org]");
    TestMesh.of(onlyMesh)
        .call("app", "https://api.example.org/")
        .leavesDirectly("0.0.0.0_443 > tcp > outbound|443||api.example.org (STRICT_DNS)");
  }

  @Test
  void law6UpperCaseInAGatewayRouteFailsThere() {
    String http =
        join(
            entry("app", "api.example.org"),
            gateway(
                "app/api",
                """
                selector: {istio: egressgateway}
                servers:
                - port: {number: 80, name: http, protocol: HTTP}
                  hosts: [api.example.org]
                """),
            virtualService(
                "app/to-gateway",
                """
                hosts: [api.example.org]
                http:
                - route:
                  - destination:
                      host: istio-egressgateway.istio-system.svc.cluster.local
                      port: {number: 80}
                """),
            virtualService(
                "app/from-gateway",
                """
                hosts: [Api.Example.org]
                gateways: [api]
                http:
                - route: [{destination: {host: api.example.org, port: {number: 80}}}]
                """));
    TestMesh.of(http)
        .call("app", "http://api.example.org/")
        .fails(
            Outcome.BLOCKED,
            "0.0.0.0_80 > api.example.org:80 > outbound|80||istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8080 > blackhole:80")
        .because("404");
  }

  @Test
  void law7TlsAndTcpShareAPortAndTheSniDecides() {
    TestMesh mesh =
        TestMesh.of(
                entry("app", "tls.example.org", 9000, "TLS"),
                entry("app", "tcp.example.org", 9000, "TCP"))
            .registryOnly();
    mesh.call("app", "tls://tls.example.org:9000")
        .leavesDirectly("0.0.0.0_9000 > tcp > outbound|9000||tls.example.org (STRICT_DNS)");
    mesh.call("app", "tls://other.example:9000")
        .leavesDirectly("0.0.0.0_9000 > tcp > outbound|9000||tcp.example.org (STRICT_DNS)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void law7HttpAndTcpShareAPortWhicheverIsOlder(boolean httpFirst) {
    TestMesh mesh =
        TestMesh.of(
                at(httpFirst ? 1 : 2, entry("app", "http.example.org", 9000, "HTTP")),
                at(httpFirst ? 2 : 1, entry("app", "tcp.example.org", 9000, "TCP")))
            .registryOnly();
    mesh.call("app", "http://http.example.org:9000/")
        .leavesDirectly(
            "0.0.0.0_9000 > http.example.org:9000 > outbound|9000||http.example.org (STRICT_DNS)");
    mesh.call("app", "http://other.example:9000/")
        .fails(Outcome.BLOCKED, "0.0.0.0_9000 > block_all");
    mesh.call("app", "tcp://other.example:9000")
        .leavesDirectly("0.0.0.0_9000 > tcp > outbound|9000||tcp.example.org (STRICT_DNS)");
  }

  private static TestMesh addressed(String protocol) {
    return TestMesh.of(
            serviceEntry(
                "app/db",
                """
                hosts: [db.example.org]
                addresses: [10.1.2.3]
                ports: [{number: 9000, name: p%s}]
                resolution: DNS
                """
                    .formatted(protocol)),
            entry("app", "api.example.org", 9000, "HTTP"))
        .registryOnly();
  }

  private static Call dialled(String url) {
    return Call.to(Caller.in("app"), url).with("", "10.1.2.3", "", java.util.Map.of());
  }

  @Test
  void law8ATcpEntryWithAnAddressOwnsThatAddressAndPortWhole() {
    addressed(", protocol: TCP")
        .call(dialled("http://api.example.org:9000/"))
        .leavesDirectly("10.1.2.3_9000 > tcp > outbound|9000||db.example.org (STRICT_DNS)");
  }

  @Test
  void law9APortWithoutProtocolHasRoutesOfItsOwnAtItsAddress() {
    TestMesh mesh = addressed("");
    mesh.call(dialled("http://api.example.org:9000/"))
        .leavesDirectly(
            "10.1.2.3_9000 > db.example.org:9000 > outbound|9000||db.example.org (STRICT_DNS)");
    mesh.call(dialled("tcp://db.example.org:9000"))
        .leavesDirectly("10.1.2.3_9000 > tcp > outbound|9000||db.example.org (STRICT_DNS)");
  }

  @Test
  void law10NoResolutionKeepsTheDialledAddressAndTlsStillApplies() {
    String manifests =
        join(
            changed(
                entry("app", "api.example.org", 80, "HTTP"), "resolution: DNS", "resolution: NONE"),
            destinationRule(
                "app/api",
                """
                host: api.example.org
                trafficPolicy: {tls: {mode: SIMPLE}}
                """));
    TestMesh.of(manifests)
        .call(
            Call.to(Caller.in("app"), "http://api.example.org/")
                .with("", "192.0.2.7", "", java.util.Map.of()))
        .leavesDirectly(
            "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (ORIGINAL_DST)"
                + " with SIMPLE api.example.org")
        .because("192.0.2.7:80");
  }

  @Test
  void law11TheGatewaysServiceMakesEverySidecarListenOnItsHttpPort() {
    TestMesh mesh = TestMesh.of(entry("app", "api.example.org", 443, "TLS")).registryOnly();
    mesh.call("app", "http://undeclared.example/")
        .fails(Outcome.BLOCKED, "0.0.0.0_80 > block_all")
        .because("502");
    mesh.withGateways()
        .call("app", "http://undeclared.example/")
        .fails(Outcome.BLOCKED, "virtualOutbound > tcp > BlackHoleCluster (STATIC)")
        .because("closes the connection");
  }

  @Test
  void law11ASidecarThatHidesTheServiceClosesToo() {
    TestMesh.of(
            entry("app", "api.example.org", 443, "TLS"),
            Manifests.sidecar("app", "egress: [{hosts: [./*]}]\n"))
        .registryOnly()
        .call("app", "http://undeclared.example/")
        .fails(Outcome.BLOCKED, "virtualOutbound > tcp > BlackHoleCluster (STATIC)");
  }
}
