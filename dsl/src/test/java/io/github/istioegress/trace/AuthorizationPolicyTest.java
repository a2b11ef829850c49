package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.authorizationPolicy;
import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static io.github.istioegress.trace.Manifests.originationAtGateway;
import static io.github.istioegress.trace.Manifests.serviceEntry;
import static io.github.istioegress.trace.Manifests.tlsThroughGateway;
import static io.github.istioegress.trace.Manifests.without;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What gateways make of AuthorizationPolicies. */
final class AuthorizationPolicyTest {

  private static final String HOST = "api.example.org";
  private static final String MUTUAL = originationAtGateway("shop", HOST);
  private static final String PLAIN = httpThroughGateway("shop", HOST);
  private static final String PASSTHROUGH = tlsThroughGateway("shop", HOST);
  private static final Call WEB =
      Call.to(new Caller("shop", Map.of(), "web"), "http://api.example.org/orders/7?x=1");

  private static String policy(String spec) {
    return authorizationPolicy("istio-system/egress", spec);
  }

  private static TracedCall http(String pattern, String spec) {
    return TestMesh.of(pattern, policy(spec)).call(WEB);
  }

  private static TracedCall tls(String spec) {
    return TestMesh.of(PASSTHROUGH, policy(spec)).call("shop", "https://api.example.org");
  }

  private static void passes(TracedCall call, boolean passes) {
    assertThat(call.trace().outcome())
        .as(call.trace().detail())
        .isEqualTo(passes ? Outcome.EXTERNAL : Outcome.DENIED);
  }

  @Test
  void withoutRulesNothingIsAllowed() {
    http(MUTUAL, "{}")
        .fails(
            Outcome.DENIED,
            "0.0.0.0_80 > api.example.org:80 > outbound|443|api-example-org|istio-egressgateway.istio-system"
                + " (EDS) with ISTIO_MUTUAL api.example.org",
            "0.0.0.0_8443 > api.example.org:443")
        .because(
            "gateway istio-system/istio-egressgateway answers 403 (RBAC: access denied):"
                + " AuthorizationPolicy istio-system/egress allows nothing: it has no rules");
  }

  @Test
  void anEmptyRuleAllowsEverything() {
    TracedCall call = http(MUTUAL, "rules: [{}]");
    passes(call, true);
    assertThat(call.lastDecisions())
        .contains("AuthorizationPolicy istio-system/egress spec.rules[0]");
  }

  @Test
  void theRuleThatDeniesIsNamedWithItsPlace() {
    TracedCall call =
        http(MUTUAL, "action: DENY\nrules:\n- to: [{operation: {methods: [POST]}}]\n- {}\n");
    call.because("spec.rules[1] of AuthorizationPolicy istio-system/egress denies it");
    assertThat(call.lastDecisions())
        .contains("AuthorizationPolicy istio-system/egress spec.rules[1]");
    assertThat(call.trace().branches().get(0).hops().get(1).decisions())
        .allMatch(decision -> decision.place().isPresent());
  }

  @Test
  void denyGoesBeforeAllow() {
    TracedCall call =
        TestMesh.of(
                MUTUAL,
                policy("rules: [{}]"),
                authorizationPolicy("istio-system/late", "action: DENY\nrules: [{}]"))
            .call(WEB);
    call.because("AuthorizationPolicy istio-system/late denies it");
  }

  @Test
  void auditAndDryRunChangeNothing() {
    passes(http(MUTUAL, "action: AUDIT\nrules: [{}]"), true);
    String dry =
        changed(
            policy("{}"),
            "  namespace: istio-system\n",
            "  namespace: istio-system\n  annotations: {istio.io/dry-run: \"true\"}\n");
    passes(TestMesh.of(MUTUAL, dry).call(WEB), true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "principals: [cluster.local/ns/shop/sa/web]        | true",
        "principals: [cluster.local/ns/shop/sa/batch]      | false",
        "principals: [cluster.local/ns/shop/*]             | true",
        "principals: ['*/sa/web']                          | true",
        "principals: ['clu*/ns/shop/sa/web']               | true",
        "principals: ['*']                                 | true",
        "notPrincipals: [cluster.local/ns/shop/sa/web]     | false",
        "notPrincipals: [cluster.local/ns/bank/sa/web]     | true",
        "namespaces: [shop]                                | true",
        "namespaces: ['s*p']                               | true",
        "namespaces: [bank]                                | false",
        "notNamespaces: [shop]                             | false",
        "serviceAccounts: [shop/web]                       | true",
        "serviceAccounts: [web]                            | false",
        "trustDomains: [cluster.local]                     | true",
        "trustDomains: ['*.domain']                        | false",
        "notTrustDomains: [other.domain]                   | true",
        "requestPrincipals: ['*']                          | false",
        "notRequestPrincipals: ['*']                       | true",
      })
  void overMeshMutualTlsTheGatewayKnowsWhoCalls(String source, boolean allowed) {
    passes(http(MUTUAL, "rules: [{from: [{source: {%s}}]}]".formatted(source)), allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "principals: ['*']      | false",
        "namespaces: [shop]     | false",
        "notPrincipals: ['*']   | true",
        "notNamespaces: [shop]  | true",
      })
  void overPlainTextItKnowsNobody(String source, boolean allowed) {
    passes(http(PLAIN, "rules: [{from: [{source: {%s}}]}]".formatted(source)), allowed);
  }

  @Test
  void whereNobodyIsKnownTheRemedyIsMutualTls() {
    assertThat(http(PLAIN, "rules: [{from: [{source: {namespaces: [shop]}}]}]").trace().remedy())
        .contains("ISTIO_MUTUAL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hosts: [API.example.org]            | true",
        "hosts: ['*.example.org']            | true",
        "hosts: ['api*']                     | true",
        "hosts: [www.example.org]            | false",
        "notHosts: [api.example.org]         | false",
        "ports: ['8443']                     | true",
        "ports: ['443']                      | false",
        "notPorts: ['80']                    | true",
        "methods: [GET]                      | true",
        "methods: [get]                      | false",
        "notMethods: [POST]                  | true",
        "paths: [/orders/7]                  | true",
        "paths: ['/orders/*']                | true",
        "paths: ['*7']                       | true",
        "paths: [/orders]                    | false",
        "paths: ['/orders/{*}']              | true",
        "paths: ['/{*}']                     | false",
        "paths: ['/{**}']                    | true",
        "paths: ['/orders/7/{**}']           | false",
        "notPaths: ['/orders/*']             | false",
        "hosts: ['*'], paths: [/other]       | false",
      })
  void whatIsAskedFor(String operation, boolean allowed) {
    passes(http(MUTUAL, "rules: [{to: [{operation: {%s}}]}]".formatted(operation)), allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connection.sni              | values: [api.example.org]                    | true",
        "connection.sni              | values: ['*.example.org']                    | true",
        "connection.sni              | notValues: ['*.example.org']                 | false",
        "destination.port            | values: ['8443']                             | true",
        "destination.port            | values: ['443']                              | false",
        "source.namespace            | values: [shop]                               | true",
        "source.principal            | values: [cluster.local/ns/shop/sa/web]       | true",
        "source.principal            | notValues: ['*']                             | false",
        "source.serviceAccount       | values: [shop/web]                           | true",
        "request.headers[x-team]     | values: [blue]                               | false",
        "request.headers[x-team]     | notValues: [blue]                            | true",
        "request.headers[Host]       | values: [api.example.org]                    | true",
        "request.auth.claims[group]  | values: [admin]                              | false",
      })
  void conditions(String key, String values, boolean allowed) {
    passes(http(MUTUAL, "rules: [{when: [{key: '%s', %s}]}]".formatted(key, values)), allowed);
  }

  @Test
  void aHeaderIsFoundInAnyCaseAndComparedAsItIs() {
    TestMesh mesh =
        TestMesh.of(
            MUTUAL, policy("rules: [{when: [{key: 'request.headers[X-Team]', values: ['b*']}]}]"));
    passes(mesh.call(WEB.with("", "", "", Map.of("x-TEAM", "blue"))), true);
    passes(mesh.call(WEB.with("", "", "", Map.of("x-team", "Blue"))), false);
  }

  @Test
  void theMethodOfTheCallCounts() {
    TestMesh mesh =
        TestMesh.of(
            MUTUAL, policy("action: DENY\nrules: [{to: [{operation: {methods: ['P*']}}]}]"));
    passes(mesh.call(WEB), true);
    passes(mesh.call(WEB.withMethod("PUT")), false);
  }

  @Test
  void oneOfSeveralSourcesIsEnoughButEachAsItIsWritten() {
    String sources =
        """
        rules:
        - from:
          - source: {namespaces: [shop], principals: [cluster.local/ns/shop/sa/batch]}
          - source: {namespaces: [SHOP]}
        """;
    passes(http(MUTUAL, sources), false);
    passes(http(MUTUAL, changed(sources, "SHOP", "shop")), true);
  }

  @Test
  void policiesAreAskedBeforeA404IsAnswered() {
    String unrouted =
        changed(
            MUTUAL, "- {gateways: [api-example-org], port: 443}", "- {gateways: [mesh], port: 9}");
    TestMesh.of(unrouted).call(WEB).because("answers 404");
    TestMesh.of(unrouted, policy("{}")).call(WEB).because("answers 403");
  }

  @Test
  void bytesOfWhichNothingIsReadKnowSniAndPort() {
    passes(tls("rules: [{when: [{key: connection.sni, values: [api.example.org]}]}]"), true);
    passes(tls("rules: [{to: [{operation: {ports: ['8443']}}]}]"), true);
    TracedCall refused = tls("rules: [{to: [{operation: {ports: ['443']}}]}]");
    refused.because("gateway istio-system/istio-egressgateway closes the connection: no rule of");
    passes(refused, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to: [{operation: {hosts: [api.example.org]}}]",
        "to: [{operation: {ports: ['8443']}}, {operation: {methods: ['*']}}]",
        "when: [{key: 'request.headers[host]', values: ['*']}]",
        "from: [{source: {notRequestPrincipals: ['*']}}]",
      })
  void anAllowRuleThatAsksForARequestIsLeftOutForBytes(String rule) {
    TracedCall call = tls("rules: [{%s}]".formatted(rule));
    passes(call, false);
    assertThat(call.trace().remedy()).contains("without hosts, methods, paths");
  }

  @Test
  void aDenyRuleLosesWhatAsksForARequestAndDeniesMore() {
    passes(tls("action: DENY\nrules: [{to: [{operation: {hosts: [other.example]}}]}]"), false);
    passes(
        tls("action: DENY\nrules: [{to: [{operation: {hosts: [a.example], ports: ['80']}}]}]"),
        true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "istio-system/p | selector: {matchLabels: {istio: egressgateway}} | false",
        "istio-system/p | selector: {matchLabels: {istio: other}}         | true",
        "istio-system/p | ''                                              | false",
        "shop/p         | ''                                              | true",
      })
  void theyHoldForPodsOfTheirNamespaceByLabels(String name, String selector, boolean passes) {
    String spec = selector.isEmpty() ? "{}" : selector;
    passes(TestMesh.of(MUTUAL, authorizationPolicy(name.strip(), spec)).call(WEB), passes);
  }

  @Test
  void oneOfTheRootNamespaceHoldsForGatewaysElsewhere() {
    String edge = MUTUAL.replace("istio-system", "edge");
    TestMesh mesh =
        TestMesh.of(edge, policy("{}"))
            .withGateways(
                new io.github.istioegress.trace.registry.GatewayWorkload(
                    "istio-egressgateway",
                    "edge",
                    Map.of("istio", "egressgateway"),
                    TestMesh.EGRESS_GATEWAY.ports()));
    passes(mesh.call(WEB), false);
  }

  @Test
  void aClassicGatewayIsNobodysTarget() {
    passes(
        http(
            MUTUAL,
            "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: istio-egressgateway}]"),
        true);
  }

  @Test
  void sidecarsDoNotAskOnTheWayOut() {
    passes(
        TestMesh.of(entry("shop", HOST), authorizationPolicy("shop/none", "{}")).call(WEB), true);
  }

  @Test
  void exceptForWildcardHostsThatTheCallItselfNames() {
    String wildcard =
        serviceEntry(
            "shop/wild",
            """
            hosts: ["*.example.org"]
            ports: [{number: 443, name: tls, protocol: TLS}]
            resolution: DYNAMIC_DNS
            """);
    TracedCall call =
        TestMesh.of(wildcard, authorizationPolicy("shop/none", "{}"))
            .call("bank", "https://www.example.org");
    call.because(
        "sidecar bank closes the connection: AuthorizationPolicy shop/none allows nothing");
    passes(call, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: [{from: [{source: {ipBlocks: [10.1.0.0/16]}}]}]        | address of the calling pod",
        "rules: [{when: [{key: remote.ip, notValues: [10.1.0.0/16]}]}] | address of the calling pod",
        "rules: [{when: [{key: destination.ip, values: [10.1.0.9]}]}]  | the connection goes to",
        "rules: [{when: [{key: 'request.headers[x-forwarded-for]', values: ['*']}]}] | proxies write",
        "{action: CUSTOM, provider: {name: p}, rules: [{}]}            | at run time",
      })
  void whatOnlyARunningMeshKnowsIsSaid(String spec, String missing) {
    http(MUTUAL, spec).ends(Outcome.UNDETERMINED, Way.NONE).because(missing);
  }

  @Test
  void whatIsNotKnownDoesNotMatterWhereTheRestDecides() {
    passes(
        http(
            MUTUAL,
            "rules: [{from: [{source: {ipBlocks: [10.1.0.0/16]}}]}, {to: [{operation: {ports: ['8443']}}]}]"),
        true);
    passes(
        http(MUTUAL, "rules: [{from: [{source: {ipBlocks: [10.1.0.0/16], namespaces: [bank]}}]}]"),
        false);
  }

  @Test
  void tokensAreReadOnlyWhereARequestAuthenticationHolds() {
    String authentication =
        """
        apiVersion: security.istio.io/v1
        kind: RequestAuthentication
        metadata: {name: jwt, namespace: istio-system}
        spec:
          selector: {matchLabels: {istio: egressgateway}}
        """;
    String wants = policy("rules: [{from: [{source: {requestPrincipals: ['*']}}]}]");
    TestMesh.of(MUTUAL, wants, authentication)
        .call(WEB)
        .ends(Outcome.UNDETERMINED, Way.NONE)
        .because("token");
    passes(
        TestMesh.of(MUTUAL, wants, changed(authentication, "egressgateway", "other")).call(WEB),
        false);
  }

  @Test
  void whereThereIsNoGatewayThereIsNothingToAsk() {
    String direct = without("VirtualService", without("Gateway", MUTUAL));
    passes(TestMesh.of(direct, policy("{}")).call("shop", "https://api.example.org"), true);
  }
}
