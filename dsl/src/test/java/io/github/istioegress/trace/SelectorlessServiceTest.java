package io.github.istioegress.trace;

import org.junit.jupiter.api.Test;

/** Services that select no pods, and whose addresses manifests list. */
final class SelectorlessServiceTest {

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: db, namespace: app}
      spec:
        ports: [{name: tcp-db, port: 5432, targetPort: 1}, {name: http, port: 80}]
      """;

  private static final String SLICE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: db-1, namespace: app, labels: {kubernetes.io/service-name: db}}
      addressType: IPv4
      endpoints:
        - {addresses: [203.0.113.4], conditions: {ready: false}}
        - {addresses: [203.0.113.5], conditions: {ready: true}}
      ports: [{name: tcp-db, port: 5433, protocol: TCP}]
      """;

  @Test
  void aSliceSaysAddressAndPortByThePortsName() {
    TestMesh.of(SERVICE, SLICE)
        .call("app", "tcp://db.app:5432")
        .leavesDirectly("10.96.0.1_5432 > tcp > outbound|5432||db.app (EDS)")
        .because("leaves to 203.0.113.5:5433");
  }

  @Test
  void aPortThatNoSliceNamesHasNone() {
    TestMesh.of(SERVICE, SLICE)
        .call("app", "http://db.app/")
        .fails(
            Outcome.NO_ENDPOINTS,
            "0.0.0.0_80 > db.app.svc.cluster.local:80 > outbound|80||db.app (EDS)");
  }

  @Test
  void endpointsAreASliceToo() {
    String endpoints =
        """
        apiVersion: v1
        kind: Endpoints
        metadata: {name: db, namespace: app}
        subsets: [{addresses: [{ip: 203.0.113.6}], ports: [{name: http, port: 8080}]}]
        """;
    TestMesh.of(SERVICE, endpoints)
        .call("app", "http://db.app/")
        .leavesDirectly("0.0.0.0_80 > db.app.svc.cluster.local:80 > outbound|80||db.app (EDS)")
        .because("leaves to 203.0.113.6:8080");
  }

  @Test
  void aServiceThatSelectsPodsHasThose() {
    String selecting = SERVICE.replace("spec:", "spec:\n  selector: {app: db}");
    TestMesh.of(selecting, SLICE)
        .call("app", "tcp://db.app:5432")
        .fails(Outcome.NO_ENDPOINTS, "10.96.0.1_5432 > tcp > outbound|5432||db.app (EDS)");
  }
}
