package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.destinationRule;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.gatewayApi;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static io.github.istioegress.trace.Manifests.serviceEntry;
import static io.github.istioegress.trace.Manifests.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.trace.registry.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where copies of requests go. */
final class MirrorTest {

  private static final String URL = "http://api.example.org/";
  private static final String SHADOW = entry("app", "shadow.example", 80, "HTTP");

  private static TestMesh mirrored(String fields, String... more) {
    return TestMesh.of(
        entry("app", "api.example.org", 80, "HTTP"),
        Manifests.join(more),
        virtualService(
            "app/api",
            """
            hosts: [api.example.org]
            http:
            - route: [{destination: {host: api.example.org}}]
              %s
            """
                .formatted(fields)));
  }

  private static Hop hop(TestMesh mesh) {
    return hop(mesh.call("app", URL).trace());
  }

  private static Hop hop(Trace trace) {
    List<Hop> hops = trace.branches().get(0).hops();
    return hops.get(hops.size() - 1);
  }

  private static String only(TestMesh mesh) {
    assertThat(hop(mesh).mirrors()).hasSize(1);
    return hop(mesh).mirrors().get(0).toString();
  }

  @Test
  void aShareIsCopiedToACluster() {
    TestMesh mesh =
        mirrored(
            "mirrors: [{destination: {host: shadow.example}, percentage: {value: 10}}]", SHADOW);
    assertThat(only(mesh))
        .isEqualTo(
            "mirrors 10% to cluster outbound|80||shadow.example, in plain text, with the Host"
                + " api.example.org");
    assertThat(hop(mesh).decisions())
        .extracting(Decision::toString)
        .contains(
            "VirtualService app/api spec.http[0]",
            "VirtualService app/api spec.http[0].mirrors[0]");
    assertThat(TraceText.of(List.of(mesh.call("app", URL).trace())))
        .contains("mirrors 10% to cluster outbound|80||shadow.example, in plain text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mirrors: [{destination: {host: shadow.example}}]                                     | 100
          mirrors: [{destination: {host: shadow.example}, percentage: {value: 0.5}}]           | 0.5
          mirrors: [{destination: {host: shadow.example}, percentage: {value: 1.23456789}}]    | 1.2345
          {mirror: {host: shadow.example}}                                                     | 100
          {mirror: {host: shadow.example}, mirrorPercent: 7}                                   | 7
          {mirror: {host: shadow.example}, mirrorPercent: 7, mirrorPercentage: {value: 33.3}}  | 33.3
          """)
  void theShareIsThatOfTheNewestField(String fields, String share) {
    String inline = fields.startsWith("{") ? fields.substring(1, fields.length() - 1) : fields;
    String lines = inline.replace(", mirrorPercent", "\n  mirrorPercent");
    assertThat(only(mirrored(lines, SHADOW))).startsWith("mirrors " + share + "% to cluster");
  }

  @Test
  void aShareOfNoneIsNoMirror() {
    for (String none : List.of("{value: 0}", "{}")) {
      String fields = "mirrors: [{destination: {host: shadow.example}, percentage: " + none + "}]";
      assertThat(hop(mirrored(fields, SHADOW)).mirrors()).isEmpty();
    }
  }

  @Test
  void aRouteThatAnswersByItselfCopiesNothing() {
    TestMesh mesh = mirrored("mirrors: [{destination: {host: shadow.example}}]", SHADOW);
    String redirect =
        changed(
            mesh.manifests(),
            "route: [{destination: {host: api.example.org}}]",
            "redirect: {authority: other.example}");
    assertThat(hop(TestMesh.of(redirect)).mirrors()).isEmpty();
  }

  @Test
  void tlsBeginsAsTheRuleOfTheMirrorSays() {
    String rule =
        destinationRule(
            "app/shadow",
            """
            host: shadow.example
            trafficPolicy: {tls: {mode: SIMPLE, sni: shadow.example}}
            """);
    assertThat(only(mirrored("mirrors: [{destination: {host: shadow.example}}]", SHADOW, rule)))
        .isEqualTo(
            "mirrors 100% to cluster outbound|80||shadow.example, in TLS (SIMPLE, SNI"
                + " shadow.example), with the Host api.example.org");
  }

  /** Where no SNI is said, it follows from the Host, and the Host of a copy is its request's. */
  @Test
  void anSniThatNobodySaysIsThatOfTheRequest() {
    String rule =
        destinationRule(
            "app/shadow", "{host: shadow.example, trafficPolicy: {tls: {mode: SIMPLE}}}");
    TestMesh mesh = mirrored("mirrors: [{destination: {host: shadow.example}}]", SHADOW, rule);
    assertThat(only(mesh)).contains("in TLS (SIMPLE, SNI api.example.org)");
    assertThat(
            hop(Tracer.of(
                        new ManifestReader()
                            .read(List.of(new SourceFile("mesh.yaml", mesh.manifests())))
                            .resources(),
                        List.of(),
                        MeshConfig.istioDefault(),
                        IstioVersion.of(1, 27))
                    .trace(Call.to(Caller.parse("app"), URL)))
                .mirrors())
        .as("before 1.28 Envoy marks the Host of a copy")
        .hasToString(
            "[mirrors 100% to cluster outbound|80||shadow.example, in TLS (SIMPLE, SNI"
                + " api.example.org-shadow), with the Host api.example.org-shadow]");
  }

  @Test
  void theHostOfACopyIsTheOneThatGoesOn() {
    assertThat(
            only(
                mirrored(
                    "mirrors: [{destination: {host: shadow.example}}]\n"
                        + "  rewrite: {authority: other.example}",
                    SHADOW)))
        .endsWith("with the Host other.example");
  }

  @Test
  void aClusterThatTheProxyLacksGetsNoCopyAndTheCallGoesOn() {
    TestMesh mesh = mirrored("mirrors: [{destination: {host: shadow.example}}]");
    assertThat(only(mesh))
        .isEqualTo(
            "mirrors 100% to cluster outbound|80||shadow.example, which it does not have: no copy is"
                + " sent");
    assertThat(mesh.call("app", URL).trace().outcome()).isEqualTo(Outcome.EXTERNAL);
    assertThat(only(mirrored("mirrors: [{destination: {host: api.example.org, subset: s}}]")))
        .contains("which it does not have");
  }

  @Test
  void anEntryWithoutEndpointsGetsNoCopy() {
    String unresolved =
        serviceEntry(
            "app/shadow",
            """
            hosts: [shadow.example]
            ports: [{number: 80, name: http, protocol: HTTP}]
            resolution: %s
            """);
    String fields = "mirrors: [{destination: {host: shadow.example}}]";
    assertThat(only(mirrored(fields, unresolved.formatted("STATIC"))))
        .endsWith("which has no endpoints: no copy is sent");
    assertThat(only(mirrored(fields, unresolved.formatted("NONE"))))
        .endsWith(
            "which sends to the address that was dialled, and a copy dials none: no copy is sent");
  }

  @Test
  void aGatewayCopiesWhatItSeesTheHostOf() {
    String match = "    - {gateways: [api-example-org], port: 80}\n";
    String leg =
        changed(
            httpThroughGateway("app", "api.example.org"),
            match,
            match
                + "    mirrors: [{destination: {host: shadow.example}, percentage: {value: 10}}]\n");
    Trace seen = TestMesh.of(leg, SHADOW).call("app", URL).trace();
    assertThat(seen.branches().get(0).hops().get(0).mirrors()).isEmpty();
    assertThat(hop(seen).mirrors())
        .hasToString(
            "[mirrors 10% to cluster outbound|80||shadow.example, in plain text, with the Host"
                + " api.example.org]");
    String hidden = changed(SHADOW, "resolution: DNS", "resolution: DNS\n  exportTo: ['.']");
    assertThat(hop(TestMesh.of(leg, hidden)).mirrors())
        .extracting(Mirrored::sent)
        .containsExactly(false);
  }

  @Test
  void filtersOfTheGatewayApiCopyToo() {
    String route =
        gatewayApi(
            "HTTPRoute",
            "app/api",
            """
            parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: api-example-org-80}]
            rules:
            - filters: [{type: RequestMirror, requestMirror: {backendRef: %s}}]
              backendRefs: [{group: networking.istio.io, kind: Hostname, name: api.example.org, port: 80}]
            """);
    String host = "{group: networking.istio.io, kind: Hostname, name: shadow.example, port: 80}";
    TestMesh mesh =
        TestMesh.of(entry("app", "api.example.org", 80, "HTTP"), SHADOW, route.formatted(host));
    assertThat(only(mesh))
        .startsWith("mirrors 100% to cluster outbound|80||shadow.example, in plain");
    assertThat(
            only(
                TestMesh.of(
                    changed(
                        mesh.manifests(),
                        "port: 80}}}]",
                        "port: 80}, fraction: {numerator: 1, denominator: 8}}}]"))))
        .startsWith("mirrors 12.5% to");
    assertThat(
            hop(TestMesh.of(entry("app", "api.example.org", 80, "HTTP"), route.formatted(host)))
                .mirrors())
        .as("istiod leaves out what leads to no host of the route's namespace")
        .isEmpty();
  }
}
