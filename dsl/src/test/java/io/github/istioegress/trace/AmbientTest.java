package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.authorizationPolicy;
import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.destinationRule;
import static io.github.istioegress.trace.Manifests.gatewayApi;
import static io.github.istioegress.trace.Manifests.serviceEntry;
import static io.github.istioegress.trace.Manifests.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Istio does with calls of pods in ambient mode: ztunnel first, then perhaps a waypoint. */
final class AmbientTest {

  private static final String SHOP = namespace("shop", "istio.io/dataplane-mode: ambient");
  private static final String EGRESS = namespace("egress", "istio.io/use-waypoint: edge");

  private static final String WAYPOINT =
      gatewayApi(
          "Gateway",
          "egress/edge",
          """
          gatewayClassName: istio-waypoint
          listeners:
          - {name: mesh, port: 15008, protocol: HBONE}
          """);

  private static final String ENTRY =
      serviceEntry(
          "egress/httpbin",
          """
          hosts: [httpbin.org]
          ports:
          - {number: 80, name: http, protocol: HTTP, targetPort: 443}
          - {number: 443, name: tls, protocol: TLS}
          resolution: DNS
          """);

  private static final String ORIGINATION =
      destinationRule(
          "egress/httpbin",
          """
          host: httpbin.org
          trafficPolicy:
            portLevelSettings:
            - port: {number: 80}
              tls: {mode: SIMPLE, sni: httpbin.org}
          """);

  private static final String POLICY =
      authorizationPolicy(
          "egress/httpbin",
          """
          targetRefs: [{group: networking.istio.io, kind: ServiceEntry, name: httpbin}]
          rules:
          - from: [{source: {principals: [cluster.local/ns/shop/sa/cart]}}]
            to: [{operation: {ports: ["80"], paths: [/get]}}]
          - from: [{source: {namespaces: [shop]}}]
            to: [{operation: {ports: ["443"]}}]
            when: [{key: connection.sni, values: [httpbin.org]}]
          """);

  private static final String TUNNEL = "outbound > tcp with ISTIO_MUTUAL";
  private static final String ALONE = "outbound > tcp";

  private static String namespace(String name, String label) {
    return """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: %s
          labels: {%s}
        """
        .formatted(name, label);
  }

  private static TestMesh mesh(String... documents) {
    return TestMesh.of(Manifests.join(SHOP, EGRESS, WAYPOINT), Manifests.join(documents));
  }

  private static Call call(String account, String url) {
    return Call.to(new Caller("shop", Map.of(), account), url);
  }

  @Test
  void theWaypointOfAnEntryBeginsTlsToTheHost() {
    mesh(ENTRY, ORIGINATION)
        .call("shop", "http://httpbin.org/get")
        .ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT)
        .passes(
            TUNNEL,
            "main_internal > inbound|http|80 > inbound-vip|80|http|httpbin.org (STRICT_DNS) with"
                + " SIMPLE httpbin.org");
  }

  @Test
  void tlsOfTheApplicationPassesTheWaypointUnopened() {
    mesh(ENTRY, ORIGINATION)
        .call("shop", "https://httpbin.org")
        .ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT)
        .passes(TUNNEL, "main_internal > tcp > inbound-vip|443|tcp|httpbin.org (STRICT_DNS)");
  }

  @Test
  void whatNoServiceHasTheAddressOfPassesWhateverTheMeshSays() {
    mesh(ENTRY)
        .registryOnly()
        .call("shop", "http://example.org/")
        .leavesUndeclared(ALONE)
        .because("does not heed outboundTrafficPolicy");
  }

  @Test
  void aPortThatTheEntryLacksIsClosedAtTheWaypoint() {
    mesh(ENTRY)
        .call("shop", "http://httpbin.org:8080/")
        .fails(Outcome.BLOCKED, TUNNEL, "main_internal >")
        .because("serves no port 8080");
  }

  @Test
  void exportToKeepsNobodyInAmbientModeFromTheEntry() {
    String hidden = changed(ENTRY, "resolution: DNS", "resolution: DNS\n  exportTo: [\".\"]");
    mesh(hidden).call("shop", "https://httpbin.org").ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT);
    TestMesh.of(hidden)
        .registryOnly()
        .call("shop", "https://httpbin.org")
        .fails(Outcome.BLOCKED, "virtualOutbound > tcp > BlackHoleCluster (STATIC)");
  }

  @Test
  void theTunnelTellsThePolicyWhoCalls() {
    TestMesh mesh = mesh(ENTRY, ORIGINATION, POLICY);
    mesh.call(call("cart", "http://httpbin.org/get")).ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT);
    mesh.call(call("cart", "http://httpbin.org/post"))
        .fails(Outcome.DENIED, TUNNEL, "main_internal > inbound|http|80")
        .because("403");
    mesh.call(call("other", "http://httpbin.org/get")).ends(Outcome.DENIED, Way.NONE);
    mesh.call(call("other", "https://httpbin.org")).ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT);
    mesh.call(call("other", "https://httpbin.org").with("", "", "other.example", Map.of()))
        .fails(Outcome.DENIED, TUNNEL, "main_internal > tcp")
        .because("closes the connection");
  }

  @Test
  void aPolicyByLabelsDoesNotHoldAtAWaypoint() {
    mesh(
            ENTRY,
            authorizationPolicy(
                "egress/nobody",
                "selector: {matchLabels: {gateway.networking.k8s.io/gateway-name: edge}}\n"))
        .call("shop", "https://httpbin.org")
        .ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT);
  }

  @Test
  void aPolicyForTheGatewayHoldsForAllOfItsServices() {
    mesh(
            ENTRY,
            authorizationPolicy(
                "egress/nobody",
                "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}]\n"))
        .call("shop", "https://httpbin.org")
        .ends(Outcome.DENIED, Way.NONE);
  }

  @Test
  void aWaypointThatIsNotThereIsPassedBy() {
    TestMesh.of(SHOP, EGRESS, ENTRY).call("shop", "http://httpbin.org/get").leavesDirectly(ALONE);
  }

  @Test
  void aWaypointOfAnotherNamespaceMustLetTheEntryIn() {
    String elsewhere =
        changed(
            changed(ENTRY, "namespace: egress", "namespace: shop"),
            "metadata:\n",
            "metadata:\n  labels: {istio.io/use-waypoint: edge,"
                + " istio.io/use-waypoint-namespace: egress}\n");
    mesh(elsewhere).call("shop", "https://httpbin.org").leavesDirectly(ALONE);
    String open = changed(WAYPOINT, "HBONE}", "HBONE, allowedRoutes: {namespaces: {from: All}}}");
    TestMesh.of(SHOP, EGRESS, open, elsewhere)
        .call("shop", "https://httpbin.org")
        .ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT);
  }

  @Test
  void aPodWithASidecarKeepsIt() {
    mesh(ENTRY, ORIGINATION)
        .call("shop/sidecar.istio.io/inject=true", "http://httpbin.org/get")
        .leavesDirectly(
            "0.0.0.0_80 > httpbin.org:80 > outbound|80||httpbin.org (STRICT_DNS) with SIMPLE"
                + " httpbin.org");
  }

  @Test
  void anAddressThatIsAnEndpointTooGoesAroundTheWaypoint() {
    mesh(serviceEntry(
            "egress/db",
            """
                hosts: [db.corp]
                addresses: [10.1.2.3]
                ports: [{number: 5432, name: tcp, protocol: TCP}]
                resolution: STATIC
                endpoints: [{address: 10.1.2.3}]
                """))
        .call("shop", "tcp://db.corp:5432")
        .leavesDirectly(ALONE);
  }

  @Test
  void aRouteOfTheEntryHoldsAtTheWaypoint() {
    TracedCall call =
        mesh(
                ENTRY,
                gatewayApi(
                    "HTTPRoute",
                    "egress/httpbin",
                    """
                    parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: httpbin}]
                    rules:
                    - timeouts: {request: 3s}
                      backendRefs:
                      - {group: networking.istio.io, kind: Hostname, name: httpbin.org, port: 80}
                    """))
            .call("shop", "http://httpbin.org/get")
            .ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT);
    assertThat(call.trace().branches().get(0).hops().get(1).timeout()).isEqualTo("3s");
  }

  @Test
  void aRouteOfACallersNamespaceDoesNotHoldAtTheWaypoint() {
    mesh(
            ENTRY,
            virtualService(
                "shop/httpbin",
                """
                hosts: [httpbin.org]
                http: [{directResponse: {status: 418}}]
                """))
        .call("shop", "http://httpbin.org/get")
        .ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT);
  }

  @Test
  void tlsToNamesThatAreLookedUpIsClosedAtTheWaypoint() {
    TestMesh mesh =
        mesh(
            serviceEntry(
                "egress/wild",
                """
                hosts: ["*.example.org"]
                ports:
                - {number: 80, name: http, protocol: HTTP}
                - {number: 443, name: tls, protocol: TLS}
                resolution: DYNAMIC_DNS
                """));
    mesh.call("shop", "http://a.example.org/").ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT);
    mesh.call("shop", "https://a.example.org").ends(Outcome.BLOCKED, Way.NONE);
  }

  @Test
  void anAddressThatIstiodGaveOutLeadsNowhereByItself() {
    mesh(
            ENTRY,
            destinationRule(
                "egress/as-dialled",
                "host: httpbin.org\ntrafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}\n"))
        .call("shop", "https://httpbin.org")
        .ends(Outcome.UNDETERMINED, Way.NONE)
        .because("istiod gave out");
  }

  @Test
  void theTextSaysWhoHandsTheCallToWhom() {
    Trace trace =
        mesh(ENTRY, ORIGINATION, POLICY).call(call("cart", "http://httpbin.org/get")).trace();
    assertThat(TraceText.of(java.util.List.of(trace)))
        .contains("hand it to the ztunnel of its node")
        .contains("3 ztunnel         knows the address as that of httpbin.org, port 80")
        .contains("sends it to the service's waypoint in a tunnel (HBONE), which proves who calls")
        .contains("4 waypoint        egress/edge: listener main_internal reads HTTP")
        .contains("look: istioctl proxy-config listeners deploy/edge -n egress")
        .contains("EXTERNAL, via-waypoint");
    assertThat(TraceText.line(trace)).contains("app -> ztunnel -> waypoint egress/edge ->");
  }

  /** Its listener tells services apart by their addresses. */
  @Test
  void aWaypointCannotTellTwoHostsOfOneAddressApart() {
    String own =
        namespace(
            "shop",
            "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: edge,"
                + " istio.io/use-waypoint-namespace: egress");
    String waypoint =
        changed(
            WAYPOINT,
            "protocol: HBONE}",
            "protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}");
    String one =
        serviceEntry(
            "shop/one",
            """
            hosts: [one.example.org]
            addresses: [10.9.0.3]
            ports: [{number: 80, name: http, protocol: HTTP}]
            resolution: DNS
            """);
    String two = changed(changed(one, "one.example.org", "two.example.org"), "shop", "egress");
    TestMesh.of(own, EGRESS, waypoint, one, two)
        .call("shop", "http://one.example.org/")
        .ends(Outcome.UNDETERMINED, Way.NONE)
        .because("has the same address");
    TestMesh.of(own, EGRESS, waypoint, one, changed(two, "10.9.0.3", "10.9.0.4"))
        .call("shop", "http://one.example.org/")
        .ends(Outcome.EXTERNAL, Way.VIA_WAYPOINT);
  }
}
