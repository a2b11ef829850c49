package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.at;
import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.destinationRule;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.gatewayApi;
import static io.github.istioegress.trace.Manifests.serviceEntry;
import static io.github.istioegress.trace.Manifests.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.trace.registry.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What istiod makes of the Gateway API: gateways that it starts, and routes to and through them.
 */
final class GatewayApiTest {

  private static final String ENTRY = entry("shop", "api.example.org", 80, "HTTP");

  private static final String GATEWAY =
      gatewayApi(
          "Gateway",
          "shop/edge",
          """
          gatewayClassName: istio
          listeners:
          - {name: http, port: 80, protocol: HTTP, hostname: api.example.org}
          """);

  private static final String LEAVE =
      gatewayApi(
          "HTTPRoute",
          "shop/leave",
          """
          parentRefs: [{name: edge}]
          hostnames: [api.example.org]
          rules:
          - backendRefs:
            - {group: networking.istio.io, kind: Hostname, name: api.example.org, port: 80}
          """);

  private static final String DETOUR =
      gatewayApi(
          "HTTPRoute",
          "shop/detour",
          """
          parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: api-example-org-80}]
          rules:
          - backendRefs: [{name: edge-istio, port: 80}]
          """);

  private static final String TO_GATEWAY =
      "0.0.0.0_80 > api.example.org:80 > outbound|80||edge-istio.shop (EDS)";
  private static final String OUT =
      "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)";

  private static TestMesh mesh(String... documents) {
    return TestMesh.of(documents);
  }

  @Test
  void aRouteOfTheEntryLeadsToTheServiceOfTheGatewayAndOneOfTheGatewayOut() {
    TracedCall call =
        mesh(ENTRY, GATEWAY, LEAVE, DETOUR)
            .registryOnly()
            .call("shop", "http://api.example.org/")
            .leavesByGateway(TO_GATEWAY, OUT);
    List<Hop> hops = call.trace().branches().get(0).hops();
    assertThat(hops.get(0).route()).isEqualTo("shop.detour.0");
    assertThat(hops.get(1).route()).isEqualTo("shop.leave.0");
  }

  @Test
  void whatDecidesIsWhatSomebodyWroteAndNotWhatIstiodMakesOfIt() {
    List<Hop> hops =
        mesh(ENTRY, GATEWAY, LEAVE, DETOUR)
            .call("shop", "http://api.example.org/")
            .trace()
            .branches()
            .get(0)
            .hops();
    assertThat(hops.get(0).decisions())
        .map(Decision::toString)
        .containsExactly(
            "HTTPRoute shop/detour spec.rules[0]", "Gateway shop/edge spec.listeners[0]");
    assertThat(hops.get(1).decisions())
        .map(Decision::toString)
        .containsExactly(
            "HTTPRoute shop/leave spec.rules[0]",
            "Gateway shop/edge spec.listeners[0]",
            "ServiceEntry shop/api-example-org-80 spec.ports[0]");
    assertThat(hops.get(0).decisions().get(0).place().orElseThrow().file()).isEqualTo("mesh.yaml");
  }

  @Test
  void withoutTheDetourSidecarsGoStraightOut() {
    mesh(ENTRY, GATEWAY, LEAVE).call("shop", "http://api.example.org/").leavesDirectly(OUT);
  }

  @Test
  void aServiceEntryIsNoBackend() {
    String wrong =
        changed(
            LEAVE,
            "kind: Hostname, name: api.example.org",
            "kind: ServiceEntry, name: api-example-org-80");
    mesh(ENTRY, GATEWAY, wrong, DETOUR)
        .call("shop", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_80 > api.example.org:80 > UnknownService")
        .because("answers 500 NC");
  }

  @Test
  void theServiceHasTheListenersPortsAndNoOthers() {
    mesh(ENTRY, GATEWAY, LEAVE, changed(DETOUR, "port: 80", "port: 8080"))
        .call("shop", "http://api.example.org/")
        .fails(Outcome.BLOCKED, "0.0.0.0_80 > api.example.org:80 > outbound|8080||edge-istio.shop")
        .because("answers 500 NC");
  }

  @Test
  void aBackendThatIsWrittenWrongMakesTheRouteNone() {
    mesh(ENTRY, GATEWAY, LEAVE, changed(DETOUR, ", port: 80", ""))
        .call("shop", "http://api.example.org/")
        .leavesDirectly(OUT);
  }

  @Test
  void withoutAShareTheAnswerIsAnError() {
    mesh(ENTRY, GATEWAY, LEAVE, changed(DETOUR, "port: 80", "port: 80, weight: 0"))
        .call("shop", "http://api.example.org/")
        .fails(Outcome.ANSWERED, "0.0.0.0_80 > api.example.org:80")
        .because("500");
  }

  @Test
  void aRouteHoldsForTheServicesOfItsNamespaceAndForTheCallersOfIts() {
    String elsewhere =
        changed(
            changed(DETOUR, "name: edge-istio", "name: edge-istio, namespace: shop"),
            "namespace: shop\nspec",
            "namespace: other\nspec");
    String ofOther =
        changed(elsewhere, "name: api-example-org-80", "name: api-example-org-80, namespace: shop");
    TestMesh producer = mesh(ENTRY, GATEWAY, LEAVE, DETOUR);
    producer.call("shop", "http://api.example.org/").leavesByGateway(TO_GATEWAY, OUT);
    producer.call("third", "http://api.example.org/").leavesByGateway(TO_GATEWAY, OUT);
    TestMesh consumer = mesh(ENTRY, GATEWAY, LEAVE, ofOther);
    consumer.call("other", "http://api.example.org/").leavesByGateway(TO_GATEWAY, OUT);
    consumer.call("third", "http://api.example.org/").leavesDirectly(OUT);
  }

  @Test
  void anHttpRouteDoesNothingForAWildcardAtTheSidecar() {
    String wild =
        serviceEntry(
            "shop/api-example-org-80",
            """
            hosts: ["*.example.org"]
            ports: [{number: 80, name: http, protocol: HTTP}]
            resolution: NONE
            """);
    mesh(wild, GATEWAY, LEAVE, DETOUR)
        .call("shop", "http://api.example.org/")
        .leavesDirectly(
            "0.0.0.0_80 > *.example.org:80 > outbound|80||*.example.org (ORIGINAL_DST)");
  }

  @Test
  void aListenerTakesRoutesOfItsOwnNamespaceUnlessItSaysMore() {
    String foreign =
        changed(
            changed(LEAVE, "namespace: shop", "namespace: team"),
            "{name: edge}",
            "{name: edge, namespace: shop}");
    mesh(ENTRY, GATEWAY, foreign, DETOUR)
        .call("shop", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_80 > blackhole:80")
        .because("404");
    mesh(ENTRY, allowing("{from: All}"), foreign, DETOUR)
        .call("shop", "http://api.example.org/")
        .leavesByGateway(TO_GATEWAY, OUT);
    String selected = allowing("{from: Selector, selector: {matchLabels: {tier: web}}}");
    mesh(ENTRY, selected, foreign, DETOUR, namespace("team", "web"))
        .call("shop", "http://api.example.org/")
        .leavesByGateway(TO_GATEWAY, OUT);
    mesh(ENTRY, selected, foreign, DETOUR, namespace("team", "data"))
        .call("shop", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_80 > blackhole:80");
    mesh(
            ENTRY,
            allowing(
                "{from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: team}}}"),
            foreign,
            DETOUR)
        .call("shop", "http://api.example.org/")
        .leavesByGateway(TO_GATEWAY, OUT);
  }

  private static String allowing(String namespaces) {
    return changed(
        GATEWAY,
        "hostname: api.example.org}",
        "hostname: api.example.org, allowedRoutes: {namespaces: " + namespaces + "}}");
  }

  private static String namespace(String name, String tier) {
    return """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s, labels: {tier: %s}}
        """
        .formatted(name, tier);
  }

  @Test
  void aRouteMayChooseOneListenerByNameAndPort() {
    mesh(ENTRY, GATEWAY, changed(LEAVE, "{name: edge}", "{name: edge, sectionName: http}"), DETOUR)
        .call("shop", "http://api.example.org/")
        .leavesByGateway(TO_GATEWAY, OUT);
    mesh(ENTRY, GATEWAY, changed(LEAVE, "{name: edge}", "{name: edge, port: 8080}"), DETOUR)
        .call("shop", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_80 > blackhole:80");
  }

  @Test
  void ofListenersThatConflictTheFirstStands() {
    String twice =
        changed(
            GATEWAY,
            "hostname: api.example.org}",
            "hostname: api.example.org}\n  - {name: bytes, port: 80, protocol: TCP}");
    mesh(ENTRY, twice, LEAVE, DETOUR)
        .call("shop", "http://api.example.org/")
        .leavesByGateway(TO_GATEWAY, OUT);
  }

  @Test
  void aRouteWithoutHostnamesLeavesTheHostsOfOtherListenersAlone() {
    String two =
        changed(
            GATEWAY,
            "hostname: api.example.org}",
            "hostname: api.example.org}\n  - {name: rest, port: 80, protocol: HTTP}");
    String rest =
        changed(
            changed(LEAVE, "{name: edge}", "{name: edge, sectionName: rest}"),
            "hostnames: [api.example.org]",
            "hostnames: [api.example.org, www.example.org]");
    mesh(ENTRY, two, rest, DETOUR)
        .call("shop", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_80 > http")
        .because("404");
  }

  @Test
  void tlsPassesThroughByItsSni() {
    String gateway =
        gatewayApi(
            "Gateway",
            "shop/edge",
            """
            gatewayClassName: istio
            listeners:
            - {name: tls, port: 443, protocol: TLS, tls: {mode: Passthrough}}
            """);
    String leave =
        gatewayApi(
            "TLSRoute",
            "shop/leave",
            """
            parentRefs: [{name: edge}]
            hostnames: [api.example.org]
            rules:
            - backendRefs:
              - {group: networking.istio.io, kind: Hostname, name: api.example.org, port: 443}
            """);
    String detour =
        gatewayApi(
            "TLSRoute",
            "shop/detour",
            """
            parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: api-example-org-443}]
            hostnames: [api.example.org]
            rules: [{backendRefs: [{name: edge-istio, port: 443}]}]
            """);
    TestMesh mesh = mesh(entry("shop", "api.example.org", 443, "TLS"), gateway, leave, detour);
    TracedCall call =
        mesh.call("shop", "https://api.example.org/")
            .leavesByGateway(
                "0.0.0.0_443 > tcp > outbound|443||edge-istio.shop (EDS)",
                "0.0.0.0_443 > tcp > outbound|443||api.example.org (STRICT_DNS)");
    assertThat(call.lastDecisions())
        .contains("TLSRoute shop/leave spec.rules[0]", "Gateway shop/edge spec.listeners[0]");
  }

  @Test
  void bytesPassByTheirPort() {
    String gateway =
        gatewayApi(
            "Gateway",
            "shop/edge",
            """
            gatewayClassName: istio
            listeners: [{name: db, port: 5432, protocol: TCP}]
            """);
    String leave =
        gatewayApi(
            "TCPRoute",
            "shop/leave",
            """
            parentRefs: [{name: edge}]
            rules:
            - backendRefs:
              - {group: networking.istio.io, kind: Hostname, name: db.example.org, port: 5432}
            """);
    String detour =
        gatewayApi(
            "TCPRoute",
            "shop/detour",
            """
            parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: db-example-org-5432}]
            rules: [{backendRefs: [{name: edge-istio, port: 5432}]}]
            """);
    mesh(entry("shop", "db.example.org", 5432, "TCP"), gateway, leave, detour)
        .call("shop", "tcp://db.example.org:5432")
        .leavesByGateway(
            "0.0.0.0_5432 > tcp > outbound|5432||edge-istio.shop (EDS)",
            "0.0.0.0_5432 > tcp > outbound|5432||db.example.org (STRICT_DNS)");
  }

  private static final String MUTUAL =
      gatewayApi(
          "Gateway",
          "shop/edge",
          """
          gatewayClassName: istio
          listeners:
          - name: mutual
            port: 443
            protocol: HTTPS
            hostname: api.example.org
            tls: {mode: Terminate, options: {gateway.istio.io/tls-terminate-mode: ISTIO_MUTUAL}}
          """);

  private static final String HOP =
      destinationRule(
          "shop/hop",
          """
          host: edge-istio.shop.svc.cluster.local
          trafficPolicy:
            portLevelSettings:
            - {port: {number: 443}, tls: {mode: ISTIO_MUTUAL, sni: api.example.org}}
          """);

  @Test
  void mutualTlsOfTheMeshReachesTheGatewayByARuleForItsService() {
    TestMesh mesh = mesh(ENTRY, MUTUAL, LEAVE, changed(DETOUR, "port: 80", "port: 443"), HOP);
    mesh.call("shop", "http://api.example.org/")
        .leavesByGateway(
            "0.0.0.0_80 > api.example.org:80 > outbound|443||edge-istio.shop (EDS)"
                + " with ISTIO_MUTUAL api.example.org",
            "0.0.0.0_443 > api.example.org:443 > outbound|80||api.example.org (STRICT_DNS)");
    mesh(ENTRY, MUTUAL, LEAVE, changed(DETOUR, "port: 80", "port: 443"))
        .call("shop", "http://api.example.org/")
        .ends(Outcome.TLS_MISMATCH, Way.NONE)
        .because("plain text reaches a port that expects TLS");
  }

  @Test
  void theGatewayBeginsTlsByARuleInItsNamespace() {
    String origination =
        destinationRule(
            "shop/tls",
            """
            host: api.example.org
            trafficPolicy: {tls: {mode: SIMPLE, sni: api.example.org}}
            """);
    mesh(ENTRY, GATEWAY, LEAVE, DETOUR, origination)
        .call("shop", "http://api.example.org/")
        .leavesByGateway(TO_GATEWAY, OUT + " with SIMPLE api.example.org");
  }

  @Test
  void rulesFindTheirOrderByWhatTheyAskFor() {
    String rules =
        changed(
            DETOUR,
            "  - backendRefs: [{name: edge-istio, port: 80}]\n",
            """
              - backendRefs: [{name: edge-istio, port: 80}]
              - name: longer
                matches: [{path: {value: /politics}}]
                filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]
            """);
    TestMesh mesh = mesh(ENTRY, GATEWAY, LEAVE, rules);
    mesh.call("shop", "http://api.example.org/politics/today")
        .fails(Outcome.ANSWERED, "0.0.0.0_80 > api.example.org:80")
        .because("302");
    mesh.call("shop", "http://api.example.org/politicsX").leavesByGateway(TO_GATEWAY, OUT);
  }

  @Test
  void aRuleMayChangeTheHost() {
    String rewriting =
        changed(
            DETOUR,
            "  - backendRefs",
            "  - filters: [{type: URLRewrite, urlRewrite: {hostname: www.example.org}}]\n"
                + "    backendRefs");
    mesh(ENTRY, GATEWAY, LEAVE, rewriting)
        .call("shop", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_80 > http")
        .because("no virtual host for www.example.org");
  }

  @Test
  void sharesAreFollowed() {
    String shared =
        changed(
            LEAVE,
            "port: 80}",
            "port: 80, weight: 3}\n    - {name: gone, namespace: other, port: 80, weight: 1}");
    mesh(ENTRY, GATEWAY, shared, DETOUR)
        .call("shop", "http://api.example.org/")
        .ends(Outcome.MIXED, Way.VIA_GATEWAY)
        .share(0, 3, Outcome.EXTERNAL, TO_GATEWAY, OUT)
        .share(
            1, 1, Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_80 > api.example.org:80 > UnknownService");
  }

  @Test
  void aGrantOpensABackendOfAnotherNamespaceToAGatewaysRoute() {
    String abroad =
        changed(
            LEAVE,
            "group: networking.istio.io, kind: Hostname, name: api.example.org, port: 80",
            "name: istio-egressgateway, namespace: istio-system, port: 80");
    String grant =
        gatewayApi(
            "ReferenceGrant",
            "istio-system/grant",
            """
            from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}]
            to: [{group: "", kind: Service}]
            """);
    mesh(ENTRY, GATEWAY, abroad, DETOUR)
        .call("shop", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_80 > api.example.org:80 > UnknownService");
    mesh(ENTRY, GATEWAY, abroad, DETOUR, grant)
        .call("shop", "http://api.example.org/")
        .fails(
            Outcome.BLOCKED,
            TO_GATEWAY,
            "0.0.0.0_80 > api.example.org:80 > outbound|80||istio-egressgateway.istio-system (EDS)")
        .because("istio-egressgateway does not listen on 8080");
  }

  @Test
  void aGatewayWithAnAddressOpensItsListenersBehindThatService() {
    String manual =
        changed(
            changed(GATEWAY, "namespace: shop", "namespace: istio-system"),
            "gatewayClassName: istio",
            "gatewayClassName: istio\n  addresses: [{type: Hostname, value: istio-egressgateway}]");
    String leave = changed(LEAVE, "namespace: shop", "namespace: istio-system");
    String detour =
        changed(DETOUR, "name: edge-istio", "name: istio-egressgateway, namespace: istio-system");
    mesh(ENTRY, manual, leave, detour)
        .call("shop", "http://api.example.org/")
        .leavesByGateway(
            "0.0.0.0_80 > api.example.org:80"
                + " > outbound|80||istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8080 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)");
  }

  @Test
  void inItsOwnNamespaceAnHttpRouteHoldsBeforeAVirtualServiceThatIsOlder() {
    String older =
        at(
            1,
            virtualService(
                "shop/older",
                """
                hosts: [api.example.org]
                http: [{route: [{destination: {host: gone.example.org}}]}]
                """));
    TestMesh mesh = mesh(ENTRY, GATEWAY, LEAVE, at(2, DETOUR), older);
    mesh.call("shop", "http://api.example.org/").leavesByGateway(TO_GATEWAY, OUT);
    mesh.call("other", "http://api.example.org/")
        .fails(Outcome.BLOCKED, "0.0.0.0_80 > api.example.org:80 > outbound|80||gone.example.org");
  }

  @Test
  void grpcIsRoutedByServiceAndMethod() {
    String grpc =
        gatewayApi(
            "GRPCRoute",
            "shop/leave",
            """
            parentRefs: [{name: edge}]
            hostnames: [api.example.org]
            rules:
            - matches: [{method: {service: shop.Orders, method: List}}]
              backendRefs:
              - {group: networking.istio.io, kind: Hostname, name: api.example.org, port: 80}
            """);
    TestMesh mesh = mesh(ENTRY, GATEWAY, grpc, DETOUR);
    mesh.call("shop", "http://api.example.org/shop.Orders/List").leavesByGateway(TO_GATEWAY, OUT);
    mesh.call("shop", "http://api.example.org/shop.Orders/Add")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_80 > api.example.org:80")
        .because("404");
  }

  @Test
  void aRouteAsksForHeadersAndMethods() {
    String asking =
        changed(
            DETOUR,
            "  - backendRefs",
            "  - matches: [{method: GET, headers: [{name: x-team, value: web}]}]\n    backendRefs");
    TestMesh mesh = mesh(ENTRY, GATEWAY, LEAVE, asking);
    Call call = Call.to(Caller.in("shop"), "http://api.example.org/");
    mesh.call(call.with("", "", "", Map.of("x-team", "web"))).leavesByGateway(TO_GATEWAY, OUT);
    mesh.call(call).fails(Outcome.BLOCKED, "0.0.0.0_80 > api.example.org:80").because("404");
  }
}
