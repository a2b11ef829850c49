package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static io.github.istioegress.trace.Manifests.originationAtGateway;
import static io.github.istioegress.trace.Manifests.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Istio makes of VirtualServices and Gateways. */
final class RouteTest {

  private static final String HTTP =
      "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)";

  private static TestMesh routed(String destinations) {
    return TestMesh.of(
        entry("app", "api.example.org", 80, "HTTP"),
        entry("app", "www.example.org", 80, "HTTP"),
        virtualService(
            "app/api",
            """
            hosts: [api.example.org]
            http:
            - route: %s
            """
                .formatted(destinations)));
  }

  @Test
  void weightsNeedNotSumTo100() {
    routed(
            "[{destination: {host: api.example.org}, weight: 3},"
                + " {destination: {host: www.example.org}, weight: 1}]")
        .call("app", "http://api.example.org/")
        .ends(Outcome.EXTERNAL, Way.DIRECT)
        .share(0, 3, Outcome.EXTERNAL, HTTP)
        .share(
            1,
            1,
            Outcome.EXTERNAL,
            "0.0.0.0_80 > api.example.org:80 > outbound|80||www.example.org (STRICT_DNS)");
  }

  @Test
  void sharesThatEndDifferentlyAreMixed() {
    routed(
            "[{destination: {host: api.example.org}, weight: 90},"
                + " {destination: {host: gone.example.org}, weight: 10}]")
        .call("app", "http://api.example.org/")
        .ends(Outcome.MIXED, Way.DIRECT)
        .share(0, 90, Outcome.EXTERNAL, HTTP)
        .share(
            1,
            10,
            Outcome.BLOCKED,
            "0.0.0.0_80 > api.example.org:80 > outbound|80||gone.example.org");
  }

  @Test
  void aDestinationWithoutPortTakesThePortOfTheCall() {
    routed("[{destination: {host: api.example.org}}]")
        .call("app", "http://api.example.org/")
        .leavesDirectly(HTTP);
  }

  @Test
  void aPortThatTheHostLacksIs503() {
    routed("[{destination: {host: api.example.org, port: {number: 8080}}}]")
        .call("app", "http://api.example.org/")
        .fails(Outcome.BLOCKED, "0.0.0.0_80 > api.example.org:80 > outbound|8080||api.example.org")
        .because("503 NC");
  }

  @Test
  void aSubsetThatNobodyDefinesIs503() {
    routed("[{destination: {host: api.example.org, subset: gone}}]")
        .call("app", "http://api.example.org/")
        .fails(
            Outcome.BLOCKED, "0.0.0.0_80 > api.example.org:80 > outbound|80|gone|api.example.org")
        .because("503 NC");
  }

  @Test
  void aMeshRouteServesAHostWithoutEntryWhereThePortIsListenedOn() {
    TestMesh mesh =
        TestMesh.of(
            entry("app", "api.example.org", 80, "HTTP"),
            virtualService(
                "app/alias",
                """
                hosts: [alias.example]
                http:
                - route: [{destination: {host: api.example.org, port: {number: 80}}}]
                """));
    mesh.call("app", "http://alias.example/")
        .leavesDirectly(
            "0.0.0.0_80 > alias.example:80 > outbound|80||api.example.org (STRICT_DNS)");
    mesh.call("app", "http://alias.example:8080/")
        .leavesUndeclared("virtualOutbound > tcp > PassthroughCluster (ORIGINAL_DST)");
  }

  @Test
  void theSidecarLooksAtTheHostHeaderNotAtTheDialledAddress() {
    TestMesh mesh = TestMesh.of(entry("app", "api.example.org", 80, "HTTP")).registryOnly();
    Call call =
        Call.to(Caller.in("app"), "http://istio-egressgateway.istio-system.svc.cluster.local/");
    mesh.call(call.with("", "", "", Map.of("host", "api.example.org"))).leavesDirectly(HTTP);
  }

  @Test
  void theDefaultSniOfMeshMutualTlsFindsNoChain() {
    String manifests =
        changed(
            originationAtGateway("app", "api.example.org"),
            "tls: {mode: ISTIO_MUTUAL, sni: api.example.org}",
            "tls: {mode: ISTIO_MUTUAL}");
    TestMesh.of(manifests)
        .call("app", "http://api.example.org/")
        .fails(
            Outcome.BLOCKED,
            "0.0.0.0_80 > api.example.org:80"
                + " > outbound|443|api-example-org|istio-egressgateway.istio-system (EDS)"
                + " with ISTIO_MUTUAL"
                + " outbound_.443_.api-example-org_.istio-egressgateway.istio-system",
            "0.0.0.0_8443 >")
        .because("no filter chain of 0.0.0.0_8443");
  }

  @Test
  void plainTextTowardsAMutualServerFails() {
    String manifests =
        changed(
            originationAtGateway("app", "api.example.org"),
            "tls: {mode: ISTIO_MUTUAL, sni: api.example.org}",
            "tls: {mode: DISABLE}");
    TestMesh.of(manifests)
        .call("app", "http://api.example.org/")
        .fails(
            Outcome.TLS_MISMATCH,
            "0.0.0.0_80 > api.example.org:80"
                + " > outbound|443|api-example-org|istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8443 >")
        .because("plain text reaches a port that expects TLS");
  }

  @Test
  void mutualTlsTowardsAPlainServerFails() {
    String manifests =
        changed(
            httpThroughGateway("app", "api.example.org"),
            "subsets: [{name: api-example-org}]",
            "subsets: [{name: api-example-org, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}]");
    TestMesh.of(manifests)
        .call("app", "http://api.example.org/")
        .ends(Outcome.TLS_MISMATCH, Way.NONE)
        .because("TLS reaches a listener that expects plain HTTP");
  }

  @Test
  void theFirstRouteThatMatchesHolds() {
    TestMesh mesh =
        TestMesh.of(
            entry("app", "api.example.org", 80, "HTTP"),
            virtualService(
                "app/api",
                """
                hosts: [api.example.org]
                http:
                - name: a
                  match: [{uri: {prefix: /a}}]
                  route: [{destination: {host: api.example.org}}]
                - name: redirected
                  match: [{headers: {x-team: {exact: web}}}]
                  redirect: {uri: /elsewhere}
                - name: rest
                  timeout: 5s
                  retries: {attempts: 3}
                  route: [{destination: {host: api.example.org}}]
                """));
    assertThat(mesh.call("app", "http://api.example.org/a/b").leavesDirectly(HTTP).lastDecisions())
        .first()
        .hasToString("VirtualService app/api spec.http[0]");
    Hop rest =
        mesh.call("app", "http://api.example.org/")
            .leavesDirectly(HTTP)
            .trace()
            .branches()
            .get(0)
            .hops()
            .get(0);
    assertThat(rest.route()).isEqualTo("rest");
    assertThat(rest.timeout()).isEqualTo("5s");
    assertThat(rest.retries()).contains(3);
    Call web = Call.to(Caller.in("app"), "http://api.example.org/");
    mesh.call(web.with("", "", "", Map.of("X-Team", "web")))
        .fails(Outcome.ANSWERED, "0.0.0.0_80 > api.example.org:80")
        .because("301");
  }
}
