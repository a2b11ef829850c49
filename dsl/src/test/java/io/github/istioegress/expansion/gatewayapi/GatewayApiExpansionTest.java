package io.github.istioegress.expansion.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.istio.api.telemetry.v1.Telemetry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TCPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.generator.DeclaredCall;
import io.github.istioegress.generator.EgressGenerator;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.mesh.IstioVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ways through a gateway of the Gateway API must have, resource by resource. */
class GatewayApiExpansionTest {

  private static final EgressGateway EDGE = EgressGateway.gatewayApi("edge").in("egress");
  private static final EgressIntent CNN = Egress.to("edition.cnn.com").http(80).via(EDGE);

  private static EgressPlan plan() {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly());
  }

  private static Gateway gateway(Expanded expanded) {
    return expanded.all(Gateway.class).get(0);
  }

  private static List<Listener> listeners(Expanded expanded) {
    return gateway(expanded).getSpec().getListeners();
  }

  @Test
  void aSentenceNeedsAListenerAndTwoRoutes() {
    assertThat(Expanded.shop(CNN).keys())
        .containsExactly(
            "Namespace egress",
            "Gateway egress/edge",
            "Namespace shop",
            "ServiceEntry shop/edition-cnn-com",
            "HTTPRoute shop/edition-cnn-com-80-from-edge",
            "HTTPRoute shop/edition-cnn-com-80-to-edge");
  }

  @Test
  void copiesLeaveWhereTheRequestLeaves() {
    EgressPlan plan =
        plan()
            .namespace(
                Expanded.SHOP,
                Egress.to("edition.cnn.com")
                    .http(80)
                    .via(EDGE)
                    .mirroredTo(Egress.to("shadow.example").http(80).originateTls().via(EDGE), 10)
                    .mirroredTo(Egress.to("copies.example").http(80).via(EDGE), 100));
    assertThat(
            new EgressGenerator(OutputLayouts.byDefault(), Optional.empty())
                .generate("mirrors", plan)
                .calls())
        .hasSize(3)
        .allMatch(DeclaredCall::isAsSaid);
    assertThat(Expanded.of(plan).all(HTTPRoute.class))
        .flatExtracting(route -> route.getSpec().getRules())
        .flatExtracting(HTTPRouteRule::getFilters)
        .extracting(
            filter -> filter.getRequestMirror().getBackendRef().getName(),
            filter -> filter.getRequestMirror().getPercent())
        .containsExactly(tuple("shadow.example", 10), tuple("copies.example", null));
  }

  @Test
  void theGatewayIsNotOpenToTheWorld() {
    Gateway gateway = gateway(Expanded.shop(CNN));
    assertThat(gateway.getMetadata().getAnnotations())
        .containsEntry("networking.istio.io/service-type", "ClusterIP");
    assertThat(gateway.getSpec().getGatewayClassName()).isEqualTo("istio");
  }

  @Test
  void theCallersLegLeadsToTheServiceThatIstiodMakes() {
    HTTPRoute route =
        Expanded.shop(CNN).all(HTTPRoute.class).stream()
            .filter(one -> one.getMetadata().getName().endsWith("-to-edge"))
            .findFirst()
            .orElseThrow();
    assertThat(route.getSpec().getParentRefs())
        .singleElement()
        .satisfies(
            parent -> {
              assertThat(parent.getGroup()).isEqualTo("networking.istio.io");
              assertThat(parent.getKind()).isEqualTo("ServiceEntry");
              assertThat(parent.getName()).isEqualTo("edition-cnn-com");
              assertThat(parent.getPort()).isEqualTo(80);
            });
    assertThat(route.getSpec().getRules().get(0).getBackendRefs())
        .singleElement()
        .satisfies(
            backend -> {
              assertThat(backend.getName()).isEqualTo("edge-istio");
              assertThat(backend.getNamespace()).isEqualTo("egress");
            });
  }

  @Test
  void theGatewaysLegLeadsToTheHostAndNotToItsEntry() {
    HTTPRoute route =
        Expanded.shop(CNN).all(HTTPRoute.class).stream()
            .filter(one -> one.getMetadata().getName().endsWith("-from-edge"))
            .findFirst()
            .orElseThrow();
    assertThat(route.getSpec().getParentRefs().get(0).getSectionName())
        .isEqualTo(listeners(Expanded.shop(CNN)).get(0).getName());
    assertThat(route.getSpec().getHostnames()).containsExactly("edition.cnn.com");
    assertThat(route.getSpec().getRules().get(0).getBackendRefs())
        .singleElement()
        .satisfies(
            backend -> {
              assertThat(backend.getKind()).isEqualTo("Hostname");
              assertThat(backend.getNamespace()).isNull();
            });
  }

  @Test
  void aListenerTakesRoutesOfItsCallersAlone() {
    EgressIntent news = Egress.to("news.example").http(80).via(EDGE);
    Expanded expanded =
        Expanded.of(
            plan()
                .namespace(MeshNamespace.named("bank"), news)
                .namespace(MeshNamespace.named("shop"), CNN, news));
    assertThat(listeners(expanded))
        .extracting(Listener::getHostname)
        .containsExactly("edition.cnn.com", "news.example");
    assertThat(listeners(expanded).get(0).getAllowedRoutes().getNamespaces().getSelector())
        .satisfies(
            selector ->
                assertThat(selector.getMatchLabels())
                    .containsEntry("kubernetes.io/metadata.name", "shop"));
    assertThat(listeners(expanded).get(1).getAllowedRoutes().getNamespaces().getSelector())
        .satisfies(
            selector ->
                assertThat(selector.getMatchExpressions())
                    .singleElement()
                    .satisfies(in -> assertThat(in.getValues()).containsExactly("bank", "shop")));
    assertThat(expanded.yaml()).doesNotContain("from: All");
  }

  @Test
  void callersBesideTheGatewayNeedNoNamespace() {
    Expanded expanded = Expanded.of(plan().namespace(MeshNamespace.named("egress"), CNN));
    assertThat(listeners(expanded).get(0).getAllowedRoutes().getNamespaces().getFrom())
        .isEqualTo("Same");
    assertThat(expanded.all(HTTPRoute.class))
        .allSatisfy(
            route -> {
              assertThat(route.getSpec().getParentRefs().get(0).getNamespace()).isNull();
              assertThat(route.getSpec().getRules().get(0).getBackendRefs().get(0).getNamespace())
                  .isNull();
            });
    assertThat(expanded.keys()).filteredOn(key -> key.equals("Namespace egress")).hasSize(1);
  }

  @Test
  void tlsPassesThroughAndBytesHaveAPortOfTheirOwn() {
    Expanded expanded =
        Expanded.shop(
            Egress.to("edition.cnn.com").tls(443).via(EDGE),
            Egress.to("db.example").tcp(5432).at("203.0.113.3").via(EDGE));
    assertThat(listeners(expanded).get(0).getTls().getMode()).isEqualTo("Passthrough");
    assertThat(listeners(expanded).get(1).getProtocol()).isEqualTo("TCP");
    assertThat(listeners(expanded).get(1).getHostname()).isNull();
    assertThat(expanded.all(TLSRoute.class))
        .hasSize(2)
        .allSatisfy(
            route -> assertThat(route.getSpec().getHostnames()).containsExactly("edition.cnn.com"));
    assertThat(expanded.all(TCPRoute.class)).hasSize(2);
    assertThat(expanded.all(DestinationRule.class)).isEmpty();
  }

  @Test
  void hostsOfHttpInMutualTlsShareAListenerAndBytesHaveOneByTheirSni() {
    Expanded expanded =
        Expanded.shop(
            Egress.to("a.example").http(80).via(EDGE.overIstioMutualTls()),
            Egress.to("b.example").http(80).via(EDGE.overIstioMutualTls()),
            Egress.to("c.example").tls(443).via(EDGE.overIstioMutualTls()));
    assertThat(listeners(expanded))
        .extracting(Listener::getName)
        .containsExactly("mutual-http-80", "mutual-tls-443-c-example");
    assertThat(listeners(expanded))
        .allSatisfy(
            listener ->
                assertThat(listener.getTls().getOptions())
                    .containsEntry("gateway.istio.io/tls-terminate-mode", "ISTIO_MUTUAL"));
    assertThat(listeners(expanded).get(0).getHostname()).isNull();
    assertThat(expanded.rule("edge-istio").getSpec().getTrafficPolicy().getPortLevelSettings())
        .extracting(port -> port.getTls().getMode())
        .containsOnly(ClientTLSSettingsTLSmode.ISTIO_MUTUAL);
    assertThat(expanded.rule("edge-istio").getSpec().getTrafficPolicy().getPortLevelSettings())
        .extracting(port -> port.getTls().getSni())
        .containsExactly(null, "c.example");
    assertThat(expanded.rule("edge-istio").getSpec().getExportTo()).containsExactly(".");
  }

  @Test
  void http2ReachesTheGatewayAsHttp2() {
    assertThat(
            Expanded.shop(Egress.to("grpc.example").grpc(9090).via(EDGE))
                .rule("edge-istio")
                .getSpec()
                .getTrafficPolicy()
                .getPortLevelSettings()
                .get(0)
                .getConnectionPool()
                .getHttp()
                .getUseClientProtocol())
        .isTrue();
  }

  @Test
  void aClientCertificateIsReadByTheAccountThatIstiodMakes() {
    Expanded expanded =
        Expanded.shop(
            Egress.to("b2b.example").http(80).originateTls().clientCertificate("client").via(EDGE));
    assertThat(expanded.keys())
        .contains(
            "Role egress/edge-istio-sds",
            "RoleBinding egress/edge-istio-sds",
            "DestinationRule egress/originate-tls-for-b2b-example");
    assertThat(expanded.yaml()).contains("  - kind: ServiceAccount\n    name: edge-istio\n");
    assertThat(
            expanded
                .all(DestinationRule.class)
                .get(0)
                .getSpec()
                .getWorkloadSelector()
                .getMatchLabels())
        .containsEntry("gateway.networking.k8s.io/gateway-name", "edge");
    assertThat(Expanded.shop(CNN).keys()).noneMatch(key -> key.startsWith("Role"));
  }

  @Test
  void policyAndLogNameTheGatewayAsTheirTarget() {
    EgressPlan plan =
        plan()
            .namespace(
                MeshNamespace.named("shop"),
                Egress.to("api.example")
                    .http(80)
                    .via(EDGE)
                    .from(Callers.namespace("shop"))
                    .allow(Requests.get("/orders")))
            .accessLog(EDGE);
    Expanded expanded = Expanded.of(plan);
    assertThat(expanded.all(AuthorizationPolicy.class))
        .hasSize(2)
        .allSatisfy(
            policy -> {
              assertThat(policy.getSpec().getSelector()).isNull();
              assertThat(policy.getSpec().getTargetRefs().get(0).getName()).isEqualTo("edge");
            });
    assertThat(expanded.all(Telemetry.class))
        .singleElement()
        .satisfies(
            log -> assertThat(log.getSpec().getTargetRefs().get(0).getName()).isEqualTo("edge"));
  }

  @Test
  void theCallersLegBoundsTheTime() {
    Expanded expanded =
        Expanded.shop(Egress.to("a.example").http(80).via(EDGE).timeout(Duration.ofMillis(1500)));
    assertThat(expanded.all(HTTPRoute.class))
        .filteredOn(route -> route.getSpec().getRules().get(0).getTimeouts() != null)
        .singleElement()
        .satisfies(
            route -> {
              assertThat(route.getMetadata().getName()).isEqualTo("a-example-80-to-edge");
              assertThat(route.getSpec().getRules().get(0).getTimeouts().getRequest())
                  .isEqualTo("1500ms");
            });
  }

  @Test
  void oneHostMayLeaveByGatewaysOfBothFlavors() {
    EgressPlan plan =
        plan()
            .namespace(
                MeshNamespace.named("shop"),
                CNN,
                Egress.to("edition.cnn.com").tls(443).via(EgressGateway.istioDefault()),
                Egress.to("edition.cnn.com").http(8080).direct());
    Expanded expanded = Expanded.of(plan);
    assertThat(expanded.all(HTTPRoute.class)).hasSize(2);
    assertThat(expanded.all(VirtualService.class)).hasSize(2);
    List<DeclaredCall> calls =
        new EgressGenerator(OutputLayouts.byDefault(), Optional.empty())
            .generate("said", plan)
            .calls();
    assertThat(calls).hasSize(3).allMatch(DeclaredCall::isAsSaid);
  }

  @Test
  void gatewaysOfOneNameInTwoNamespacesHaveARuleEach() {
    EgressGateway other = EgressGateway.gatewayApi("edge").in("other");
    Expanded expanded =
        Expanded.shop(
            Egress.to("a.example").http(80).via(EDGE.overIstioMutualTls()),
            Egress.to("b.example").http(80).via(other.overIstioMutualTls()));
    assertThat(expanded.keys())
        .contains(
            "DestinationRule shop/edge-istio-egress", "DestinationRule shop/edge-istio-other");
  }

  @Test
  void longHostsHaveListenersWithNamesOfPorts() {
    String long1 = "a23456789.".repeat(24) + "example";
    String long2 = "a23456789.".repeat(23) + "b23456789.example";
    List<Listener> listeners =
        listeners(
            Expanded.shop(
                Egress.to(long1).http(80).via(EDGE), Egress.to(long2).http(80).via(EDGE)));
    assertThat(listeners).hasSize(2);
    assertThat(listeners)
        .extracting(Listener::getName)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(63));
  }

  @Test
  void istiosInstallationBringsNoneOfThem() {
    EgressPlan plan =
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31).installed(IstioInstall.named("control-plane")))
            .namespace(MeshNamespace.named("shop"), CNN);
    assertThat(Expanded.of(plan).yaml()).contains("IstioOperator").doesNotContain("egressGateways");
  }

  @Test
  void aReleaseThatIstiodIsTooOldForIsRefusedAndAnOlderApiIsNot() {
    assertThat(
            Expanded.of(
                    EgressPlan.on(Mesh.istio(IstioVersion.V1_22))
                        .namespace(MeshNamespace.named("shop"), CNN))
                .keys())
        .contains("Gateway egress/edge");
  }
}
