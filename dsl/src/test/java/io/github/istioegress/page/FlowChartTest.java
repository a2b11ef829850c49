package io.github.istioegress.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.approvaltests.Approvals;
import org.junit.jupiter.api.Test;

/** Pictures in words: what a flowchart says, and what hostile names cannot do to it. */
final class FlowChartTest {

  private static final GatewayWorkload GATEWAY =
      new GatewayWorkload(
          "istio-egressgateway",
          "istio-system",
          Map.of("istio", "egressgateway"),
          List.of(new GatewayWorkload.Port(80, 8080)));

  private static final String MANIFESTS =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: cnn, namespace: news}
      spec:
        hosts: [edition.cnn.com]
        ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: https, protocol: HTTPS}]
        resolution: DNS
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: egress, namespace: news}
      spec:
        selector: {istio: egressgateway}
        servers:
          - port: {number: 80, name: https, protocol: HTTPS}
            hosts: [edition.cnn.com]
            tls: {mode: ISTIO_MUTUAL}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: gateway, namespace: news}
      spec:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subsets:
          - name: cnn
            trafficPolicy: {tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: cnn, namespace: news}
      spec:
        host: edition.cnn.com
        exportTo: [istio-system]
        trafficPolicy:
          portLevelSettings:
            - port: {number: 443}
              tls: {mode: SIMPLE, sni: edition.cnn.com, subjectAltNames: [edition.cnn.com]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: cnn, namespace: news}
      spec:
        hosts: [edition.cnn.com]
        gateways: [egress, mesh]
        http:
          - match: [{gateways: [mesh], port: 80}]
            route:
              - destination: {host: istio-egressgateway.istio-system.svc.cluster.local, subset: cnn, port: {number: 80}}
          - match: [{gateways: [egress], port: 80}]
            route: [{destination: {host: edition.cnn.com, port: {number: 443}}}]
      """;

  private static final Tracer TRACER =
      Tracer.of(
          new ManifestReader().read(List.of(new SourceFile("mesh.yaml", MANIFESTS))).resources(),
          List.of(GATEWAY),
          MeshConfig.istioDefault().withOutboundTrafficPolicy(OutboundTrafficPolicy.REGISTRY_ONLY),
          IstioVersion.V1_31);

  private static final Pattern LINE =
      Pattern.compile(
          " *(?:flowchart LR|direction LR|end|classDef [\\w:#,-]+ [\\w:#,-]+"
              + "|class \\w+ \\w+|subgraph \\w+\\[\"[^\"]*\"]|\\w+\\[\"[^\"]*\"]"
              + "|\\w+\\{\\{\"[^\"]*\"}}|\\w+ --[>x](?:\\|\"[^\"]*\"\\|)? \\w+)");

  private static Trace trace(String url) {
    return TRACER.trace(Call.to(new Caller("news", Map.of("app", "reader"), "default"), url));
  }

  @Test
  void throughTheGateway() {
    Approvals.verify(FlowChart.of(List.of(trace("http://edition.cnn.com/politics"))));
  }

  @Test
  void severalCallsOfWhichOneIsBlocked() {
    Approvals.verify(
        FlowChart.of(
            List.of(trace("http://edition.cnn.com/politics"), trace("https://other.example/"))));
  }

  @Property(tries = 100)
  void namesStayLabels(@ForAll String name, @ForAll String label) {
    Call call =
        Call.to(new Caller("news", Map.of("app", label), label), "http://edition.cnn.com/")
            .with(name, "", name, Map.of("x-team", label));
    List<Trace> traces = List.of(TRACER.trace(call), trace("http://other.example/"));
    assertThat(FlowChart.of(traces).lines()).allMatch(line -> LINE.matcher(line).matches());
    String page = FlowPage.of(IstioVersion.V1_31, traces, Optional.empty(), List.of(name));
    assertThat(page.split("<script", -1)).hasSize(2);
    assertThat(page.split("</script", -1)).hasSize(2);
    assertThat(tags(page)).isEqualTo(tags(plainPage(name.isEmpty())));
  }

  /** The same page of names that mean nothing. */
  private static String plainPage(boolean unnamed) {
    Call call =
        Call.to(new Caller("news", Map.of("app", "a"), "a"), "http://edition.cnn.com/")
            .with(unnamed ? "" : "b", "", unnamed ? "" : "b", Map.of("x-team", "a"));
    return FlowPage.of(
        IstioVersion.V1_31,
        List.of(TRACER.trace(call), trace("http://other.example/")),
        Optional.empty(),
        List.of("b"));
  }

  /** The names of all elements that are opened, those that depend on what is said left out. */
  private static List<String> tags(String page) {
    return Pattern.compile("<([a-z][a-z0-9]*)")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .filter(tag -> !List.of("div", "dt", "dd", "span", "text", "tspan", "title").contains(tag))
        .toList();
  }
}
