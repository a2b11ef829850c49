package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.at;
import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.gateway;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static io.github.istioegress.trace.Manifests.join;
import static io.github.istioegress.trace.Manifests.originationAtGateway;
import static io.github.istioegress.trace.Manifests.tlsThroughGateway;
import static io.github.istioegress.trace.Manifests.virtualService;
import static io.github.istioegress.trace.Manifests.without;

import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Laws 12 to 17: what a match means at a gateway and at a sidecar. */
final class RouteLawsTest {

  private static final String TO_GATEWAY =
      "0.0.0.0_80 > api.example.org:80"
          + " > outbound|80|api-example-org|istio-egressgateway.istio-system (EDS)";
  private static final String FROM_GATEWAY =
      "0.0.0.0_8080 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)";

  @Test
  void law12AMatchAtAGatewayNamesTheServersNumberNotThePodsPort() {
    String podsPort =
        changed(
            httpThroughGateway("app", "api.example.org"),
            "- {gateways: [api-example-org], port: 80}",
            "- {gateways: [api-example-org], port: 8080}");
    TestMesh.of(podsPort)
        .call("app", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_8080 > blackhole:80")
        .because("404");
  }

  @Test
  void law12AServerOfThePodsPortListensOnTheSame() {
    String manifests =
        changed(
            changed(
                httpThroughGateway("app", "api.example.org"),
                "- {gateways: [api-example-org], port: 80}",
                "- {gateways: [api-example-org], port: 8080}"),
            "- port: {number: 80, name: http, protocol: HTTP}",
            "- port: {number: 8080, name: http, protocol: HTTP}");
    TestMesh.of(manifests)
        .call("app", "http://api.example.org/")
        .leavesByGateway(
            TO_GATEWAY,
            "0.0.0.0_8080 > api.example.org:8080 > outbound|80||api.example.org (STRICT_DNS)");
  }

  private static final String NO_PORT =
      changed(
          originationAtGateway("app", "api.example.org"),
          "- destination: {host: api.example.org, port: {number: 443}}",
          "- destination: {host: api.example.org}");

  private static final String TO_MUTUAL =
      "0.0.0.0_80 > api.example.org:80"
          + " > outbound|443|api-example-org|istio-egressgateway.istio-system (EDS)"
          + " with ISTIO_MUTUAL api.example.org";

  @Test
  void law13AGatewayLegWithoutPortTakesTheServersNumber() {
    TestMesh.of(without("DestinationRule", NO_PORT), rule())
        .call("app", "http://api.example.org/")
        .leavesByGateway(
            TO_MUTUAL,
            "0.0.0.0_8443 > api.example.org:443 > outbound|443||api.example.org (STRICT_DNS)")
        .because("api.example.org:443");
  }

  private static String rule() {
    return Manifests.destinationRule(
        "app/gateway",
        """
        host: istio-egressgateway.istio-system.svc.cluster.local
        subsets:
        - name: api-example-org
          trafficPolicy:
            tls: {mode: ISTIO_MUTUAL, sni: api.example.org}
        """);
  }

  @Test
  void law13OrTheOnlyPortOfTheEntry() {
    String onePort =
        join(without("ServiceEntry", NO_PORT), entry("app", "api.example.org", 80, "HTTP"));
    TestMesh.of(onePort)
        .call("app", "http://api.example.org/")
        .leavesByGateway(
            TO_MUTUAL,
            "0.0.0.0_8443 > api.example.org:443 > outbound|80||api.example.org (STRICT_DNS)");
  }

  @Test
  void law13OrNoneWhereSeveralPortsAreOthers() {
    String others =
        changed(
            NO_PORT,
            "- {number: 443, name: https, protocol: HTTPS}",
            "- {number: 8443, name: https, protocol: HTTPS}");
    TestMesh.of(others)
        .call("app", "http://api.example.org/")
        .fails(
            Outcome.BLOCKED,
            TO_MUTUAL,
            "0.0.0.0_8443 > api.example.org:443 > outbound|443||api.example.org")
        .because("503 NC");
  }

  private static final String NO_GATEWAYS =
      changed(
          httpThroughGateway("app", "api.example.org"),
          "- {gateways: [mesh], port: 80}",
          "- {port: 80}");

  @Test
  void law14AMeshLegThatNamesNoGatewaysLoopsAtTheGateway() {
    String withoutSubset = changed(NO_GATEWAYS, "        subset: api-example-org\n", "");
    TestMesh.of(withoutSubset)
        .call("app", "http://api.example.org/")
        .fails(
            Outcome.LOOP,
            "0.0.0.0_80 > api.example.org:80 > outbound|80||istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8080 > api.example.org:80"
                + " > outbound|80||istio-egressgateway.istio-system (EDS)")
        .because("sends the call to its own listener 0.0.0.0_8080 again");
  }

  @Test
  void law14OrIs503WhereTheGatewayDoesNotSeeTheSubset() {
    TestMesh.of(NO_GATEWAYS)
        .call("app", "http://api.example.org/")
        .fails(
            Outcome.BLOCKED,
            TO_GATEWAY,
            "0.0.0.0_8080 > api.example.org:80"
                + " > outbound|80|api-example-org|istio-egressgateway.istio-system")
        .because("503 NC");
  }

  private static String tcpRoute(String name, String host) {
    return virtualService(
        "app/" + name,
        """
        hosts: [tcp.example.org]
        tcp:
        - match: [{port: 9000}]
          route: [{destination: {host: %s, port: {number: 9000}}}]
        """
            .formatted(host));
  }

  @Test
  void law15OfTwoTcpLegsForOneHostTheOlderStands() {
    TestMesh.of(
            entry("app", "tcp.example.org", 9000, "TCP"),
            entry("app", "one.example.org", 9000, "HTTP"),
            entry("app", "two.example.org", 9000, "HTTP"),
            at(2, tcpRoute("young", "two.example.org")),
            at(1, tcpRoute("old", "one.example.org")))
        .call("app", "tcp://tcp.example.org:9000")
        .leavesDirectly("0.0.0.0_9000 > tcp > outbound|9000||one.example.org (STRICT_DNS)");
  }

  @Test
  void law15UnlessBothGiveSubnetsWhichEnvoyRefuses() {
    String match = "match: [{port: 9000}]";
    String subnets = "match: [{port: 9000, destinationSubnets: [10.1.0.0/16]}]";
    TestMesh.of(
            // The oldest begins the listener; one that joins it later drops its twin.
            at(1, entry("app", "tcp.example.org", 9000, "TCP")),
            at(2, entry("app", "one.example.org", 9000, "HTTP")),
            at(2, entry("app", "two.example.org", 9000, "HTTP")),
            at(2, changed(tcpRoute("young", "two.example.org"), match, subnets)),
            at(1, changed(tcpRoute("old", "one.example.org"), match, subnets)))
        .call("app", "tcp://tcp.example.org:9000")
        .fails(Outcome.UNDETERMINED)
        .because("two of its filter chains have the same match");
  }

  private static String tlsRoute(String name, String host) {
    return virtualService(
        "app/" + name,
        """
        hosts: [api.example.org]
        tls:
        - match: [{port: 443, sniHosts: [api.example.org]}]
          route: [{destination: {host: %s, port: {number: 443}}}]
        """
            .formatted(host));
  }

  @Test
  void law15OfTwoTlsLegsWithOneSniTheOlderStands() {
    TestMesh.of(
            entry("app", "api.example.org", 443, "TLS"),
            entry("app", "one.example.org", 443, "TLS"),
            entry("app", "two.example.org", 443, "TLS"),
            at(2, tlsRoute("young", "two.example.org")),
            at(1, tlsRoute("old", "one.example.org")))
        .call("app", "https://api.example.org/")
        .leavesDirectly("0.0.0.0_443 > tcp > outbound|443||one.example.org (STRICT_DNS)");
  }

  @Test
  void law16ATlsLegForAHostWithoutEntryDoesNothing() {
    String noEntry = without("ServiceEntry", tlsThroughGateway("app", "api.example.org"));
    TestMesh.of(noEntry, entry("app", "www.example.org", 443, "TLS"))
        .registryOnly()
        .call("app", "https://api.example.org/")
        .fails(Outcome.BLOCKED, "0.0.0.0_443 > tcp > BlackHoleCluster (STATIC)");
  }

  @Test
  void law16AnHttpLegForAHostWithoutEntryWorks() {
    String noEntry = without("ServiceEntry", httpThroughGateway("app", "api.example.org"));
    TestMesh.of(noEntry)
        .registryOnly()
        .call("app", "http://api.example.org/")
        .fails(
            Outcome.BLOCKED,
            TO_GATEWAY,
            "0.0.0.0_8080 > api.example.org:80 > outbound|80||api.example.org")
        .because("503 NC");
  }

  @Test
  void law17AnHttpServerWithoutRouteAnswers404() {
    String unserved =
        changed(
            httpThroughGateway("app", "api.example.org"),
            "protocol: HTTP}\n    hosts: [api.example.org]",
            "protocol: HTTP}\n    hosts: [elsewhere.example]");
    TestMesh.of(unserved)
        .call("app", "http://api.example.org/")
        .fails(Outcome.BLOCKED, TO_GATEWAY, "0.0.0.0_8080 > blackhole:80")
        .because("404");
  }

  private static final String TO_TLS =
      "0.0.0.0_443 > tcp > outbound|443|api-example-org|istio-egressgateway.istio-system (EDS)";

  private static final String UNSERVED_TLS =
      changed(
          tlsThroughGateway("app", "api.example.org"),
          "tls: {mode: PASSTHROUGH}\n    hosts: [api.example.org]",
          "tls: {mode: PASSTHROUGH}\n    hosts: [elsewhere.example]");

  @Test
  void law17ATlsServerWithoutRouteDoesNotListen() {
    TestMesh.of(UNSERVED_TLS)
        .call("app", "https://api.example.org/")
        .fails(Outcome.BLOCKED, TO_TLS)
        .because("connection refused");
  }

  @Test
  void law17OrClosesWhereAnotherHostHasAChain() {
    TestMesh.of(UNSERVED_TLS, tlsThroughGateway("app", "www.example.org"))
        .call("app", "https://api.example.org/")
        .fails(Outcome.BLOCKED, TO_TLS, "0.0.0.0_8443 >")
        .because("no filter chain of 0.0.0.0_8443 takes the SNI api.example.org");
  }

  @Test
  void law17ATcpServerWithoutRouteDoesNotListen() {
    GatewayWorkload withTcp =
        new GatewayWorkload(
            "istio-egressgateway",
            "istio-system",
            Map.of("istio", "egressgateway"),
            List.of(new GatewayWorkload.Port(9000, 9000)));
    TestMesh.of(
            entry("app", "tcp.example.org", 9000, "TCP"),
            gateway(
                "app/tcp",
                """
                selector: {istio: egressgateway}
                servers:
                - port: {number: 9000, name: tcp, protocol: TCP}
                  hosts: [tcp.example.org]
                """),
            tcpRoute("to-gateway", "istio-egressgateway.istio-system.svc.cluster.local"))
        .withGateways(withTcp)
        .call("app", "tcp://tcp.example.org:9000")
        .fails(
            Outcome.BLOCKED,
            "0.0.0.0_9000 > tcp > outbound|9000||istio-egressgateway.istio-system (EDS)")
        .because("connection refused");
  }

  @Test
  void aTcpLegTakesEverythingThroughTheGateway() {
    GatewayWorkload withTcp =
        new GatewayWorkload(
            "istio-egressgateway",
            "istio-system",
            Map.of("istio", "egressgateway"),
            List.of(new GatewayWorkload.Port(9000, 9000)));
    TestMesh.of(
            entry("app", "tcp.example.org", 9000, "TCP"),
            gateway(
                "app/tcp",
                """
                selector: {istio: egressgateway}
                servers:
                - port: {number: 9000, name: tcp, protocol: TCP}
                  hosts: [tcp.example.org]
                """),
            virtualService(
                "app/tcp",
                """
                hosts: [tcp.example.org]
                gateways: [mesh, tcp]
                tcp:
                - match: [{gateways: [mesh], port: 9000}]
                  route:
                  - destination:
                      host: istio-egressgateway.istio-system.svc.cluster.local
                      port: {number: 9000}
                - match: [{gateways: [tcp], port: 9000}]
                  route: [{destination: {host: tcp.example.org, port: {number: 9000}}}]
                """))
        .withGateways(withTcp)
        .call("app", "tcp://tcp.example.org:9000")
        .leavesByGateway(
            "0.0.0.0_9000 > tcp > outbound|9000||istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_9000 > tcp > outbound|9000||tcp.example.org (STRICT_DNS)");
  }

  @Test
  void withAllRightItPasses() {
    TestMesh.of(httpThroughGateway("app", "api.example.org"))
        .call("app", "http://api.example.org/")
        .leavesByGateway(TO_GATEWAY, FROM_GATEWAY);
  }
}
