package io.github.istioegress.trace;

/** The manifests that the project began with. */
final class Seed {

  static final String EGRESS =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: akv2k8s-test
        labels:
          istio-injection: enabled
          azure-key-vault-env-injection: enabled
      ---
      apiVersion: networking.istio.io/v1alpha3
      kind: ServiceEntry
      metadata:
        name: cnn
        namespace: akv2k8s-test
      spec:
        hosts:
        - edition.cnn.com
        ports:
        - number: 80
          name: http-port
          protocol: HTTP
        - number: 443
          name: https
          protocol: HTTPS
        resolution: DNS
      ---
      apiVersion: networking.istio.io/v1alpha3
      kind: Gateway
      metadata:
        name: istio-egressgateway
        namespace: akv2k8s-test
      spec:
        selector:
          istio: egressgateway
        servers:
        - port:
            number: 80
            name: http
            protocol: HTTP
          hosts:
          - edition.cnn.com
      ---
      apiVersion: networking.istio.io/v1alpha3
      kind: DestinationRule
      metadata:
        name: egressgateway-for-cnn
        namespace: akv2k8s-test
      spec:
        host: istio-egressgateway.istio-system.svc.cluster.local
        subsets:
        - name: cnn
      ---
      apiVersion: networking.istio.io/v1alpha3
      kind: VirtualService
      metadata:
        name: direct-cnn-through-egress-gateway
        namespace: akv2k8s-test
      spec:
        hosts:
        - edition.cnn.com
        gateways:
        - istio-egressgateway
        - mesh
        http:
        - match:
          - gateways:
            - mesh
            port: 80
          route:
          - destination:
              host: istio-egressgateway.istio-system.svc.cluster.local
              subset: cnn
              port:
                number: 80
            weight: 100
        - match:
          - gateways:
            - istio-egressgateway
            port: 80
          route:
          - destination:
              host: edition.cnn.com
              port:
                number: 80
            weight: 100
      """;

  private Seed() {}
}
