package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.destinationRule;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static io.github.istioegress.trace.Manifests.originationAtGateway;
import static io.github.istioegress.trace.Manifests.tlsThroughGateway;

import org.junit.jupiter.api.Test;

/** Laws 1 to 3: patterns that are right alone and wrong together. */
final class PatternsTogetherTest {

  @Test
  void law1ANamespacesOwnRuleForTheGatewayHidesTheSubsetsOfOtherNamespaces() {
    String shared =
        changed(
            httpThroughGateway("app", "api.example.org"),
            "kind: DestinationRule\nmetadata:\n  name: api-example-org\n  namespace: app",
            "kind: DestinationRule\nmetadata:\n  name: api-example-org\n  namespace: istio-system");
    TestMesh.of(shared)
        .call("shop", "http://api.example.org/")
        .leavesByGateway(
            "0.0.0.0_80 > api.example.org:80"
                + " > outbound|80|api-example-org|istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8080 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)");
    String own =
        destinationRule(
            "shop/own",
            """
            host: istio-egressgateway.istio-system.svc.cluster.local
            subsets: [{name: own}]
            """);
    TestMesh.of(shared, own)
        .call("shop", "http://api.example.org/")
        .fails(
            Outcome.BLOCKED,
            "0.0.0.0_80 > api.example.org:80"
                + " > outbound|80|api-example-org|istio-egressgateway.istio-system")
        .because("503 NC");
  }

  @Test
  void law2ARuleForTheWholeGatewayRewritesTheSniOfOtherHosts() {
    String whole =
        changed(
            originationAtGateway("app", "api.example.org"),
            """
              subsets:
              - name: api-example-org
                trafficPolicy:
                  portLevelSettings:
                  - port: {number: 443}
                    tls: {mode: ISTIO_MUTUAL, sni: api.example.org}
            """,
            """
              subsets: [{name: api-example-org}]
              trafficPolicy:
                portLevelSettings:
                - port: {number: 443}
                  tls: {mode: ISTIO_MUTUAL, sni: api.example.org}
            """);
    String other = tlsThroughGateway("app", "www.example.org");
    TestMesh.of(whole, changed(other, "        subset: www-example-org\n", ""))
        .call("app", "https://www.example.org/")
        .ends(Outcome.TLS_MISMATCH, Way.NONE)
        .passes(
            "0.0.0.0_443 > tcp > outbound|443||istio-egressgateway.istio-system (EDS)"
                + " with ISTIO_MUTUAL api.example.org",
            "0.0.0.0_8443 > http");
  }

  @Test
  void law3AWildcardRouteTakesAHostThatHasAnEntryButNoRouteToTheWrongServer() {
    String wildcard =
        changed(
            httpThroughGateway("app", "*.example.org"),
            "resolution: DNS",
            "resolution: DNS\n  endpoints: [{address: front.example.net}]");
    TestMesh.of(wildcard, entry("app", "mail.example.org", 80, "HTTP"))
        .call("app", "http://mail.example.org/")
        .leavesByGateway(
            "0.0.0.0_80 > mail.example.org:80"
                + " > outbound|80|any-example-org|istio-egressgateway.istio-system (EDS)",
            "0.0.0.0_8080 > *.example.org:80 > outbound|80||*.example.org (STRICT_DNS)")
        .because("front.example.net:80");
  }
}
