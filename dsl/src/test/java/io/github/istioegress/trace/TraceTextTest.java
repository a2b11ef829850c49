package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.authorizationPolicy;
import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static io.github.istioegress.trace.Manifests.originationAtGateway;
import static io.github.istioegress.trace.Manifests.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.approvaltests.Approvals;
import org.junit.jupiter.api.Test;

/** Traces in words, as somebody who is new to Istio reads them. */
final class TraceTextTest {

  private static final String APP = "akv2k8s-test/app=sleep";
  private static final TestMesh SEED = TestMesh.of(Seed.EGRESS).registryOnly();

  private static void verify(TracedCall call) {
    Approvals.verify(TraceText.of(List.of(call.trace())));
  }

  @Test
  void throughTheGateway() {
    verify(SEED.call(APP, "http://edition.cnn.com/politics"));
  }

  @Test
  void aroundTheGateway() {
    verify(SEED.call(APP, "https://edition.cnn.com/politics"));
  }

  @Test
  void blockedByBlockAll() {
    verify(SEED.call(APP, "http://other.example/"));
  }

  @Test
  void closedByBlackHoleCluster() {
    verify(SEED.call(APP, "https://other.example/"));
  }

  @Test
  void passedOnInAnOpenMesh() {
    verify(TestMesh.of(Seed.EGRESS).call(APP, "https://other.example/"));
  }

  @Test
  void subsetThatTheNamespaceDoesNotSee() {
    verify(SEED.call("shop", "http://edition.cnn.com/politics"));
  }

  @Test
  void deniedByAPolicy() {
    verify(
        TestMesh.of(
                originationAtGateway("shop", "api.example.org"),
                authorizationPolicy(
                    "istio-system/only-reads",
                    """
                    selector: {matchLabels: {istio: egressgateway}}
                    rules:
                    - from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]
                      to: [{operation: {methods: [GET]}}]
                    """))
            .call(
                Call.to(
                        new Caller("shop", java.util.Map.of(), "web"),
                        "http://api.example.org/orders")
                    .withMethod("POST")));
  }

  @Test
  void allowedByAPolicy() {
    verify(
        TestMesh.of(
                originationAtGateway("shop", "api.example.org"),
                authorizationPolicy(
                    "istio-system/shop", "rules: [{from: [{source: {namespaces: [shop]}}]}]"))
            .call("shop", "http://api.example.org/orders"));
  }

  @Test
  void loop() {
    String loop =
        changed(
            changed(
                httpThroughGateway("app", "api.example.org"),
                "- {gateways: [mesh], port: 80}",
                "- {port: 80}"),
            "        subset: api-example-org\n",
            "");
    verify(TestMesh.of(loop).call("app", "http://api.example.org/"));
  }

  @Test
  void tlsMismatch() {
    String plain =
        changed(
            originationAtGateway("app", "api.example.org"),
            "tls: {mode: ISTIO_MUTUAL, sni: api.example.org}",
            "tls: {mode: DISABLE}");
    verify(TestMesh.of(plain).call("app", "http://api.example.org/"));
  }

  @Test
  void weighted() {
    String weighted =
        virtualService(
            "app/api",
            """
            hosts: [api.example.org]
            http:
            - name: canary
              route:
              - {destination: {host: api.example.org}, weight: 90}
              - {destination: {host: gone.example.org}, weight: 10}
            """);
    verify(
        TestMesh.of(entry("app", "api.example.org", 80, "HTTP"), weighted)
            .call("app", "http://api.example.org/"));
  }

  @Test
  void originationAtTheGateway() {
    verify(
        TestMesh.of(originationAtGateway("app", "api.example.org"))
            .call("app", "http://api.example.org/"));
  }

  @Test
  void severalTracesStandApart() {
    Trace one = SEED.call(APP, "http://edition.cnn.com/").trace();
    String text = TraceText.of(List.of(one, one));
    assertThat(text).isEqualTo(TraceText.of(List.of(one)) + "\n" + TraceText.of(List.of(one)));
  }

  @Test
  void oneLineForALog() {
    assertThat(TraceText.line(SEED.call(APP, "http://edition.cnn.com/politics").trace()))
        .isEqualTo(
            "http://edition.cnn.com:80/politics from akv2k8s-test leaves to the host (via-gateway):"
                + " app -> sidecar -> egress gateway istio-system/istio-egressgateway"
                + " -> edition.cnn.com:80");
    assertThat(TraceText.line(SEED.call(APP, "https://other.example/").trace()))
        .isEqualTo(
            "https://other.example:443/ from akv2k8s-test is blocked (none): app -> sidecar:"
                + " sidecar akv2k8s-test closes the connection: nothing it sees declares the"
                + " destination and outboundTrafficPolicy is REGISTRY_ONLY");
  }

  @Test
  void oneLineOfACallThatAnotherHostGets() {
    String takes =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: db, namespace: app}
        spec:
          hosts: [db.example.org]
          ports: [{number: 5432, name: tcp, protocol: TCP}]
          resolution: DNS
        """;
    assertThat(TraceText.line(TestMesh.of(takes).call("app", "tcp://other.example:5432").trace()))
        .endsWith("app -> sidecar -> db.example.org:5432");
  }
}
