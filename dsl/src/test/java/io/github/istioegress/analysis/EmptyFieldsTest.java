package io.github.istioegress.analysis;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fields that say nothing are as if they were not there; nothing is thrown for them. */
class EmptyFieldsTest {

  private static final String SET =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: cnn, namespace: shop}
      spec:
        hosts:
        ports:
        addresses:
        endpoints:
        resolution: DNS
        exportTo:
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: cnn, namespace: shop}
      spec:
        selector:
        servers:
          - port: {number: 80, name: http, protocol: HTTP}
            hosts:
          - hosts: [edition.cnn.com]
          -
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: nobody, namespace: shop}
      spec:
        hosts:
        gateways:
        http:
          - match:
            route:
              - destination:
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: cnn, namespace: shop}
      spec:
        hosts: [edition.cnn.com]
        http:
          - route:
              - weight: 1
        tls:
          - match:
              - sniHosts:
            route:
              - destination:
          - match: [{sniHosts: [null]}]
        tcp:
          - match:
            route:
              - weight: 1
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: empty, namespace: shop}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: cnn, namespace: shop}
      spec:
        host:
        trafficPolicy:
          portLevelSettings:
            - port:
            -
        subsets:
          -
          - name:
            trafficPolicy:
              tls:
                subjectAltNames:
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: shop, labels: }
      spec:
        containers:
          - name: web
            args:
      """;

  @Test
  void nothingIsThrown() {
    assertThatCode(
            () ->
                EgressAnalyzer.analyze(
                    new EgressAnalyzer.Request(
                        List.of(new SourceFile("set.yaml", SET)),
                        Optional.empty(),
                        OutboundTrafficPolicy.REGISTRY_ONLY,
                        true,
                        List.of())))
        .doesNotThrowAnyException();
  }
}
