package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static io.github.istioegress.trace.Manifests.sidecar;

import org.junit.jupiter.api.Test;

/** What a Sidecar hides and says, laws 18 to 20 among it. */
final class SidecarTest {

  private static final String HTTP =
      "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)";
  private static final String CLOSED = "virtualOutbound > tcp > BlackHoleCluster (STATIC)";
  private static final String PASSED = "virtualOutbound > tcp > PassthroughCluster (ORIGINAL_DST)";
  private static final String ENTRY = entry("common", "api.example.org", 80, "HTTP");

  @Test
  void withoutASidecarAllThatIsExportedIsSeen() {
    TestMesh.of(ENTRY).registryOnly().call("app", "http://api.example.org/").leavesDirectly(HTTP);
  }

  @Test
  void aHostThatIsNotListedIsUnknown() {
    TestMesh.of(ENTRY, sidecar("app", "egress: [{hosts: [./*]}]\n"))
        .registryOnly()
        .call("app", "http://api.example.org/")
        .fails(Outcome.BLOCKED, CLOSED);
    TestMesh.of(ENTRY, sidecar("app", "egress: [{hosts: [common/api.example.org]}]\n"))
        .registryOnly()
        .call("app", "http://api.example.org/")
        .leavesDirectly(HTTP);
  }

  @Test
  void aRouteBringsTheGatewaysServiceInWithoutBeingListed() {
    TestMesh.of(
            httpThroughGateway("app", "api.example.org"),
            sidecar("app", "egress: [{hosts: [./*]}]\n"))
        .registryOnly()
        .call("app", "http://api.example.org/")
        .leavesByGateway(
            "0.0.0.0_80 > api.example.org:80"
                + " > outbound|80|api-example-org|istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8080 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)");
  }

  @Test
  void aSidecarOfTheRootNamespaceSpeaksForAll() {
    TestMesh.of(sidecar("istio-system", "outboundTrafficPolicy: {mode: REGISTRY_ONLY}\n"))
        .call("app", "https://undeclared.example/")
        .fails(Outcome.BLOCKED, CLOSED);
  }

  @Test
  void theOneForAPodGoesBeforeTheOneForTheNamespace() {
    String selective =
        Manifests.document(
            "Sidecar",
            "app/sleep",
            """
            workloadSelector: {labels: {app: sleep}}
            egress: [{hosts: [common/*]}]
            """);
    TestMesh mesh =
        TestMesh.of(ENTRY, sidecar("app", "egress: [{hosts: [./*]}]\n"), selective).registryOnly();
    mesh.call("app/app=sleep", "http://api.example.org/").leavesDirectly(HTTP);
    mesh.call("app/app=web", "http://api.example.org/").fails(Outcome.BLOCKED, CLOSED);
  }

  private static final String ON_443 =
      """
      egress:
      - port: {number: 443, name: tls, protocol: TLS}
        hosts: [./*]
      """;

  @Test
  void law18AListenerWithAPortAloneHidesEveryOtherPort() {
    TestMesh mesh =
        TestMesh.of(
                entry("app", "api.example.org", 443, "TLS"),
                entry("app", "www.example.org", 80, "HTTP"),
                sidecar("app", ON_443))
            .registryOnly();
    mesh.call("app", "https://api.example.org/")
        .leavesDirectly("0.0.0.0_443 > tcp > outbound|443||api.example.org (STRICT_DNS)");
    mesh.call("app", "http://www.example.org/").fails(Outcome.BLOCKED, CLOSED);
  }

  private static final String ON_443_THEN_ALL = ON_443 + "- hosts: ['*/*']\n";
  private static final String OTHER = entry("common", "other.example.org", 443, "TLS");

  @Test
  void law18ButNothingThatTheListenerForAllAfterItShows() {
    TestMesh.of(OTHER, sidecar("app", ON_443_THEN_ALL))
        .registryOnly()
        .call("app", "https://other.example.org/")
        .leavesDirectly("0.0.0.0_443 > tcp > outbound|443||other.example.org (STRICT_DNS)");
  }

  @Test
  void law18UnlessItShowsSomethingItself() {
    TestMesh mesh =
        TestMesh.of(
                entry("app", "api.example.org", 443, "TLS"), OTHER, sidecar("app", ON_443_THEN_ALL))
            .registryOnly();
    mesh.call("app", "https://api.example.org/")
        .leavesDirectly("0.0.0.0_443 > tcp > outbound|443||api.example.org (STRICT_DNS)");
    mesh.call("app", "https://other.example.org/")
        .fails(Outcome.BLOCKED, "0.0.0.0_443 > tcp > BlackHoleCluster (STATIC)");
  }

  @Test
  void law18AnHttpListenerWithAPortHidesTheOthersHosts() {
    String on80 =
        """
        egress:
        - port: {number: 80, name: http, protocol: HTTP}
          hosts: [./*]
        - hosts: ['*/*']
        """;
    TestMesh.of(entry("app", "www.example.org", 80, "HTTP"), ENTRY, sidecar("app", on80))
        .registryOnly()
        .call("app", "http://api.example.org/")
        .fails(Outcome.BLOCKED, "0.0.0.0_80 > block_all");
  }

  @Test
  void law19NoHostsAtAllLeaveVirtualOutboundAlone() {
    TestMesh mesh =
        TestMesh.of(
            httpThroughGateway("app", "api.example.org"),
            sidecar("app", "egress: [{hosts: ['~/*']}]\n"));
    mesh.call("app", "http://api.example.org/").leavesUndeclared(PASSED);
    mesh.registryOnly().call("app", "http://api.example.org/").fails(Outcome.BLOCKED, CLOSED);
  }

  @Test
  void law20ASidecarsPolicyWinsInBothDirections() {
    TestMesh.of(sidecar("app", "outboundTrafficPolicy: {mode: ALLOW_ANY}\n"))
        .registryOnly()
        .call("app", "https://undeclared.example/")
        .leavesUndeclared(PASSED);
    TestMesh.of(sidecar("app", "outboundTrafficPolicy: {mode: REGISTRY_ONLY}\n"))
        .call("app", "https://undeclared.example/")
        .fails(Outcome.BLOCKED, CLOSED);
  }

  @Test
  void egressProxyTakesTheUndeclared() {
    TestMesh.of(
            ENTRY,
            sidecar(
                "app",
                """
                outboundTrafficPolicy:
                  mode: ALLOW_ANY
                  egressProxy: {host: api.example.org, port: {number: 80}}
                """))
        .call("app", "https://undeclared.example/")
        .leavesDirectly("virtualOutbound > tcp > outbound|80||api.example.org (STRICT_DNS)");
  }
}
