package io.github.istioegress.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each kind of cell: the way of the call, the layer that holds it, and what goes around. */
final class ReachMatrixTest {

  private static final String WEB = "Deployment shop/web";
  private static final String HTTP = "http://edition.cnn.com:80";
  private static final String HTTPS = "https://edition.cnn.com:443";
  private static final String NOBODYS_HTTP = "http://undeclared.example:80";
  private static final String NOBODYS = "https://undeclared.example:443";

  private static final ReachSet NEWS = ReachSet.of(ReachSet.SHOP, ReachSet.NEWS);
  private static final ReachSet LOCKED = ReachSet.of(ReachSet.SHOP, ReachSet.NEWS, ReachSet.LOCK);

  private static String pods(String kind, String name, String podMetadata, String podSpec) {
    return """
        apiVersion: apps/v1
        kind: %s
        metadata: {name: %s, namespace: shop}
        spec:
          template:
            metadata: {%s}
            spec: {%scontainers: [{name: main, image: main}]}
        """
        .formatted(kind, name, podMetadata, podSpec);
  }

  @Test
  void whatOnlyTheSidecarLeadsToTheGatewayMayGoAroundIt() {
    assertThat(NEWS.said(WEB, HTTP)).isEqualTo("EXTERNAL via-gateway | sidecar [] no | direct");
    assertThat(NEWS.cell(WEB, HTTP).isHole()).isTrue();
    assertThat(NEWS.cell(WEB, HTTP).proxies())
        .containsExactly("gateway istio-system/istio-egressgateway");
  }

  @Test
  void aNetworkPolicyHoldsItThere() {
    assertThat(LOCKED.said(WEB, HTTP))
        .isEqualTo("EXTERNAL via-gateway | NetworkPolicy [NetworkPolicy shop/lock] yes | none");
  }

  @Test
  void whatLeavesStraightFromTheSidecarIsHeldByNothing() {
    assertThat(NEWS.said(WEB, HTTPS)).isEqualTo("EXTERNAL direct | none []  | none");
    assertThat(NEWS.said(WEB, NOBODYS)).isEqualTo("PASSTHROUGH direct | none []  | none");
  }

  @Test
  void registryOnlyHoldsNoPodThatGoesAroundItsSidecar() {
    assertThat(NEWS.registryOnly().said(WEB, NOBODYS))
        .isEqualTo("BLOCKED none | sidecar [] no | direct");
    assertThat(LOCKED.registryOnly().said(WEB, NOBODYS))
        .isEqualTo("BLOCKED none | sidecar [] yes | none");
  }

  @Test
  void aNetworkPolicyRefusesWhatTheSidecarLetsPass() {
    assertThat(LOCKED.said(WEB, NOBODYS))
        .isEqualTo("DENIED none | NetworkPolicy [NetworkPolicy shop/lock] yes | none");
  }

  @Test
  void aGatewayThatAsksForNoIdentityLendsItsWayToAnyPod() {
    String other =
        ReachSet.LOCK.replace("namespace: shop", "namespace: bank")
            + """
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: bank, labels: {istio-injection: enabled}}
            ---
            apiVersion: networking.istio.io/v1
            kind: Sidecar
            metadata: {name: default, namespace: bank}
            spec:
              egress: [{hosts: ["./*", "istio-system/*"]}]
              outboundTrafficPolicy: {mode: REGISTRY_ONLY}
            """;
    ReachSet set = ReachSet.of(ReachSet.SHOP, ReachSet.NEWS, ReachSet.LOCK, other);

    assertThat(set.said("any pod of bank", HTTP))
        .isEqualTo(
            "BLOCKED none | sidecar [Sidecar bank/default] no"
                + " | via-gateway istio-system/istio-egressgateway");
    assertThat(set.cell("any pod of bank", HTTP).isHole()).isFalse();
    assertThat(set.cell("any pod of bank", HTTP).isLent()).isTrue();
    assertThat(set.said("any pod of bank", NOBODYS))
        .isEqualTo("BLOCKED none | sidecar [Sidecar bank/default] yes | none");
  }

  @Test
  void aPolicyThatAsksWhoCallsAndNotForWhatLendsTheGatewayToThoseItKnows() {
    // The bank may pass the gateway, and so to every host behind it, with its own certificate.
    String bank =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: bank, labels: {istio-injection: enabled}}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: gateway, namespace: istio-system}
        spec:
          host: istio-egressgateway.istio-system.svc.cluster.local
          trafficPolicy: {tls: {mode: ISTIO_MUTUAL, sni: ledger.corp.example}}
        ---
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: known, namespace: istio-system}
        spec:
          selector: {matchLabels: {istio: egressgateway}}
          rules: [{from: [{source: {namespaces: [shop, bank]}}]}]
        """;
    String ledger =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: ledger, namespace: shop}
        spec:
          hosts: [ledger.corp.example]
          addresses: [203.0.113.3]
          ports: [{number: 5432, name: db, protocol: TCP}]
          resolution: DNS
          exportTo: [., istio-system]
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: ledger, namespace: shop}
        spec:
          selector: {istio: egressgateway}
          servers:
          - port: {number: 443, name: db, protocol: TLS}
            tls: {mode: ISTIO_MUTUAL}
            hosts: [ledger.corp.example]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: ledger, namespace: shop}
        spec:
          hosts: [ledger.corp.example]
          gateways: [ledger]
          exportTo: [istio-system]
          tcp:
          - match: [{gateways: [ledger], port: 443}]
            route: [{destination: {host: ledger.corp.example, port: {number: 5432}}}]
        """;
    ReachSet set =
        ReachSet.of(ledger, bank, ReachSet.LOCK.replace("namespace: shop", "namespace: bank"))
            .registryOnly();

    assertThat(set.said("any pod of bank", "tcp://203.0.113.3:5432"))
        .isEqualTo("BLOCKED none | sidecar [] no | via-gateway istio-system/istio-egressgateway");
  }

  @Test
  void bytesOfAnyPodComeOutWhereTheGatewaysPortLeads() {
    String ledger =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: ledger, namespace: shop}
        spec:
          hosts: [ledger.corp.example]
          addresses: [203.0.113.3]
          ports: [{number: 5432, name: db, protocol: TCP}]
          resolution: STATIC
          endpoints: [{address: 203.0.113.9}]
          exportTo: [., istio-system]
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: ledger, namespace: shop}
        spec:
          selector: {istio: egressgateway}
          servers: [{port: {number: 443, name: db, protocol: TCP}, hosts: ["*"]}]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: ledger, namespace: shop}
        spec:
          hosts: [ledger.corp.example]
          gateways: [mesh, ledger]
          exportTo: [., istio-system]
          tcp:
          - match: [{gateways: [mesh], port: 5432}]
            route:
            - destination:
                host: istio-egressgateway.istio-system.svc.cluster.local
                port: {number: 443}
          - match: [{gateways: [ledger], port: 443}]
            route: [{destination: {host: ledger.corp.example, port: {number: 5432}}}]
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: bank, labels: {istio-injection: enabled}}
        """;
    String bank = ReachSet.LOCK.replace("namespace: shop", "namespace: bank");
    ReachSet set = ReachSet.of(ReachSet.SHOP, ReachSet.LOCK, ledger, bank).registryOnly();

    assertThat(set.said(WEB, "tcp://203.0.113.3:5432"))
        .isEqualTo("EXTERNAL via-gateway | NetworkPolicy [NetworkPolicy shop/lock] yes | none");
    assertThat(set.said("any pod of bank", "tcp://203.0.113.3:5432"))
        .isEqualTo("BLOCKED none | sidecar [] no | via-gateway istio-system/istio-egressgateway");
  }

  @Test
  void podsWithoutSidecarLeaveUnseen() {
    ReachSet marked =
        ReachSet.of(
            ReachSet.SHOP,
            ReachSet.NEWS,
            pods("StatefulSet", "db", "labels: {sidecar.istio.io/inject: \"false\"}", ""),
            pods("Job", "root", "", "securityContext: {runAsUser: 1337}, ")
                .replace("apps/v1", "batch/v1"));

    assertThat(marked.said("StatefulSet shop/db", HTTP))
        .isEqualTo("PASSTHROUGH direct | none []  | none");
    assertThat(marked.cell("Job shop/root", HTTP).bypass()).contains("runs as user 1337");
    assertThat(marked.cell(WEB, HTTP).bypass()).isEmpty();
  }

  @Test
  void aNamespaceWithSidecarsDisabledGetsNone() {
    ReachSet disabled =
        ReachSet.of(
            ReachSet.SHOP.replace("istio-injection: enabled", "istio-injection: disabled"),
            ReachSet.NEWS);

    assertThat(disabled.said(WEB, HTTP)).isEqualTo("PASSTHROUGH direct | none []  | none");
    assertThat(disabled.cell(WEB, HTTP).caller().note())
        .isEqualTo("no sidecar: Namespace shop has sidecars disabled");
  }

  @Test
  void aNamespaceThatDoesNotAskIsTakenToHaveSidecarsAndThatIsSaid() {
    ReachSet unmarked =
        ReachSet.of(
            ReachSet.SHOP.replace(", labels: {istio-injection: enabled}", ""), ReachSet.NEWS);

    assertThat(unmarked.said(WEB, HTTP)).isEqualTo("EXTERNAL via-gateway | sidecar [] no | direct");
    assertThat(ReachText.of(unmarked.matrix()))
        .contains("          a sidecar is assumed: Namespace shop asks for none\n")
        .contains("assumed   no manifest asks for a sidecar in these pods");
  }

  @Test
  void aNamespaceThatNoManifestShowsIsTakenToHaveSidecars() {
    ReachSet set = ReachSet.of(ReachSet.NEWS);

    assertThat(set.said("any pod of shop", HTTP))
        .isEqualTo("EXTERNAL via-gateway | sidecar [] no | direct");
    assertThat(set.cell("any pod of shop", HTTP).caller().note())
        .isEqualTo("a sidecar is assumed: no manifest shows Namespace shop");
  }

  @Test
  void theNodesNetworkKnowsNoPolicyOfPods() {
    ReachSet set =
        ReachSet.of(
            ReachSet.SHOP,
            ReachSet.NEWS,
            ReachSet.LOCK,
            pods("DaemonSet", "agent", "", "hostNetwork: true, "));

    assertThat(set.said("DaemonSet shop/agent", HTTP))
        .isEqualTo("PASSTHROUGH direct | none []  | none");
  }

  @Test
  void anExcludedPortGoesPastTheSidecar() {
    ReachSet set =
        ReachSet.of(
            ReachSet.SHOP,
            ReachSet.NEWS,
            pods(
                "Deployment",
                "old",
                "annotations: {traffic.sidecar.istio.io/excludeOutboundPorts: \"80\"}",
                ""));

    assertThat(set.said("Deployment shop/old", HTTP))
        .isEqualTo("PASSTHROUGH direct | none []  | none");
    assertThat(set.said("Deployment shop/old", HTTPS))
        .isEqualTo("EXTERNAL direct | none []  | none");
  }

  @Test
  void anAuthorizationPolicyOfTheGatewayHoldsOneNamespaceOfTwo() {
    String policed =
        """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: shop-only, namespace: istio-system}
        spec:
          selector: {matchLabels: {istio: egressgateway}}
          action: ALLOW
          rules:
          - from: [{source: {namespaces: [shop]}}]
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: gateway, namespace: istio-system}
        spec:
          host: istio-egressgateway.istio-system.svc.cluster.local
          trafficPolicy: {tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: bank, labels: {istio-injection: enabled}}
        """;
    String mutual =
        ReachSet.NEWS
            .replace(
                "{number: 80, name: http, protocol: HTTP}\n    hosts",
                "{number: 80, name: http, protocol: HTTPS}\n    tls: {mode: ISTIO_MUTUAL}\n    hosts")
            .replace("  exportTo: [., istio-system]\n", "");
    ReachSet set =
        ReachSet.of(
            ReachSet.SHOP,
            mutual,
            policed,
            ReachSet.LOCK,
            ReachSet.LOCK.replace("namespace: shop", "namespace: bank"));

    assertThat(set.said(WEB, HTTP))
        .isEqualTo("EXTERNAL via-gateway | NetworkPolicy [NetworkPolicy shop/lock] yes | none");
    assertThat(set.said("any pod of bank", HTTP))
        .isEqualTo(
            "DENIED none | AuthorizationPolicy [AuthorizationPolicy istio-system/shop-only] yes"
                + " | none");
  }

  @Test
  void inAmbientModeZtunnelLeadsToTheWaypoint() {
    String ambient =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: edge}
        spec:
          gatewayClassName: istio-waypoint
          listeners:
          - name: mesh
            port: 15008
            protocol: HBONE
            allowedRoutes: {namespaces: {from: All}}
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata:
          name: news
          namespace: shop
          labels: {istio.io/use-waypoint: edge, istio.io/use-waypoint-namespace: edge}
        spec:
          hosts: [edition.cnn.com]
          ports: [{number: 80, name: http, protocol: HTTP}]
          resolution: DNS
        """;

    assertThat(ReachSet.of(ambient).said("any pod of shop", HTTP))
        .isEqualTo("EXTERNAL via-waypoint | ztunnel [] no | direct");
    assertThat(ReachSet.of(ambient).registryOnly().said("any pod of shop", NOBODYS))
        .isEqualTo("PASSTHROUGH direct | none []  | none");
    String open = ReachSet.LOCK.replace("name: istio-system", "name: edge");
    assertThat(ReachSet.of(ambient, open).said("any pod of shop", HTTP))
        .isEqualTo("EXTERNAL via-waypoint | NetworkPolicy [NetworkPolicy shop/lock] yes | none");
  }

  @Test
  void whatTheManifestsDoNotTellStaysUndetermined() {
    String some =
        ReachSet.LOCK
            + """
              - to: [{ipBlock: {cidr: 203.0.113.0/24}}]
            """
                .indent(0);
    assertThat(ReachSet.of(ReachSet.SHOP, ReachSet.NEWS, some).said(WEB, HTTP))
        .isEqualTo("EXTERNAL via-gateway | undetermined [NetworkPolicy shop/lock] undetermined |");
    assertThat(ReachSet.of(ReachSet.SHOP, ReachSet.NEWS, some).said(WEB, HTTPS))
        .startsWith("UNDETERMINED none | undetermined [NetworkPolicy shop/lock] undetermined |");
  }

  @Test
  void columnsAreWhatIsDeclaredRoutedAskedAndNobodys() {
    String more =
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: rest, namespace: shop}
        spec:
          hosts: ["*.wiki.example", ledger.corp.example]
          addresses: [203.0.113.3, 203.0.113.64/28]
          ports:
          - {number: 443, name: tls, protocol: HTTPS}
          - {number: 5432, name: db, protocol: TCP}
          resolution: NONE
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: routed, namespace: shop}
        spec:
          hosts: [old.example.net, reviews]
          http: [{route: [{destination: {host: edition.cnn.com}}]}]
        """;
    ReachSet set =
        ReachSet.of(ReachSet.SHOP, ReachSet.NEWS, more)
            .asking(
                Call.to(Caller.in("shop"), "http://edition.cnn.com"),
                Call.to(Caller.in("shop"), "http://edition.cnn.com/politics"));

    assertThat(set.matrix().destinations().stream().map(ReachText::name))
        .containsExactly(
            HTTP,
            HTTPS,
            "https://any.wiki.example:443 (for *.wiki.example)",
            "tcp://203.0.113.3:5432 (for *.wiki.example)",
            "tcp://203.0.113.64:5432 (for *.wiki.example)",
            "https://ledger.corp.example:443",
            "http://old.example.net:80 (only a route names it)",
            "http://edition.cnn.com:80/politics",
            NOBODYS_HTTP + " (a host that nothing declares)",
            NOBODYS + " (a host that nothing declares)");
  }

  @Test
  void rowsAreWorkloadsCallersOfTheFileAndNamespacesWithoutEither() {
    String more =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: empty, labels: {istio.io/rev: canary}}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: stranger}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly, namespace: shop}
        spec:
          jobTemplate:
            spec: {template: {spec: {containers: [{name: main}]}}}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: nightly-1
          namespace: shop
          ownerReferences:
          - {apiVersion: batch/v1, kind: CronJob, name: nightly, uid: a}
        spec: {template: {spec: {containers: [{name: main}]}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: istio-egressgateway, namespace: istio-system}
        spec:
          template:
            metadata: {labels: {istio: egressgateway}}
            spec: {containers: [{name: istio-proxy, args: [proxy, router]}]}
        """;
    ReachSet set =
        ReachSet.of(ReachSet.SHOP, ReachSet.NEWS, more)
            .asking(Call.to(Caller.parse("tools/app=ci"), "http://edition.cnn.com"));

    assertThat(set.matrix().callers().stream().map(ReachCaller::name))
        .containsExactly("any pod of empty", "CronJob shop/nightly", WEB, "pods of tools app=ci");
    assertThat(set.from("shop/app=web").matrix().callers().stream().map(ReachCaller::name))
        .containsExactly(WEB);
    assertThat(set.from("shop/app=new").matrix().callers().stream().map(ReachCaller::name))
        .containsExactly("pods of shop app=new");
  }

  @Test
  void setsWithoutCallersAndMatricesThatAreTooLargeAreRefusedWithARemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ReachSet.of("apiVersion: v1\nkind: Namespace\nmetadata: {name: stranger}\n")
                    .matrix())
        .withMessageContaining("istio-egress.from");
    String many =
        IntStream.range(0, 400)
            .mapToObj(
                i ->
                    """
                    apiVersion: networking.istio.io/v1
                    kind: ServiceEntry
                    metadata: {name: e, namespace: t%d}
                    spec: {hosts: [h%d.example], ports: [{number: 80, name: h, protocol: HTTP}], resolution: DNS}
                    """
                        .formatted(i, i))
            .collect(Collectors.joining("---\n"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReachSet.of(many).matrix())
        .withMessage(
            "400 callers by 402 destinations are 160800 cells, and 100000 is the most: ask for one"
                + " namespace with istio-egress.from, or for fewer manifests");
    assertThat(ReachSet.of(many).from("t7").matrix().cells()).hasSize(402);
  }
}
