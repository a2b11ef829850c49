package io.github.istioegress.reach;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Map;

/** A set of manifests whose matrix is asked for, with the usual egress gateway. */
record ReachSet(String manifests, OutboundTrafficPolicy policy, List<Call> calls, String from) {

  private static final GatewayWorkload EGRESS_GATEWAY =
      new GatewayWorkload(
          "istio-egressgateway",
          "istio-system",
          Map.of("app", "istio-egressgateway", "istio", "egressgateway"),
          List.of(new GatewayWorkload.Port(80, 8080), new GatewayWorkload.Port(443, 8443)));

  /** The namespace shop with a sidecar in the pods of its one Deployment. */
  static final String SHOP =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio-injection: enabled}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            serviceAccountName: web
            containers: [{name: web, image: web}]
      """;

  /** HTTP of shop through the gateway, and TLS straight from its sidecars. */
  static final String NEWS =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: news, namespace: shop}
      spec:
        hosts: [edition.cnn.com]
        ports:
        - {number: 80, name: http, protocol: HTTP}
        - {number: 443, name: tls, protocol: TLS}
        resolution: DNS
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: news, namespace: shop}
      spec:
        selector: {istio: egressgateway}
        servers:
        - port: {number: 80, name: http, protocol: HTTP}
          hosts: [edition.cnn.com]
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: news, namespace: shop}
      spec:
        hosts: [edition.cnn.com]
        gateways: [mesh, news]
        exportTo: [., istio-system]
        http:
        - match: [{gateways: [mesh], port: 80}]
          route:
          - destination:
              host: istio-egressgateway.istio-system.svc.cluster.local
              port: {number: 80}
        - match: [{gateways: [news], port: 80}]
          route:
          - destination: {host: edition.cnn.com, port: {number: 80}}
      """;

  /** What keeps pods of shop from everything but the gateway's namespace. */
  static final String LOCK =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: lock, namespace: shop}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - to:
          - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}
      """;

  static ReachSet of(String... documents) {
    return new ReachSet(
        String.join("---\n", documents), OutboundTrafficPolicy.ALLOW_ANY, List.of(), "");
  }

  ReachSet registryOnly() {
    return new ReachSet(manifests, OutboundTrafficPolicy.REGISTRY_ONLY, calls, from);
  }

  ReachSet asking(Call... asked) {
    return new ReachSet(manifests, policy, List.of(asked), from);
  }

  ReachSet from(String caller) {
    return new ReachSet(manifests, policy, calls, caller);
  }

  ReadManifests read() {
    ReadManifests read = new ManifestReader().read(List.of(new SourceFile("set.yaml", manifests)));
    if (!read.findings().isEmpty()) {
      throw new IllegalArgumentException(read.findings() + "\n" + manifests);
    }
    return read;
  }

  Tracer tracer() {
    return Tracer.of(
        read().resources(),
        List.of(EGRESS_GATEWAY),
        MeshConfig.istioDefault().withOutboundTrafficPolicy(policy),
        IstioVersion.V1_31);
  }

  ReachMatrix matrix() {
    return ReachMatrix.of(read().resources(), tracer(), calls, from);
  }

  ReachCell cell(String caller, String destination) {
    return matrix().cells().stream()
        .filter(cell -> cell.caller().name().equals(caller))
        .filter(cell -> cell.destination().name().equals(destination))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s to %s is not among:%n%s"
                        .formatted(caller, destination, ReachText.of(matrix()))));
  }

  /** A cell as {@code OUTCOME way | layer [resources] holds | way around its proxy}. */
  String said(String caller, String destination) {
    ReachCell cell = cell(caller, destination);
    Enforcement enforcement = cell.enforcement();
    return "%s %s | %s %s %s | %s %s"
        .formatted(
            cell.outcome(),
            cell.way().text(),
            enforcement.layer().text(),
            enforcement.resources(),
            enforcement.holds().text(),
            enforcement.escape().way(),
            enforcement.escape().gateway())
        .strip();
  }
}
